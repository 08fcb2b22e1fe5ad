"""Articles as weighted terms: their most salient ones, and how much of two articles' terms agree."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.bits import fetch
from newsclean.duplicates.salience import STORY_WORDS
from newsclean.duplicates.terms import term
from newsclean.duplicates.words import NAME, NUMBER, mix
from newsclean.kernels import kernel

LEAD_WORDS = 80
SALIENT = 48  # terms of an article that candidates are compared by; their cosine is within .03 of the exact one
LEAD_BOOST = 1.5
NAME_BOOST = 1.3
SLOTS = 4 * STORY_WORDS  # of the hash table that the terms of one article are gathered in
_LEAD, _NAME, _NUMBER = 1 << 16, 1 << 17, 1 << 18  # marks of a term, above its count
_LEVELS = 512  # of weights, to find the heaviest ones without sorting them all
_AHEAD = 8  # terms whose weights are asked for before they are needed
FEATURES = ("full", "lead", "names", "numbers", "cover_low", "cover_high", "shared", "length_low", "length_high")


class Salient(NamedTuple):
    """The terms of n articles with the highest weights, heaviest first; unused places hold term 0 and weight 0."""

    terms: NDArray[np.uint32]
    """n x SALIENT."""
    weights: NDArray[np.float32]
    """n x SALIENT, divided by the length of the article's whole vector."""


@kernel(
    "int64(Array(uint32, 1, 'C', readonly=True), int64, int64, int64, float32[::1], uint32[:, ::1], float32[::1])",
)
def fill(words: Any, start: Any, end: Any, code: Any, weights: Any, slots: Any, values: Any) -> Any:
    """Gather the terms of one article in a hash table; returns how many there are.

    Rows of `slots`: term (0 is empty), marks and count, and the list of slots in use; `values`: weights by slot.
    """
    end = min(end, start + STORY_WORDS)
    mask = np.uint32(63)
    while mask < 2 * (end - start):
        mask = np.uint32(2 * mask + 1)
    slots[0, : mask + 1] = 0
    count = 0
    for at in range(start, end):
        value = term(words, at, end)
        if value == 0:
            continue
        slot = mix(value) & mask
        while slots[0, slot] != value and slots[0, slot] != 0:
            slot = (slot + np.uint32(1)) & mask
        if slots[0, slot] == 0:
            slots[0, slot] = value
            slots[1, slot] = 0
            slots[2, count] = slot
            count += 1
        sort = words[at] & np.uint32(3)
        marks = (_LEAD if at < start + LEAD_WORDS else 0) | (
            _NAME if sort == NAME else _NUMBER if sort == NUMBER else 0
        )
        slots[1, slot] = (slots[1, slot] | np.uint32(marks)) + np.uint32(1)
    rows = len(weights) - 256
    salt = np.uint32(code) * np.uint32(0x9E3779B1)
    for at in range(count):
        ahead = slots[0, slots[2, min(at + _AHEAD, count - 1)]]
        fetch(weights, np.int64(mix(ahead ^ salt) & np.uint32(rows - 1)))
        slot = slots[2, at]
        idf = weights[rows + code] - weights[mix(slots[0, slot] ^ salt) & np.uint32(rows - 1)]
        times = slots[1, slot] & np.uint32(0xFFFF)
        scale = np.float32(1) + np.log(np.float32(times)) if times > 1 else np.float32(1)  # most terms stand once
        values[slot] = max(idf, np.float32(0)) * scale
    return count


@kernel()
def _level(bits: Any) -> Any:
    """Weights by size: the bits of a float32 that is not negative, 16 levels for each power of two from 2^-10."""
    return min(max(np.int64(bits >> np.uint32(19)) - ((127 - 10) << 4), 0), _LEVELS - 1)


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], Array(uint8, 1, 'C', readonly=True), float32[::1],"
    " uint32[:, ::1], float32[:, ::1])"
)
def _select(words: Any, spans: Any, codes: Any, weights: Any, terms: Any, values: Any) -> None:
    """Write every article's heaviest terms; names, numbers and the lead count more here than in the exact cosine."""
    slots, table = np.empty((3, SLOTS), np.uint32), np.empty(SLOTS, np.float32)
    boosted, tally = np.empty(STORY_WORDS, np.float32), np.empty(_LEVELS, np.int64)
    bits = boosted.view(np.uint32)
    for text in range(len(spans)):
        count = fill(words, spans[text, 0], spans[text, 1], codes[text], weights, slots, table)
        for rank in range(SALIENT):  # slices would double the time that this takes to compile
            terms[text, rank], values[text, rank] = 0, 0
        for level in range(_LEVELS):
            tally[level] = 0
        total = np.float32(0)
        for at in range(count):
            slot = slots[2, at]
            weight, marks = table[slot], slots[1, slot]
            if marks & _LEAD:
                weight *= np.float32(LEAD_BOOST)
            if marks & (_NAME | _NUMBER):
                weight *= np.float32(NAME_BOOST)
            total += weight * weight
            boosted[at] = weight
            tally[_level(bits[at])] += 1
        least, above = _LEVELS, 0  # terms of lower levels are not among the heaviest
        while least > 0 and above < SALIENT:
            least -= 1
            above += tally[least]
        for at in range(count):
            weight = boosted[at]
            if _level(bits[at]) >= least and weight > values[text, SALIENT - 1]:
                rank = SALIENT - 1
                while rank > 0 and values[text, rank - 1] < weight:
                    values[text, rank], terms[text, rank] = values[text, rank - 1], terms[text, rank - 1]
                    rank -= 1
                values[text, rank], terms[text, rank] = weight, slots[0, slots[2, at]]
        norm = np.sqrt(max(total, np.float32(1e-9)))
        for rank in range(SALIENT):
            values[text, rank] /= norm


@kernel("float64(uint32[:, ::1], float32[::1], int64, float64[::1])")
def _tally(slots: Any, values: Any, count: int, squares: Any) -> float:
    """Add the squared weights of all terms, of the lead, of names and of numbers; returns the weight of the lead."""
    lead = 0.0
    for at in range(count):
        slot = slots[2, at]
        marks, weight = slots[1, slot], np.float64(values[slot])
        squares[0] += weight * weight
        if marks & _LEAD:
            squares[1] += weight * weight
            lead += weight
        if marks & _NAME:
            squares[2] += weight * weight
        if marks & _NUMBER:
            squares[3] += weight * weight
    return lead


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], Array(uint8, 1, 'C', readonly=True), float32[::1],"
    " int64[:, ::1], float32[:, ::1])"
)
def _compare(words: Any, spans: Any, codes: Any, weights: Any, pairs: Any, features: Any) -> None:
    """Write the FEATURES of every pair; pairs with the same left article must follow each other to be fast."""
    slots, table = np.empty((3, SLOTS), np.uint32), np.empty(SLOTS, np.float32)
    others, values = np.empty((3, SLOTS), np.uint32), np.empty(SLOTS, np.float32)
    sums = np.zeros((3, 4))  # left, right, both; all terms, lead, names, numbers: squared weights or products
    last, count, mask = -1, 0, np.uint32(0)
    for row in range(len(pairs)):
        left, right = pairs[row, 0], pairs[row, 1]
        if left != last:
            count = fill(words, spans[left, 0], spans[left, 1], codes[left], weights, slots, table)
            last, mask = left, np.uint32(63)
            while mask < 2 * min(spans[left, 1] - spans[left, 0], STORY_WORDS):
                mask = np.uint32(2 * mask + 1)
        other = fill(words, spans[right, 0], spans[right, 1], codes[right], weights, others, values)
        sums[:] = 0
        left_lead = _tally(slots, table, count, sums[0])
        right_lead = _tally(others, values, other, sums[1])
        left_found, right_found, shared = 0.0, 0.0, 0.0
        for at in range(other):
            slot = others[2, at]
            marks, weight = others[1, slot], np.float64(values[slot])
            place = mix(others[0, slot]) & mask
            while slots[0, place] != others[0, slot] and slots[0, place] != 0:
                place = (place + np.uint32(1)) & mask
            if slots[0, place] == 0:
                continue
            both, product = slots[1, place], weight * table[place]
            sums[2, 0] += product
            if marks & both & _LEAD:
                sums[2, 1] += product
            if (marks | both) & _NAME:
                sums[2, 2] += product
            if (marks | both) & _NUMBER:
                sums[2, 3] += product
            if both & _LEAD:
                left_found += table[place]
            if marks & _LEAD:
                right_found += weight
            if (marks | both) & _NAME:
                shared += min(weight, np.float64(table[place]))
        for column in range(4):
            norm = np.sqrt(sums[0, column] * sums[1, column])
            # A word can be a name in one article and begin a sentence in the other, which then may have no name.
            features[row, column] = min(1.0, sums[2, column] / norm) if norm > 0 else 0.0
        low, high = left_found / max(left_lead, 1e-9), right_found / max(right_lead, 1e-9)
        features[row, 4], features[row, 5] = min(low, high), max(low, high)
        features[row, 6] = np.log1p(shared)
        features[row, 7], features[row, 8] = np.log1p(min(count, other)), np.log1p(max(count, other))


def select_salient(
    words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8], weights: NDArray[np.float32]
) -> Salient:
    """The most salient terms of every article."""
    count = len(spans)
    salient = Salient(np.empty((count, SALIENT), np.uint32), np.empty((count, SALIENT), np.float32))
    _select(words, spans, codes, weights, *salient)
    return salient


def story_features(
    words: NDArray[np.uint32],
    spans: NDArray[np.int64],
    codes: NDArray[np.uint8],
    weights: NDArray[np.float32],
    pairs: NDArray[np.int64],
) -> NDArray[np.float32]:
    """How much the terms of each pair of articles (rows of `pairs`) agree: one row of FEATURES a pair."""
    features = np.empty((len(pairs), len(FEATURES)), np.float32)
    _compare(words, spans, codes, weights, pairs, features)
    return features
