"""Residue glued to a line of the article: a labelled date before its first word, a label after its last."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.evidence import Evidence, Flags
from newsclean.boilerplate.lines import PLACE, CharKind, LineColumn
from newsclean.boilerplate.rules import NUMBER, Hit, dictionary
from newsclean.kernels import kernel
from newsclean.settings import BoilerplateSettings

_DATE = r"(?:\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?|\d{1,2}[-./]\d{1,2}[-./]\d{4})"
_TIME = r"(?:[\sT,|·-]*\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s?(?:[AaPp]\.?[Mm]\.?|Z|UTC|GMT|[+-]\d{2}:?\d{2})?\b)?"
_STAMP = re.compile(rf"[^\w\n]*(?:[^\W\d]+[^\w\n]+){{1,3}}?{_DATE}{_TIME}[\s|,:;·–—-]*")
_GLUED = (  # as sites write them; case counts, for that is what shows the seam
    "Featured Image|Featured image|Advertisement|ADVERTISEMENT|Read More|Read more|Share|Share this|Related Articles"
    "|Related Posts|Leave a comment|Subscribe|Sign up|Photo Credit|Image Credit|Continue Reading|Listen to this article"
    "|Lesen Sie auch|Anzeige|Publicité|Publicidad|Leia mais|Leia também|Leggi anche|Pubblicità|Lees ook|Czytaj także"
    "|Читайте также|Реклама|Читайте також|Διαβάστε επίσης|اقرأ أيضا|相关阅读|阅读全文|続きを読む|관련기사"
)
_SEAM = re.compile(rf"(?<=[\w.!?…。”\"’»)])(?<![A-Z])(?:{_GLUED})\s*$")
_CLOSING = re.compile(r"[.!?…。！？](?:[”\"’»)]|$)")
LEAST = 60  # code points of article that must remain
DATE = NUMBER["date-stamp"]
DATED, RUN_ON = 1, 2  # what may be glued to a line


class Glued(NamedTuple):
    """Code points `start` to `end` of a line that are not its own, and the rule that says so."""

    start: int
    end: int
    rule: str


def stamp_before(line: str) -> Glued | None:
    """A date with its label before the first sentence. The caller has found that the line begins with a date label.

    >>> stamp_before("date 2025-11-13 " + "Executives of the group met the head of the maker in Seoul on Thursday.")
    Glued(start=0, end=16, rule='date-stamp')
    """
    match = _STAMP.match(line)
    if match is None or len(line) - match.end() < LEAST or line[match.end()].islower():
        return None
    return Glued(0, match.end(), "date-stamp")


def label_after(line: str) -> Glued | None:
    """A label run into the end of a sentence: the sentence's last character and the label's capital touch.

    >>> label_after("The company will publish its results for the whole year in May.Read More")
    Glued(start=63, end=72, rule='glued-label')
    """
    match = _SEAM.search(line, max(0, len(line) - 40))
    if match is None or match.start() < LEAST or not _CLOSING.search(line[match.start() - 2 : match.start()]):
        return None
    return Glued(match.start(), len(line), "glued-label")


def glued_pieces(
    texts: Sequence[str], evidence: Evidence, removed: Flags, settings: BoilerplateSettings
) -> dict[int, tuple[Glued, ...]]:
    """The pieces to cut from lines that stay."""
    table = evidence.lines.table
    rows, seams = np.empty(len(removed), np.int64), np.empty(len(removed), np.uint8)
    count = _seams(table, evidence.hits, evidence.length, removed, dictionary().rule, rows, seams)
    pieces: dict[int, tuple[Glued, ...]] = {}
    rows = rows[:count]
    places = table[rows][:, PLACE].tolist()
    for row, seam, (text, begin, end) in zip(rows.tolist(), seams[:count].tolist(), places, strict=True):
        line = texts[text][begin:end]
        cuts = (
            stamp_before(line) if seam & DATED else None,
            label_after(line) if seam & RUN_ON else None,
        )
        found = tuple(cut for cut in cuts if cut and cut.rule not in settings.disabled)
        if found:
            pieces[row] = found
    return pieces


@kernel(
    "int64(int32[:, ::1], int32[:, ::1], int32[::1], bool_[::1], int16[::1], int64[::1], uint8[::1])",
    interpreted=True,
)
def _seams(
    lines: NDArray[np.int32],
    hits: NDArray[np.int32],
    length: NDArray[np.int32],
    removed: Flags,
    rule: NDArray[np.int16],
    rows: NDArray[np.int64],
    seams: NDArray[np.uint8],
) -> int:
    """Fill `rows` with the lines that stay and begin with the label of a date (DATED), or have sentences and end with a
    letter (RUN_ON), and `seams` with which it is; return how many there are."""
    count = 0
    for row in range(len(lines)):
        if removed[row] or length[row] < LEAST:
            continue
        start = hits[row, Hit.START] - 1
        seam = DATED if start >= 0 and rule[start] == DATE else 0
        stops = lines[row, LineColumn.SENTENCES] + lines[row, LineColumn.KINDS + CharKind.STOP]
        if lines[row, LineColumn.LAST] <= CharKind.UNSPACED and stops > 0:
            seam |= RUN_ON
        if seam:
            rows[count], seams[count] = row, seam
            count += 1
    return count
