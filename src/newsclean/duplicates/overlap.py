"""Exact comparison of two texts word by word: shingles, names and numbers they share."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.minhash import SHINGLE, shingle
from newsclean.duplicates.openings import write_openings
from newsclean.duplicates.words import NAME, NUMBER, mix
from newsclean.kernels import kernel

FEATURES = (
    "containment",  # shingles of five words that both have, of those of the article with fewer
    "resemblance",  # the same of those that either has: Jaccard
    "containment2",  # of two words
    "resemblance2",
    "names",  # names of the article with fewer that the other has, too
    "names_all",  # of those that either has
    "numbers",
    "numbers_all",
    "streak",  # longest run of shared shingles, of the length of the shorter article, up to `_STREAK`
    "length",  # log of the number of shingles of the article with fewer
    "ratio",  # of their lengths
    "lead_low",  # two-word shingles that an article begins with and the other one has: the lower share of the two
    "lead_high",  # the higher one; low where all that two articles share is a feed, a menu or a footer
    "aligned",  # words of the shorter article in passages of the other, in order, whatever is changed in between
    "steady",  # the same less twice the words by which passages shift: edits replace words, rewriting moves them
    "opening",  # how much of what the articles begin with occurs again; see openings.py
)
_LEAD = 60  # shingles that an article begins with
_PAIR = 2  # words in a short shingle
_GAP = 16  # words between shared pairs of words in one passage
_DRIFT = 4  # words by which a passage may shift between them
_STREAK = 0.3  # runs above it say no more: only short runs tell a misread text from a template with other facts
_LINKS = 4  # shared pairs of words that make a passage


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[::1], int64, int64, uint32[:, ::1], int64[::1])",
)
def _overlap(words: Any, ends: Any, size: int, sort: int, table: Any, counts: Any) -> None:
    """Count distinct shingles of `size` words (or, with `sort`, words of that sort) of left, right and both texts.

    Further counts: the longest streak of shared ones, and how many of the first ones of left and right the other has.
    `ends`: start and end of the left, start and end of the right text. Rows of `table`: hash; whose it is (1 left, 2
    right, 3 both); the first place in the left text.
    """
    mask = np.uint32(63)
    while mask < 2 * (ends[1] - ends[0] + ends[3] - ends[2]):
        mask = np.uint32(2 * mask + 1)
    table[1, : mask + 1] = 0
    counts[:] = 0
    for side in range(2):
        start, end = ends[2 * side], ends[2 * side + 1]
        streak = 0
        for at in range(start, max(start, end - size) + (end > start)):
            if sort and words[at] & np.uint32(3) != sort:
                continue
            value = shingle(words, at, min(at + size, end))
            slot = mix(value) & mask
            while table[1, slot] and table[0, slot] != value:
                slot = (slot + np.uint32(1)) & mask
            state = table[1, slot]
            if state & np.uint32(side + 1) == 0:
                table[0, slot], table[1, slot] = value, state | np.uint32(side + 1)
                if side == 0:
                    table[2, slot] = at - start
                counts[side] += 1
                counts[2] += state != 0
            streak = streak + 1 if side and state & np.uint32(1) else 0
            counts[3] = max(counts[3], streak)
            counts[5] += streak > 0 and at < start + _LEAD
    for at in range(ends[0], min(ends[0] + _LEAD, max(ends[0], ends[1] - size) + (ends[1] > ends[0]))):
        value = shingle(words, at, min(at + size, ends[1]))
        slot = mix(value) & mask
        while table[1, slot] and table[0, slot] != value:
            slot = (slot + np.uint32(1)) & mask
        counts[4] += table[1, slot] == 3


@kernel("UniTuple(int64, 2)(Array(uint32, 1, 'C', readonly=True), int64[::1], uint32[:, ::1])")
def _align(words: Any, ends: Any, table: Any) -> tuple[Any, Any]:
    """Words of the right text in passages of the left, and by how many words these shift altogether.

    A passage is a chain of shared pairs of words at nearly one offset. It survives what breaks longer shingles (misread
    letters, every fifth word replaced), while independent reports share no passages beyond quotations. `table` is as
    `_overlap` leaves it for pairs of words.
    """
    mask = np.uint32(63)
    while mask < 2 * (ends[1] - ends[0] + ends[3] - ends[2]):
        mask = np.uint32(2 * mask + 1)
    covered, shifted, begin, last, offset, links, shift, stray = 0, 0, 0, -_GAP - 1, 0, 0, 0, 1 << 40
    for at in range(ends[2], ends[3] - 1):
        value = shingle(words, at, at + _PAIR)
        slot = mix(value) & mask
        while table[1, slot] and table[0, slot] != value:
            slot = (slot + np.uint32(1)) & mask
        if table[1, slot] != 3:
            continue
        place = at - ends[2]
        found = np.int64(table[2, slot]) - place
        if place - last <= _GAP and abs(found - offset) <= _DRIFT:
            shift += abs(found - offset)
            last, offset, links = place, found, links + 1
            continue
        if place - last > _GAP or abs(found - stray) <= _DRIFT:
            if links >= _LINKS:
                covered, shifted = covered + last - begin + _PAIR, shifted + shift
            begin, last, offset, links, shift = place, place, found, 1, 0
        stray = found
    if links >= _LINKS:
        covered, shifted = covered + last - begin + _PAIR, shifted + shift
    return covered, shifted


@kernel("void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], int64[:, ::1], uint32[:, ::1], float32[:, ::1])")
def _measure(words: Any, spans: Any, pairs: Any, table: Any, features: Any) -> None:
    """Write the FEATURES of every pair."""
    counts, ends = np.zeros(6, np.int64), np.zeros(4, np.int64)
    for row in range(len(pairs)):
        left, right = pairs[row, 0], pairs[row, 1]
        ends[0], ends[1], ends[2], ends[3] = spans[left, 0], spans[left, 1], spans[right, 0], spans[right, 1]
        shorter = min(ends[1] - ends[0], ends[3] - ends[2])
        for column in range(4):
            size = SHINGLE if column == 0 else _PAIR if column == 1 else 1
            _overlap(words, ends, size, NAME if column == 2 else NUMBER if column == 3 else 0, table, counts)
            least, every = min(counts[0], counts[1]), counts[0] + counts[1] - counts[2]
            # One shared name and number is imagined: a single one that differs says less than five of them.
            extra = 1 if column > 1 else 0
            features[row, 2 * column] = (counts[2] + extra) / max(least + extra, 1)
            features[row, 2 * column + 1] = (counts[2] + extra) / max(every + extra, 1)
            if column == 0:
                features[row, 8] = min(_STREAK, counts[3] / max(shorter - SHINGLE + 1, 1))
                features[row, 9] = np.log1p(least)
            elif column == 1:
                left_lead = counts[4] / max(1, min(_LEAD, ends[1] - ends[0] - 1))
                right_lead = counts[5] / max(1, min(_LEAD, ends[3] - ends[2] - 1))
                covered, shifted = _align(words, ends, table)
                features[row, 13] = min(1.0, covered / max(shorter, 1))
                features[row, 14] = min(1.0, (covered - 2 * shifted) / max(shorter, 1))
                features[row, 11], features[row, 12] = min(left_lead, right_lead), max(left_lead, right_lead)
        features[row, 10] = shorter / max(ends[1] - ends[0], ends[3] - ends[2], 1)


def copy_features(
    words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8], pairs: NDArray[np.int64]
) -> NDArray[np.float32]:
    """How much each pair of articles (rows of `pairs`) has in common, word by word: one row of FEATURES a pair.

    `codes` are the articles' languages.
    """
    features = np.empty((len(pairs), len(FEATURES)), np.float32)
    if len(pairs):
        lengths = spans[:, 1] - spans[:, 0]
        longest = int((lengths[pairs[:, 0]] + lengths[pairs[:, 1]]).max())
        table = np.empty((3, max(64, 1 << (2 * longest).bit_length())), np.uint32)
        _measure(words, spans, pairs, table, features)
        write_openings(words, spans, codes, pairs, features, FEATURES.index("opening"))
    return features
