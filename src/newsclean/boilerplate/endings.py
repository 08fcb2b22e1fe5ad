"""Where what a cue begins ends: at a gap, where the next sentence begins without a stop before it, after a name.

A headline that a cue announces often has no stop. A piece up to the end of its sentence would run on into the next one.
A caption has no stop before its credit, so it belongs to the piece.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import BEGINS, ENDS, PLACE, PLACE_BITS, CharKind, LineColumn, Lines, rarity
from newsclean.boilerplate.rules import Piece
from newsclean.boilerplate.rules.captions import AGENCIES
from newsclean.boilerplate.rules.words import Words, kind_of

LONGEST_TEASER, LONGEST_CREDIT = 110, 60  # code points of a piece that a cue sets off amid a line
LONGEST_CAPTION = 200  # code points of a sentence that a credit makes a caption
MOST_CAPITALS = 0.2  # share of a sentence's words that have capitals where other words than names have none
LONGEST_CHAINED, LONGEST_LAST = 220, 130  # code points from one teaser to the next, and to the end of its block
LONGEST_SIGNS = 12  # code points between a label's words and its colon
LEAST_TEASER, LEAST_NAME = 3, 2  # words of a headline, of a credit
COMMON, COMMONEST = 6, 0  # rarity (tenths of a power of ten below one in a thousand) of words that begin sentences
MOST_NAMES = 8  # words of a credit
LEAST_ARTICLE = 3  # letters of a word that begins a sentence behind names, and is in none: `Der`, not `De`
SMALL_WORD = 3  # letters of the small words amid names
_AGENCY = re.compile(rf"(?:{AGENCIES})(?: Images| Photo)?(?=\s+[^\W\d_]|\s*$)")  # that stands last in a credit
_GAP = re.compile(r"\s*(?:[ \xa0]{2,}|\t|\n\n)")
_BETWEEN = re.compile(r"[\"'”’»)\]]*\s+[\"'“„«‘(\[]*$")  # what stands between two sentences, of which one has no stop
_SPEECH = re.compile(r"[\"”»]?\s+[-–—]\s+[\"„“«]?|[\"”»]?\s+[\"„“«]")  # begins what somebody says
_QUOTES, _CLOSING = tuple('"„“«'), tuple('"”“»')
_OPENING = "„“«"  # signs that only open what is said
_STOP = re.compile(r"[.!?…][\"”’»)]*\s+|\s{2,}(?=\w)")
_FULL_STOPS = tuple(".。।۔။")  # signs that end sentences, but no headlines
_SURE_STOPS = _FULL_STOPS[1:]  # those that end no abbreviations
_ONE_STOP = re.compile(r"\w\.")
_COLON = re.compile(r"[:：|]")
_CREDIT = re.compile(r"[:：/]|\bvia\b")
_AFTER_CAPTION = re.compile(r"\s*(?:$|[\"'“„«–—-]|\d)")


class _Row(NamedTuple):
    """The text of a row of the table of lines, where it begins in its text, its words and how rare each one is."""

    text: str
    begin: int
    words: Words
    rare: NDArray[np.uint8]


def chains(texts: Sequence[str], lines: Lines, cues: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of headlines that are announced in a row or last in their block, and the other cues. `Read also: …
    Read also: …` ends where the next one begins, whatever stops are between. A block that ends with a full stop does
    not end with a lone headline: `Read also: Mayor under fire. Work begins in May.`"""
    table = lines.table
    found: list[Piece] = []
    others: list[Piece] = []
    for cue in cues:
        text = texts[table[cue.row, LineColumn.TEXT]]
        label = cue.phrase.rule == "related-headlines" and cue.phrase.how == "label"
        if not label or _in_brackets(text, cue) or _quotes(text, cue):
            others.append(cue)
            continue
        row = cue.row + 1
        while row < len(table) and table[row, LineColumn.INSIDE] & BEGINS:
            row += 1
        last = int(table[row - 1, LineColumn.END])
        words = text[cue.start : _label_end(text, cue)]
        end = cue.start
        while (again := text.find(words, end + 1, min(last, end + LONGEST_CHAINED))) > 0:
            end = again
        chained = end > cue.start
        stopped = text[:last].endswith(_FULL_STOPS)
        stopped |= text[: table[cue.row, LineColumn.END]].endswith(_SURE_STOPS)
        if chained and last - end <= LONGEST_CHAINED:
            end = last
        elif not stopped and last - end <= LONGEST_LAST and not _GAP.search(text, cue.start + len(words) + 2, last):
            end = end if chained or _next_sentence(texts, lines, cue) else last
        if end == cue.start:
            others.append(cue)
            continue
        for within in range(cue.row, row):
            low, high = table[within, [LineColumn.START, LineColumn.END]].tolist()
            low, high = max(cue.start, low), min(end, high)
            if low < high:
                found.append(cue._replace(row=within, start=low, end=high))
    return found, others


def _label_end(text: str, cue: Piece) -> int:
    colon = _COLON.search(text, cue.start)
    return colon.end() if colon else cue.start + len(cue.phrase.words)


def pieces_of(texts: Sequence[str], lines: Lines, cue: Piece) -> Iterator[Piece]:
    """The piece of a cue as far as it is trusted, and of a headline of two sentences the second one.

    What is long, and does not end where its line does, is not trusted. Nor is a cue that is but the beginning of a
    sentence (`Read more about this`)."""
    table = lines.table
    text, _, end = table[cue.row, PLACE].tolist()
    if _in_brackets(texts[text], cue):
        yield _with_caption(texts, lines, cue)
        return
    if texts[text][cue.end : end].lstrip()[:1].islower():
        return
    credit = "credit" in cue.phrase.rule
    gap = _GAP.search(texts[text], cue.start + len(cue.phrase.words) + 2, cue.end)
    following = None if gap or cue.phrase.how != "label" else _next_sentence(texts, lines, cue)
    agency = _AGENCY.search(texts[text], cue.start, min(cue.end, cue.start + LONGEST_CREDIT)) if credit else None
    if gap:
        cue = cue._replace(end=gap.start())
    elif agency:
        cue = cue._replace(end=agency.end())
    elif following:
        cue = cue._replace(end=following)
    if not credit and _quotes(texts[text], cue):
        return
    if not (gap or following) and _runs_on(texts[text], lines, cue):
        return
    last = cue.end >= end and table[cue.row, LineColumn.LAST] != CharKind.STOP
    whole_line = last and table[cue.row, LineColumn.INSIDE] & ENDS == 0
    longest = LONGEST_CREDIT if credit else LONGEST_TEASER
    whole = whole_line or gap or agency or cue.phrase.how in ("framed", "end")
    if not whole and cue.end - cue.start > longest:
        return
    if credit and cue.phrase.how == "label" and not _names(_COLON.split(texts[text][cue.start : cue.end])[-1]):
        return
    yield _with_caption(texts, lines, cue) if credit else cue
    goes_on = cue.phrase.rule == "related-headlines" and following is None and gap is None and cue.end >= end
    if goes_on and table[cue.row, LineColumn.INSIDE] & ENDS and cue.row + 1 < len(table):
        second = Piece(cue.row + 1, int(table[cue.row + 1, LineColumn.START]), 0, cue.phrase)
        stop = _next_sentence(texts, lines, second)
        if stop is None and cue.phrase.how == "label" and _ONE_STOP.match(texts[text], cue.end - 2):
            stop = _headline_end(texts, lines, second)
        if stop and stop - second.start <= LONGEST_TEASER:
            yield second._replace(end=stop)


def _runs_on(text: str, lines: Lines, cue: Piece) -> bool:
    """Whether a headline amid a line may go on into the next sentence: it ends with a full stop. Where letters have
    capitals, `_next_sentence` finds the place; elsewhere nothing tells."""
    row = lines.table[cue.row]
    amid = row[LineColumn.INSIDE] & (BEGINS | ENDS) or cue.start > row[LineColumn.START]
    if not amid or cue.phrase.rule != "related-headlines" or cue.phrase.how != "label":
        return False
    said = text[_label_end(text, cue) : cue.end].rstrip()
    return said.endswith(_FULL_STOPS) and said.upper() == said.lower()


def _quotes(text: str, cue: Piece) -> bool:
    """Whether a quotation that goes on behind the piece is all that a label announces: `Listen: "I was not there, `."""
    said = text[_label_end(text, cue) : cue.end].strip()
    return cue.phrase.how == "label" and said[:1] in _QUOTES and not any(mark in said[1:] for mark in _CLOSING)


def _row(texts: Sequence[str], lines: Lines, number: int) -> _Row:
    text, begin, end = lines.table[number, PLACE].tolist()
    line = texts[text][begin:end]
    first, count = lines.table[number, [LineColumn.WORD, LineColumn.WORDS]].tolist()
    words = Words(*lines.places_in(number).T.tolist())
    return _Row(line, begin, words, rarity()[(lines.words[first : first + count] >> PLACE_BITS).astype(np.int64)])


def _next_sentence(texts: Sequence[str], lines: Lines, piece: Piece) -> int | None:
    """Where a piece ends because a sentence begins in it. The sentence begins with a common word that has a capital,
    and stands between a word without a stop and a small one. Headlines end without a full stop: in a short piece that
    ends with one, any word begins it. In scripts without spaces, a credit ends at the first
    space."""
    row = _row(texts, lines, piece.row)
    line, (starts, ends) = row.text, row.words
    at = piece.start - row.begin
    if piece.end:
        label = _COLON.search(line, at, at + len(piece.phrase.words) + LONGEST_SIGNS)
        at = label.end() if label else at + len(piece.phrase.words)
    first = bisect_left(starts, at)
    credit = "credit" in piece.phrase.rule
    if credit and first < len(starts) and kind_of(line[starts[first]]) == CharKind.UNSPACED:
        space = re.compile(r"\s").search(line, ends[first])
        return row.begin + space.start() if space else None
    if credit and (seam := _seam(line, row.words, first)):
        return row.begin + seam
    short = 0 < piece.end - piece.start <= LONGEST_TEASER
    runs_on = short and not credit and line[: piece.end - row.begin].rstrip().endswith(_FULL_STOPS)
    least = LEAST_NAME if credit or runs_on else LEAST_TEASER
    capitals = 0
    for word in range(first + 1, len(starts) - 1):
        before, here, after = (line[starts[place]] for place in (word - 1, word, word + 1))
        capitals += here.isupper()
        if piece.end and starts[word] + row.begin >= piece.end:
            return None
        alone = ends[word] - starts[word] == 1
        if word - first < least or not here.isupper() or not (alone or line[starts[word] + 1].islower()):
            continue
        if piece.end and not credit and after.islower():
            speech = _SPEECH.fullmatch(line, ends[word - 1], starts[word])
            if speech and (before.islower() or speech[0][-1] in _OPENING):
                return row.begin + ends[word - 1]
        article = ends[word] - starts[word] >= LEAST_ARTICLE and row.rare[word] <= COMMONEST
        if credit and article and line[ends[word - 1] : starts[word]].isspace():
            return row.begin + ends[word - 1]
        between = _BETWEEN.fullmatch(line, ends[word - 1], starts[word])
        if between is None or not after.islower() or not line[ends[word] : starts[word + 1]].isspace():
            continue
        rare = COMMON if not before.isupper() and 2 * capitals <= word - first + 1 else COMMONEST
        if row.rare[word] <= rare or (runs_on and not before.isupper()):
            return row.begin + ends[word - 1] + len(between[0]) - len(between[0].lstrip("\"'”’»)]"))
    return None


def _headline_end(texts: Sequence[str], lines: Lines, piece: Piece) -> int | None:
    """Where the second sentence of a headline ends, if the first one ends with a stop.

    It ends before the first word with a capital behind a small one, if only names have capitals. Headlines end without
    a stop, so the article's next sentence begins somewhere in it.

    >>> from newsclean.boilerplate.lines import scan
    >>> text = "Kto wygra. Nowy statek na dnie morza Kobieta powiedziała, że nie wie, co to jest i skąd jest."
    >>> lines = scan([text])
    >>> text[11 : _headline_end([text], lines, Piece(1, 11, 0, None))]
    'Nowy statek na dnie morza'
    """
    row = _row(texts, lines, piece.row)
    line, (starts, ends) = row.text, row.words
    if sum(line[at].isupper() for at in starts[1:]) > MOST_CAPITALS * len(starts):
        return None
    for word in range(LEAST_TEASER - 1, len(starts)):
        if line[starts[word]].isupper() and not line[starts[word - 1]].isupper():
            between = line[ends[word - 1] : starts[word]]
            ended = between.isspace() or _SPEECH.fullmatch(between) is not None
            return row.begin + ends[word - 1] if ended else None
    return None


def _seam(line: str, words: Words, first: int) -> int | None:
    """Where a sentence is glued to one of a few names: `Jonas MusterThe bridge`, `AFPThe bridge`."""
    starts, ends = words
    for word in range(first, min(first + MOST_NAMES, len(starts) - 1)):
        if not line[starts[word + 1]].islower() or not line[ends[word] : starts[word + 1]].isspace():
            continue
        for at in range(starts[word] + 2, ends[word] - 1):
            capital = line[at].isupper() and line[at + 1].islower()
            if capital and (line[at - 1].islower() or line[starts[word] : at].isupper()):
                return at
    return None


def _with_caption(texts: Sequence[str], lines: Lines, cue: Piece) -> Piece:
    """A credit with the sentence before it, if nothing parts them and the sentence stands amid a line."""
    text, begin, end = lines.table[cue.row, PLACE].tolist()
    first = cue.row == 0 or lines.table[cue.row - 1, LineColumn.TEXT] != text
    if cue.phrase.rule != "photo-credit" or first or not lines.table[cue.row, LineColumn.INSIDE] & BEGINS:
        return cue
    for stop in _STOP.finditer(texts[text], begin, cue.start):  # behind a word too short to end a sentence by itself
        begin = stop.end()
    before, credit = texts[text][begin : cue.start].rstrip(" \xa0–—-|"), texts[text][cue.start : cue.end]
    after = texts[text][cue.end : end]
    if not before or not before[-1].isalnum() or cue.end - begin > LONGEST_CAPTION or not before[0].isupper():
        return cue
    in_brackets = _in_brackets(texts[text], cue)
    parted = _AFTER_CAPTION.match(after) is None and not after.lstrip()[0].isupper()
    if parted or not (_CREDIT.search(credit) if in_brackets else _names(_COLON.split(credit)[-1])):
        return cue
    return cue._replace(start=begin)


def _in_brackets(text: str, cue: Piece) -> bool:
    return unicodedata.category(text[cue.start]) == "Ps"


def _names(credit: str) -> bool:
    """Whether all words are names, or small ones amid them; words of scripts without capitals may be.

    >>> _names(" Jonas van Muster/dpa"), _names(" it shows the bridge")
    (True, False)
    """
    words = re.findall(r"[^\W_]+", credit)
    large = [not word[0].islower() for word in words]
    small = all(ok or len(word) <= SMALL_WORD for ok, word in zip(large, words, strict=True))
    return 0 < len(words) <= MOST_NAMES and small and 2 * sum(large) >= len(words)
