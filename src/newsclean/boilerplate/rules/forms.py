"""Residue that is known by its form, in whatever language.

Such are names of networks in a row, files of pictures, marks of text browsers, and credits of agencies. So is a line
that says all it says twice.
"""

import functools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import PLACE, CharKind, LineColumn, Lines
from newsclean.boilerplate.rules.captions import AGENCIES, AGENCY_CREDIT
from newsclean.boilerplate.rules.inside import Piece
from newsclean.boilerplate.rules.phrases import Hit, word_hashes
from newsclean.boilerplate.rules.registry import NUMBER, Phrase
from newsclean.boilerplate.rules.words import places_of, remembered

SHARE, MARKUP, NAVIGATION = NUMBER["share-prompt"], NUMBER["markup"], NUMBER["navigation"]
TAGS = NUMBER["end-matter"]
CREDIT = Phrase("photo-credit", "signed", "", "agency")
MOST_WORDS, LONGEST = 12, 200  # words, code points of a line of networks or marks
LEAST_GLUED = 14  # letters of a word that may be several names
LEAST_SAID, MOST_SAID = 4, 40  # words of a line that says all twice
_NETWORK = (
    r"(?:facebook|twitter|whats\s?app|telegram|linkedin|pinterest|instagram|youtube|messenger|reddit|tumblr|viber|skype"
    r"|e-?mail|mail|print|copy link|threads|bluesky|mastodon|flipboard|pocket|xing|vkontakte|tik\s?tok|google"
    r"|imprimir|correo|drucken|teilen|compartir|compartilhar|condividi|partager|shares?|tweet|comments?|likes?)"
)
_NETWORKS = re.compile(  # `2.1k Shares Facebook Twitter`; no two parts of it can match the same characters
    rf"(?:[\W\d]|(?<=\d)[km](?![^\W\d]))*(?:{_NETWORK}(?:[\W\d]|(?<=\d)[km](?![^\W\d]))*){{2,}}", re.IGNORECASE
)
_FILE = re.compile(r"\W*[^\s\[\]()<>]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif)\W*", re.IGNORECASE)
_TAGS = re.compile(r"(?:#[\w-]{3,60}[\s,·|•]*){2,}")  # `#bridge #news`
_KEY = re.compile(r"\[[0-9a-f]{8}-[0-9a-f-]{20,40}\]")
_MARK = re.compile(r"\W*(?:IFRAME:|\(BUTTON\)|\[(?:INS|DEL):)")
_STEP = re.compile(r"\w(?:\s?[>›]{1,3}\s?|\s»\s)(?=\w)")  # of a path: `Home > News > The bridge`
_STEP_SIGNS = ">›»"
LEAST_STEPS, LONGEST_PATH = 2, 140
_AGENCY = re.compile(rf"[(\[]\s*(?:{AGENCY_CREDIT})\s*[)\]]")
# What such brackets end or begin with, which is looked for first: each begins with a letter or sign that is rare.
_LETTER = "(?=[A-ZČТdip])"  # the first of an agency's name: most of what is looked at has another
_LAST = (re.compile(rf"/\s*{_LETTER}(?:{AGENCIES})\s*[)\]]"), re.compile(rf"via\s{_LETTER}(?:{AGENCIES})\s*[)\]]"))
_FIRST = re.compile(rf"[(\[]\s*{_LETTER}(?:{AGENCIES})(?: Photo)?\s?/")
LONGEST_CREDIT = 120  # code points of such a bracket
_OWNER = re.compile(rf"©\s?(?:[^\W\d_][\w.'’-]*\s){{0,3}}[^\W\d_][\w.'’-]*\s?/\s?(?:{AGENCIES})\b")


def formed(texts: Sequence[str], lines: Lines, hits: NDArray[np.int32], found: NDArray[np.int16]) -> None:
    """Fill in `found` the rule of each line that has none and is known by its form."""
    table = lines.table
    kinds, words, ends = table[:, LineColumn.KINDS :], table[:, LineColumn.WORDS], table[:, LineColumn.LAST]
    short = (found < 0) & (words > 0) & (words <= MOST_WORDS) & (ends != CharKind.STOP)
    short &= table[:, LineColumn.END] - table[:, LineColumn.START] <= LONGEST
    glued = (hits[:, Hit.ONLY] > 0) | (table[:, LineColumn.LONGEST] >= LEAST_GLUED)
    first = table[:, LineColumn.FIRST]
    named = (kinds[:, CharKind.SPACE] == 0) & ((kinds[:, CharKind.STOP] > 0) | (first == CharKind.OPEN))
    marked = (table[:, LineColumn.CAPITALS] > 0) & ((first == CharKind.OPEN) | (kinds[:, CharKind.COLON] > 0))
    tagged = (first == CharKind.SEPARATOR) & (words > 1) & (kinds[:, CharKind.SEPARATOR] >= words)
    rows = np.flatnonzero(short & (glued | named | marked | tagged))
    for row, (text, begin, end) in zip(rows.tolist(), table[rows[:, None], PLACE].tolist(), strict=True):
        found[row] = _form_of(texts[text][begin:end])
    path = (found < 0) & (kinds[:, CharKind.SEPARATOR] >= LEAST_STEPS) & (ends != CharKind.STOP)
    rows = np.flatnonzero(path & (table[:, LineColumn.END] - table[:, LineColumn.START] <= LONGEST_PATH))
    for row, (text, begin, end) in zip(rows.tolist(), table[rows[:, None], PLACE].tolist(), strict=True):
        if _is_path(texts[text][begin:end]):
            found[row] = NAVIGATION
    text = table[:, LineColumn.TEXT]
    below = np.append(False, text[1:] == text[:-1])  # a title that a crawl has twice is no picture's text
    found[_said_twice(texts, lines, np.flatnonzero(below & (found < 0)))] = MARKUP


@remembered
def _form_of(line: str) -> int:
    """The rule of a line's form, or -1.

    >>> [_form_of(line) == SHARE for line in ("FacebookTwitterViber", "2.1k SHARES Facebook Twitter", "Facebook line")]
    [True, True, False]
    >>> [_form_of(line) == TAGS for line in ("#oldbridge #news", "# The old bridge", "#oldbridge is closed")]
    [True, False, False]
    >>> [_form_of(line) == MARKUP for line in ("[a1-3.jpg]", "(BUTTON) Send", "photo.jpg is here", "(AP) Rome")]
    [True, True, False, False]
    """
    if _NETWORKS.fullmatch(line):
        return SHARE
    if line[0] == "#":
        return TAGS if _TAGS.fullmatch(line) else -1
    named = ("." in line and _FILE.fullmatch(line)) or (line[0] == "[" and _KEY.fullmatch(line))
    return MARKUP if named or _MARK.match(line) else -1


@remembered
def _is_path(line: str) -> bool:
    """Whether a line is the path to a section of its site.

    >>> _is_path("Home > News > The old bridge"), _is_path("Main » News » Ex"), _is_path("a » b")
    (True, True, False)
    >>> _is_path("Home>News"), _is_path("Home>News>Bridge"), _is_path("银行：股票>大宗>债券")
    (False, True, False)
    """
    if "<" in line or sum(map(line.count, _STEP_SIGNS)) < LEAST_STEPS:  # the signs cost a tenth of the pattern
        return False
    steps = _STEP.findall(line)
    apart = any(char.isspace() for step in steps for char in step) or not ("，" in line or "：" in line)
    return len(steps) >= LEAST_STEPS and apart


def _said_twice(texts: Sequence[str], lines: Lines, rows: NDArray[np.intp]) -> list[int]:
    """Those of the rows whose second half has the same words as the first, with one blank between: pictures' texts."""
    table = lines.table
    words = table[rows, LineColumn.WORDS]
    rows = rows[(words % 2 == 0) & (words >= LEAST_SAID) & (words <= MOST_SAID)]
    odd = table[rows, LineColumn.KINDS + CharKind.SPACE] % 2 == 1
    for column in (LineColumn.KINDS + CharKind.LETTER, LineColumn.KINDS + CharKind.UPPER, LineColumn.CAPITALISED):
        odd &= table[rows, column] % 2 == 0
    rows = rows[odd]
    begin = table[rows, LineColumn.WORD]
    rows = rows[lines.words[begin] == lines.words[begin + table[rows, LineColumn.WORDS] // 2]]
    places = zip(rows.tolist(), table[rows[:, None], PLACE].tolist(), strict=True)
    return [row for row, (text, begin, end) in places if _is_twice(texts[text][begin:end])]


def _is_twice(line: str) -> bool:
    """Whether a line says something twice.

    >>> _is_twice("The Old Bridge The Old Bridge"), _is_twice("Let it be, let it be"), _is_twice("bora bora")
    (True, False, False)
    """
    half = len(line) // 2
    return line[half : half + 1] == " " and line[:half] == line[half + 1 :] and line[0].isupper()


def agency_credits(texts: Sequence[str], lines: Lines) -> list[Piece]:
    """The credits of agencies amid lines: brackets, and names behind a sign of copyright.

    >>> from newsclean.boilerplate.lines import scan
    >>> text = "The bridge (Dana Example/X via Getty Images) is old. It is (Rome/Milan) closed. © Dana Example/AFP Now"
    >>> [text[piece.start : piece.end] for piece in agency_credits([text], scan([text]))]
    ['(Dana Example/X via Getty Images)', '© Dana Example/AFP']
    """
    table = lines.table
    kinds = table[:, LineColumn.KINDS :]
    bracket = (kinds[:, CharKind.OPEN] > 0) & (kinds[:, CharKind.CLOSE] > 0) & (table[:, LineColumn.CAPITALISED] > 0)
    with_via = np.searchsorted(table[:, LineColumn.WORD], np.flatnonzero(lines.words == _via()), side="right") - 1
    parted = kinds[:, CharKind.SEPARATOR] > 0
    parted[with_via] = True
    rows = np.union1d(np.flatnonzero(bracket & parted), np.array(_owned_rows(texts, table), np.int64))
    pieces = []
    for row, (text, begin, end) in zip(rows.tolist(), table[rows[:, None], PLACE].tolist(), strict=True):
        found = _credits(texts[text][begin:end])
        pieces += [Piece(row, begin + start, begin + stop, CREDIT) for start, stop in sorted(found)]
    return pieces


def _owned_rows(texts: Sequence[str], table: NDArray[np.int32]) -> list[int]:
    """The rows that may have a name behind a sign of copyright."""
    rows = []
    for number, text in enumerate(texts):
        if owned := [at for at in places_of("©", text) if _OWNER.match(text, at)]:
            low, high = np.searchsorted(table[:, LineColumn.TEXT], [number, number + 1]).tolist()
            rows += (low - 1 + np.searchsorted(table[low:high, LineColumn.START], owned, side="right")).tolist()
    return rows


@functools.cache
def _via() -> np.uint64:
    """The hash of `via`."""
    return np.uint64(word_hashes(["via"])[0][0])


def _credits(line: str) -> set[tuple[int, int]]:
    opened = [bracket.start() for bracket in _FIRST.finditer(line)] if "/" in line else []
    for last, sign in zip(_LAST, ("/", "via"), strict=True):
        for end in last.finditer(line) if sign in line else ():
            low = max(end.start() - LONGEST_CREDIT, 0)
            opened.append(max(line.rfind("(", low, end.start()), line.rfind("[", low, end.start())))
    found = [_AGENCY.match(line, start) for start in opened if start >= 0]
    owned = _OWNER.finditer(line) if "©" in line else ()
    return {credit.span() for credit in (*found, *owned) if credit}
