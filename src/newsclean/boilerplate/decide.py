"""Which lines and pieces of lines of each text are residue, judged on the texts as they stand."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate import inline, tagger
from newsclean.boilerplate.features import features
from newsclean.boilerplate.judge import POINTS, Evidence, Flags, removable
from newsclean.boilerplate.lines import PLACE, Column, Kind, Lines, scan
from newsclean.boilerplate.phrases import Hit, dictionary, look_up
from newsclean.boilerplate.rules import NUMBER
from newsclean.boilerplate.tables import keep_tables
from newsclean.boilerplate.templates import Templates, known_lines
from newsclean.boilerplate.verdicts import lengths, prose, rule_lines
from newsclean.kernels import kernel
from newsclean.settings import BoilerplateSettings

DATE = NUMBER["date-stamp"]
LEAST = inline.LEAST
DATED, RUN_ON = 1, 2  # what may be glued to a line


Values = TypeVar("Values", bound=NDArray[Any])


class Context(NamedTuple):
    """What a batch is judged by; `sources` has an entry a text."""

    settings: BoilerplateSettings
    templates: Templates | None
    sources: Sequence[object]


class Described(NamedTuple):
    """What is known of each line by itself: the first fields of `Evidence`."""

    lines: Lines
    hits: NDArray[np.int32]
    length: NDArray[np.int32]
    prose: NDArray[np.bool_]
    found: NDArray[np.int16]

    def at(self, rows: NDArray[np.intp]) -> "Described":
        """Some of the lines."""
        lines = Lines(self.lines.table[rows], self.lines.words)
        return Described(lines, self.hits[rows], self.length[rows], self.prose[rows], self.found[rows])

    def replaced(self, rows: NDArray[np.intp], others: "Described") -> "Described":
        """The lines, with others in some rows."""
        table = _put(self.lines.table, rows, others.lines.table)
        table[rows, Column.WORD] += len(self.lines.words)
        return Described(
            Lines(table, np.concatenate([self.lines.words, others.lines.words])),
            _put(self.hits, rows, others.hits),
            _put(self.length, rows, others.length),
            _put(self.prose, rows, others.prose),
            _put(self.found, rows, others.found),
        )


def _put(values: Values, rows: NDArray[np.intp], others: Values) -> Values:
    """A copy of `values` with `others` in some rows."""
    values = values.copy()
    values[rows] = others
    return values


def describe(texts: Sequence[str], settings: BoilerplateSettings) -> Described:
    """The lines of `texts`, each by itself."""
    lines = scan(texts)
    known = dictionary()
    hits = look_up(lines, known)
    length = lengths(lines)
    found = rule_lines(texts, lines, hits, known)
    for name in settings.disabled:
        found[found == NUMBER[name]] = -1
    return Described(lines, hits, length, prose(lines, length), found)


def weigh(described: Described, context: Context) -> Evidence:
    """The evidence on lines amid the others that are left of their texts."""
    template = np.zeros(len(described.found), np.int8)
    if context.templates is not None and "template" not in context.settings.disabled:
        template = known_lines(described.lines, context.templates, context.sources)
    table = features(*described)
    return Evidence(*described, template, table, tagger.probabilities(table))


def gather(texts: Sequence[str], context: Context) -> Evidence:
    """The evidence on all lines of `texts`."""
    return weigh(describe(texts, context.settings), context)


def decide(
    texts: Sequence[str], evidence: Evidence, settings: BoilerplateSettings
) -> tuple[Flags, dict[int, tuple[inline.Glued, ...]]]:
    """Which lines go, and the pieces to cut from lines that stay, by the line's row in the evidence."""
    gone = removable(evidence, POINTS[settings.mode])
    keep_tables(texts, evidence, gone)
    return gone, _glued(texts, evidence, gone, settings)


def _glued(
    texts: Sequence[str], evidence: Evidence, removed: Flags, settings: BoilerplateSettings
) -> dict[int, tuple[inline.Glued, ...]]:
    """The pieces to cut from lines that stay."""
    table = evidence.lines.table
    rows, seams = np.empty(len(removed), np.int64), np.empty(len(removed), np.uint8)
    count = _seams(table, evidence.hits, evidence.length, removed, dictionary().rule, rows, seams)
    pieces: dict[int, tuple[inline.Glued, ...]] = {}
    rows = rows[:count]
    places = table[rows][:, PLACE].tolist()
    for row, seam, (text, begin, end) in zip(rows.tolist(), seams[:count].tolist(), places, strict=True):
        line = texts[text][begin:end]
        cuts = (
            inline.stamp_before(line) if seam & DATED else None,
            inline.label_after(line) if seam & RUN_ON else None,
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
        stops = lines[row, Column.SENTENCES] + lines[row, Column.KINDS + Kind.STOP]
        if lines[row, Column.LAST] <= Kind.UNSPACED and stops > 0:
            seam |= RUN_ON
        if seam:
            rows[count], seams[count] = row, seam
            count += 1
    return count
