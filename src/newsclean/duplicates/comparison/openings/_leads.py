"""Kernels that look for the beginning of an article in another one."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.tokens import IDEOGRAPH, NUMBER, term

TELLING_WORDS = 8  # words that an article begins with, not counting the language's most frequent ones and numbers
_WITHIN = 40  # words that they are looked for in
_NEAR = 200  # words of both articles in which they should occur again
_PLACED = 12  # words that an article begins with, whatever they are
_ABOVE = 20  # words that may stand above a copy: navigation, date and author
_SOME = 0.25  # share of the telling words above that must occur again: fewer of a headline over another's text do
_FEW = 0.6  # share of telling words below which the words' places are looked at: misread words occur nowhere else


@kernel(entry=True)
def occurs(words: ReadOnlyColumn[np.uint32], at: int, other: int, start: int, end: int) -> bool:
    """Whether the term at `at`, that of an article that ends at `other`, stands between `start` and `end`, too."""
    value = term(words, at, other)
    if words[at] & 3 != IDEOGRAPH:  # without a way out of the loop, many words are looked at at once
        found = False
        for place in range(np.uint64(start), np.uint64(end)):
            found |= max(words[place] >> np.uint32(2), np.uint32(1)) == value and words[place] & 3 != IDEOGRAPH
        return found
    for place in range(start, end):
        if (words[place] ^ words[at]) >> np.uint32(2) == 0 and term(words, place, end) == value:
            return True
    return False


@kernel(entry=True)
def _placed(
    words: ReadOnlyColumn[np.uint32], start: int, end: int, other: int, other_end: int, same: Column[np.uint32]
) -> float:
    """The largest share of the first words from `start` that stand in the other article, all at one distance. Word by
    word, for all distances, whose counts are kept in `same`. Many distances at once take a tenth of the time of one
    after the other."""
    first = min(_PLACED, end - start)
    low = other - first // 2  # where the first word would stand
    for place in range(np.uint64(other_end - low)):
        same[place] = 0
    for at in range(first):
        begin = max(other, low + at)
        word, moved = words[np.uint64(start + at)] >> np.uint32(2), np.uint64(begin - at - low)
        for place in range(np.uint64(max(0, other_end - begin))):
            same[place + moved] += words[np.uint64(begin) + place] >> np.uint32(2) == word
    most = np.uint32(0)
    for place in range(np.uint64(other_end - low)):
        most = max(most, same[place])
    return most / max(first, 1)


@kernel()
def _above(words: ReadOnlyColumn[np.uint32], start: int, end: int, other: int, other_end: int) -> int:
    """How many words an article has above those that the other one begins with, if at most `_ABOVE`; else 0."""
    first = min(_PLACED, other_end - other)
    for place in range(start + 1, min(start + _ABOVE, end - first) + 1):
        at = 0
        while at < first and (words[place + at] ^ words[other + at]) >> np.uint32(2) == 0:
            at += 1
        if at == first:
            return place - start
    return 0


@kernel()
def _recurring(
    words: ReadOnlyColumn[np.uint32],
    span: Column[np.int64],
    other: Column[np.int64],
    size: int,
    language: np.uint64,
    cues: ReadOnlyColumn[np.uint64],
) -> tuple[int, int]:
    """How many telling words there are among the first `size` ones of an article, and how many of these occur again."""
    start, end = span[0], span[1]
    telling, found, at = 0, 0, start
    while telling < TELLING_WORDS and at < min(end, start + size):
        value = term(words, at, end)
        if value and words[at] & 3 != NUMBER and cues[value & np.uint32(len(cues) - 1)] & language == 0:
            telling += 1
            found += occurs(words, at, end, other[0], min(other[1], other[0] + _NEAR)) or occurs(
                words, at, end, at + 1, min(end, start + _NEAR)
            )
        at += 1
    return telling, found


@kernel(entry=True)
def score_leads(
    words: ReadOnlyColumn[np.uint32],
    spans: Table[np.int64],
    codes: ReadOnlyColumn[np.uint8],
    cues: ReadOnlyColumn[np.uint64],
    pairs: Table[np.int64],
    features: Table[np.float32],
    column: int,
) -> None:
    """Write the share, smoothed, of telling words in the openings of both articles that occur again: the lower one."""
    same = np.empty(_NEAR + _PLACED, np.uint32)
    for row in range(len(pairs)):
        least = 1.0
        for side in range(2):
            article, other = spans[pairs[row, side]], spans[pairs[row, 1 - side]]
            code = codes[pairs[row, side]]
            language = np.uint64(1) << np.uint64(code - 1) if code else np.uint64(0)
            telling, found = _recurring(words, article, other, _WITHIN, language, cues)
            share = (found + 1) / (telling + 2)
            if share < _FEW:
                near = min(other[1], other[0] + _NEAR)
                share = max(share, _placed(words, article[0], article[1], other[0], near, same))
            above = _above(words, article[0], article[1], other[0], other[1])
            if above:
                telling, found = _recurring(words, article, other, above, language, cues)
                share = 1.0 if found >= _SOME * telling else share
            least = min(least, share)
        features[row, column] = least
