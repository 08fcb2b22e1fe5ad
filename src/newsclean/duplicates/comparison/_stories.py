"""Kernels that compare the weighted terms of two articles."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.comparison._entities import add_by_sort, agreement
from newsclean.duplicates.tfidf import SLOTS, STORY_WORDS, TELLING, count_scale, fill, term_idf, word_mark
from newsclean.duplicates.tokens import NUMERIC, PLACE, TELLS, mix, term

FADING = 100  # words into an article at which a term counts for half
NUMBER_BOOST = 1.5  # in "early": other news of one market has other figures (average precision ECB+ .926 -> .932)
KNOWN = 6  # column of what is kept for a text: squares of its three lengths, idf by sort, and whether this is known


@kernel()
def _fade(idf: float, scale: float, marks: np.uint32) -> tuple[float, float]:
    """The two weights of a term, damped and not, that its place makes smaller."""
    fading = FADING / np.float64(FADING + (marks >> np.uint32(PLACE)))
    boost = NUMBER_BOOST if marks & np.uint32(NUMERIC) else 1.0
    return boost * fading * np.sqrt(idf * np.sqrt(idf) * scale), fading * idf * scale


@kernel()
def _total(
    slots: Table[np.uint32], values: Table[np.float32], count: int, faded: Table[np.float64], totals: Column[np.float64]
) -> None:
    """Write both faded weights of every term to rows of `faded`, and to `totals` the squares of these and of all
    weights, idf by sort, and a 1."""
    totals[:] = 0
    for at in range(count):
        slot = slots[2, at]
        marks, weight = slots[1, slot], np.float64(values[0, slot])
        scale = np.float64(count_scale(marks))
        early, whole = _fade(weight / scale, scale, marks)
        faded[0, slot], faded[1, slot] = early, whole
        totals[0] += weight * weight
        totals[1] += early * early
        totals[2] += whole * whole
        add_by_sort(totals[3:], values[1, slot], marks)
    totals[KNOWN] = 1


@kernel()
def _look_up(
    words: ReadOnlyColumn[np.uint32],
    start: int,
    end: int,
    slots: Table[np.uint32],
    mask: np.uint32,
    marks: Column[np.uint32],
    shared: Column[np.uint32],
) -> int:
    """Find the terms of a text in the table of another: places and counts by slot, and in `shared` the slots in order.

    Returns how many terms are shared."""
    end = min(end, start + STORY_WORDS)
    count = 0
    for at in range(start, end):
        value = term(words, at, end)
        place = mix(value) & mask
        while slots[0, place] != value and slots[0, place] != 0:
            place = (place + np.uint32(1)) & mask
        if slots[0, place] == 0:  # of no term, too
            continue
        if marks[place] == 0:
            marks[place] = np.uint32(at - start) << np.uint32(PLACE)
            shared[count] = place
            count += 1
        marks[place] = (marks[place] | word_mark(words[at])) + np.uint32(1)
    return count


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], Array(uint8, 1, 'C', readonly=True), float32[::1],"
    " int64[:, ::1], float64[:, ::1], float32[:, ::1])"
)
def compare_terms(
    words: ReadOnlyColumn[np.uint32],
    spans: Table[np.int64],
    codes: ReadOnlyColumn[np.uint8],
    weights: Column[np.float32],
    pairs: Table[np.int64],
    totals: Table[np.float64],
    features: Table[np.float32],
) -> None:
    """Write the FEATURES of every pair. `totals` has a row of zeros for each text.

    Each text is gathered once, as the left one of its pairs, if these are sorted and the right text is the later one:
    the last pairs come first, so that what is to be known of right texts alone is known.
    """
    slots, faded = np.empty((3, SLOTS), np.uint32), np.empty((2, SLOTS))
    table = np.empty((2, SLOTS), np.float32)
    marks, found = np.zeros(SLOTS, np.uint32), np.empty(STORY_WORDS, np.uint32)
    sums, ours, theirs = np.zeros(5), np.zeros(3), np.zeros(3)
    last, mask = -1, np.uint32(0)
    for row in range(len(pairs) - 1, -1, -1):
        left, right = pairs[row, 0], pairs[row, 1]
        size, other = (
            min(spans[left, 1] - spans[left, 0], STORY_WORDS),
            min(spans[right, 1] - spans[right, 0], STORY_WORDS),
        )
        if totals[right, KNOWN] == 0:
            last = -1
            count = fill(words, spans[right, 0], spans[right, 1], codes[right], weights, slots, table)
            _total(slots, table, count, faded, totals[right])
        if left != last:
            count = fill(words, spans[left, 0], spans[left, 1], codes[left], weights, slots, table)
            _total(slots, table, count, faded, totals[left])
            last, mask = left, np.uint32(63)
            while mask < 2 * size:
                mask = np.uint32(2 * mask + 1)
        shared = _look_up(words, spans[right, 0], spans[right, 1], slots, mask, marks, found)
        sums[:], ours[:], theirs[:] = 0, 0, 0
        for at in range(shared):
            place = found[at]
            # The left text's frequency is at hand; another one is far away in memory.
            idf, scale = np.float64(table[1, place]), np.float64(count_scale(marks[place]))
            if codes[left] != codes[right]:
                idf = np.float64(term_idf(weights, codes[right], slots[0, place]))
            early, whole = _fade(idf, scale, marks[place])
            sums[0] += idf * scale * table[0, place]
            sums[1] += early * faded[0, place]
            sums[2] += whole * faded[1, place]
            sums[3] = max(sums[3], whole * faded[1, place])
            sums[4] += idf > TELLING and slots[1, place] & np.uint32(TELLS) != 0
            add_by_sort(ours, table[1, place], slots[1, place])
            add_by_sort(theirs, idf, marks[place])
            marks[place] = 0
        sums[2] -= sums[3]
        for column in range(3):
            norm = np.sqrt(totals[left, column] * totals[right, column])
            features[row, column] = min(1.0, sums[column] / norm) if norm > 0 else 0.0
        features[row, 3] = np.log1p(sums[4]) - (np.log1p(size) + np.log1p(other)) / 2
        features[row, 4], features[row, 5] = agreement(ours, theirs, totals[left, 3:], totals[right, 3:])
