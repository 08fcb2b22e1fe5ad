"""Cues in the middle of lines: phrases that begin a piece which is not the article's, or make a bracket residue."""

import functools
import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import BEGINS, ENDS, PLACE, CharKind, LineColumn, Lines
from newsclean.boilerplate.rules._keys import MIX, VALUE, Keys, extend, first_place, indexed, may_lead
from newsclean.boilerplate.rules.phrases import Place, phrase_keys, word_hashes
from newsclean.boilerplate.rules.registry import INSIDE, Phrase, phrases
from newsclean.boilerplate.rules.words import kind_of
from newsclean.compilation import Column, Table, kernel

PLAIN, SIGNS, BRACKETS = 1, 2, 4  # what a phrase needs to act: nothing, a colon or the like, a pair of brackets
LONGEST_CAPTION = 200  # code points of a sentence that the last words of captions end
LONGEST_BRACKET = 240  # code points of a bracket that may be residue
MOST_ALIKE = 4  # phrases that may begin with one word of a line: `photo`, `photo by`
_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "〔": "〕", "〈": "〉", "<": ">"}
_OPENING = re.compile(f"[{re.escape(''.join(_PAIRS))}]")
_DOTS = ".…"  # behind a button: `Read more…`
_LEAD = ">»►▶•#*_+[|-– \t\xa0"  # signs before a cue that belong to it
_LABEL_END = re.compile(r"[\s*_`~\]]*(?:[:：|｜►▶»>–—]|-\s)")  # what stands between a label and what it announces
LEAST_ANNOUNCING = 4  # words of a phrase that begins a piece without a sign behind it: `this article first appeared`
_LIST_SIGN = re.compile(r"\s?[,،、，:：]")  # what stands behind a shorter one that is no label: `Image source, `
_SENTENCE_END = re.compile(r"[.!?…।؟۔]+[\"”»’)\]]*(?=\s|$)|[。！？][”’」』）]*")
_SEAMS = frozenset(
    map(int, (CharKind.STOP, CharKind.CLOSE, CharKind.SEPARATOR, CharKind.OPEN, CharKind.COLON, CharKind.PICTURE))
)
_MARK = int(CharKind.MARK)  # Python looks members up by name each time
_SIGNS = "/／|,，、;©@:：–—-"  # what stands before a signature in a bracket
LONGEST_FRAME, LONGEST_SITE = 300, 90  # code points before and behind the words that end a framed phrase
FRAME = "…"  # in a phrase: what it frames
_VALUE = re.compile(r"\s*(?:https?://\S+|[\d/.,:-]*\d)")  # what a label of navigation announces: `News code: 123`
_THROUGH = " \t\xa0*_`~"  # blanks and marks of Markdown, through which the sign before a cue is seen


class Piece(NamedTuple):
    """Code points `start` to `end` of a text that `phrase` makes residue, and the row of their line."""

    row: int
    start: int
    end: int
    phrase: Phrase


_Found = tuple[int, int, int, int]


class Cue(IntEnum):
    """Columns of the phrases that were found: the row of the line, the number of the word in it, the key's
    place among all."""

    ROW = 0
    WORD = 1
    KEY = 2


class _Cues(NamedTuple):
    """Phrases that act inside lines: their `keys`, `phrase` (position in `phrases()`) and `size` in words. `needs` is
    which signs a line must have for any phrase with the key to act: PLAIN (none), SIGNS or BRACKETS."""

    known: Keys
    keys: NDArray[np.uint64]
    phrase: NDArray[np.int32]
    size: NDArray[np.int64]
    needs: NDArray[np.uint8]


@functools.cache
def _cues() -> _Cues:
    acting = np.array([at for at, phrase in enumerate(phrases()) if phrase.inside != INSIDE[0]], np.int32)
    words, count = word_hashes([phrases()[at].words.rpartition(FRAME)[2] for at in acting])
    places = np.full(len(acting), Place.START, np.int64)
    keys, leading = phrase_keys(words, count, places)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    needs = np.array([_needed(phrases()[at]) for at in acting[order]], np.uint8)
    group = np.searchsorted(keys, keys)  # the first of those with the same key
    together = np.zeros(len(keys), np.uint8)
    np.bitwise_or.at(together, group, needs)
    known = indexed(keys, leading, np.arange(len(keys), dtype=np.uint64))
    return _Cues(known, keys, acting[order], count[order], together[group])


def _needed(phrase: Phrase) -> int:
    """Which signs a line must have for a phrase to act in it."""
    if phrase.inside != "cut":
        return BRACKETS
    return SIGNS if phrase.how == "label" else PLAIN


def _with_signs(hits: NDArray[np.int32], table: NDArray[np.int32], known: _Cues) -> NDArray[np.int32]:
    """The hits in lines that have the signs without which none of their phrases acts."""
    row, needs = hits[:, Cue.ROW], known.needs[hits[:, Cue.KEY]]
    kinds = table[row, LineColumn.KINDS :]
    shown = [CharKind.COLON, CharKind.SEPARATOR, CharKind.DASH, CharKind.CLOSE, CharKind.OTHER]
    signs: NDArray[np.bool_] = kinds[:, shown].sum(axis=1) > 0
    brackets = (kinds[:, CharKind.OPEN] > 0) & (kinds[:, CharKind.CLOSE] > 0)
    brackets |= kinds[:, CharKind.SEPARATOR] > 1  # `<` and `>`
    acts = (needs & PLAIN > 0) | ((needs & SIGNS > 0) & signs) | ((needs & BRACKETS > 0) & brackets)
    return hits[acts]


def _placed(hits: NDArray[np.int32], lines: Lines, known: _Cues) -> Iterator[_Found]:
    """The row of each hit, where its words begin and end in the line, and its key's place among all."""
    row, key = hits[:, Cue.ROW], hits[:, Cue.KEY]
    start, first = lines.table[row, LineColumn.START], lines.table[row, LineColumn.WORD] + hits[:, Cue.WORD]
    begin, end = lines.places[first, 0] - start, lines.places[first + known.size[key] - 1, 1] - start
    return zip(*(column.tolist() for column in (row, begin, end, key)), strict=True)


def cues_inside(texts: Sequence[str], lines: Lines) -> list[Piece]:
    """The pieces which cues make of lines, in order: none lies in another. They may stand at a line's beginning."""
    known = _cues()
    hits = np.empty((MOST_ALIKE * len(lines.words) + 1, len(Cue)), np.int32)
    count = _find(lines.table, lines.words, known.known, hits)
    pieces = []
    acting = _with_signs(hits[:count], lines.table, known)
    places = lines.table[np.unique(acting[:, Cue.ROW])[:, None], [*PLACE, LineColumn.INSIDE]].tolist()
    of_rows = groupby(_placed(acting, lines, known), key=itemgetter(0))
    for (row, found), (text, begin, end, inside) in zip(of_rows, places, strict=True):
        line = texts[text][begin:end]
        last = 0
        every = _pieces(line, inside & (BEGINS | ENDS) > 0, found, known)
        for start, stop, phrase in sorted(every, key=lambda piece: (piece[0], -piece[1])):
            if start >= last:
                pieces.append(Piece(row, begin + start, begin + stop, phrase))
                last = stop
    return pieces


@kernel(entry=True, interpreted=True)
def _find(table: Table[np.int32], words: Column[np.uint64], known: Keys, hits: Table[np.int32]) -> int:
    """Fill `hits` (columns: `Cue`) with the phrases that begin at each word; returns how many there are."""
    found = 0
    for row in range(len(table)):
        start, count = table[row, LineColumn.WORD], table[row, LineColumn.WORDS]
        for begin in range(count):
            value = MIX * np.uint64(Place.START)
            alike = 0
            for position in range(begin, count):
                value = extend(value, words[start + position])
                if alike == MOST_ALIKE or not may_lead(known, value):
                    break
                at = first_place(known, value)
                if at >= 0:
                    hits[found, Cue.ROW], hits[found, Cue.WORD] = row, begin
                    hits[found, Cue.KEY] = np.int64(known.table[at, VALUE])
                    found += 1
                    alike += 1
    return found


def _pieces(line: str, amid: bool, found: Iterator[_Found], known: _Cues) -> Iterator[tuple[int, int, Phrase]]:
    for _, begin, end, at in found:
        while at < len(known.keys):  # the same words may be known in several ways
            phrase = phrases()[known.phrase[at]]
            if phrase.how == "framed":
                piece = _framed(line, begin, end, phrase.words.partition(FRAME)[0].strip())
            elif phrase.inside == "cut":
                piece = _cut(line, begin, end, phrase)
                if piece == (0, len(line)) and phrase.how == "line" and not amid:
                    piece = None  # a line of its own
            else:
                piece = _bracket(line, begin, end, phrase)
            if piece is not None:
                yield *piece, phrase
                break
            at += 1
            if at == len(known.keys) or known.keys[at] != known.keys[at - 1]:
                break


def _cut(line: str, begin: int, end: int, phrase: Phrase) -> tuple[int, int] | None:
    """The piece that a cue begins: itself, or up to the end of its sentence; none where it may be the article's words.
    What is not announced by a colon stands after a sentence, a sign or a seam; small letters always do."""
    if phrase.how == "end":
        ended = end <= LONGEST_CAPTION and not line[end : end + 1].strip()
        return (0, end) if ended and (not begin or line[begin - 1].isspace()) else None
    before = line[:begin].rstrip(_THROUGH)
    seam = bool(before) and len(before) == begin and line[begin].isupper() and before[-1].islower()
    apart = not before or seam or kind_of(before[-1]) in _SEAMS
    if phrase.how == "line" and before[-1:].isdigit() and not any(map(str.isalnum, line[end:])):
        apart = line[begin].isupper()  # behind a date, last in its line
    if begin and not seam and kind_of(line[begin - 1]) <= _MARK:
        return None  # within a word
    if begin and line[begin - 1] == "<" and line[end : end + 1] == ">":
        return None  # the sign of a share: `EXAMPLE <EXM> STARTS TRIALS`
    announces = _LABEL_END.match(line, end) if phrase.how == "label" else None
    if phrase.how == "label" and announces is None:
        return None
    short = len(phrase.words.split()) < LEAST_ANNOUNCING
    if phrase.how == "start" and short and _LIST_SIGN.match(line, end) is None:
        return None
    if announces is not None and " " not in phrase.words and not any(map(str.isalnum, line[announces.end() :])):
        return None  # `See:` with nothing behind it leads to a list of the article
    if not apart and (announces is None or line[begin].islower()):
        return None
    held = _bracket(line, begin, end, phrase)
    if held is not None:
        return held
    if phrase.how == "line" and not _alone(line, begin, end):
        return None
    begin = len(line[:begin].rstrip(_LEAD))
    begin = len(line) - len(line[begin:].lstrip())
    if phrase.how == "line":
        rest = line[end:].lstrip(_DOTS) if any(map(str.isalnum, line[end:])) else ""
        return begin, len(line) - len(rest)
    if announces and phrase.rule == "navigation":
        value = _VALUE.match(line, announces.end())
        return begin, value.end() if value else len(line[: announces.end()].rstrip())
    stop = _SENTENCE_END.search(line, announces.end() if announces else end)
    return begin, stop.end() if stop else len(line)


def _framed(line: str, begin: int, end: int, opening: str) -> tuple[int, int] | None:
    """The piece from the words that open a frame to the end of the sentence behind those that close it.

    >>> line = "It rose again. The post Sugar rises appeared first on Example News."
    >>> _framed(line, line.index("appeared"), line.index(" Example"), "the post")
    (15, 67)
    """
    low = max(0, begin - LONGEST_FRAME)
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(opening)}", line[low:begin], re.IGNORECASE)]
    places = [place for place in places if not line[low + place].islower()]
    stop = _SENTENCE_END.search(line, end)
    last = stop.end() if stop else len(line)
    return (low + places[0], last) if places and last - end <= LONGEST_SITE else None


def _alone(line: str, begin: int, end: int) -> bool:
    """Whether what follows a cue does not go on with it: nothing, a sign, or what begins a sentence. Where letters have
    no capitals only the first two tell."""
    after = line[end:].lstrip(_THROUGH)
    if not after or (not after[0].isalnum() and after[0] not in ",;'’、，"):
        return True
    return after[0].isupper() or (after[0].isdigit() and line[begin].isupper())


def _is_titled(line: str, begin: int, phrase: Phrase) -> bool:
    """Whether a title may follow the label of a headline: `(read: much larger)` says what is meant."""
    said = line[begin:].lstrip()[:1]
    return phrase.rule != "related-headlines" or not (said.islower() or said in "'‘")


def _bracket(line: str, begin: int, end: int, phrase: Phrase) -> tuple[int, int] | None:
    """The bracket that a phrase stands in, if it stands there as it must."""
    near = line[max(0, begin - LONGEST_BRACKET) : begin]
    opening = begin - len(near) + max(map(near.rfind, _PAIRS)) if _OPENING.search(near) else -1
    close = line.find(_PAIRS[line[opening]], opening + 1, opening + LONGEST_BRACKET) if opening >= 0 else -1
    if close < end:
        return None
    head, tail = line[opening + 1 : begin], line[end:close]
    first = not any(char.isalnum() for char in head)
    last = not any(char.isalnum() for char in tail)
    holds = {
        "line": first and last,
        "start": first,
        "label": first and (label := _LABEL_END.match(line, end)) is not None and _is_titled(line, label.end(), phrase),
        "signed": last and (first or head.rstrip()[-1] in _SIGNS),
    }
    return (opening, close + 1) if holds.get(phrase.how, False) else None
