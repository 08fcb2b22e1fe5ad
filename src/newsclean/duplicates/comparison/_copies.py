"""Kernels that count what two texts share word by word."""

from typing import Any

import numpy as np

from newsclean.duplicates.comparison._alignment import align, longest_run
from newsclean.duplicates.tokens import NAME, NUMBER, SHINGLE, pair_shingle, shingle, whole_shingle
from newsclean.kernels import kernel

LEAD = 60  # shingles that an article begins with
_STEP = np.uint64(1)
FIVES, TWOS, NAMES, NUMBERS = range(4)  # what is compared, one after the other, and columns of counts
STREAK, LEFT_LEAD, RIGHT_LEAD, ALIGNED, SHIFTED = range(4, 9)  # further columns


@kernel()
def gather_values(words: Any, start: Any, end: Any, kind: Any, values: Any) -> Any:
    """Write a text's shingles of five or two words, its names or its numbers to `values`; returns how many."""
    length = end - start
    if kind >= NAMES:
        count = 0
        sort = np.uint32(NAME if kind == NAMES else NUMBER)
        for at in range(length):
            word = words[np.uint64(start + at)]
            values[count] = word
            count += word & 3 == sort  # a branch could not be predicted
        return count
    size = SHINGLE if kind == FIVES else 2
    if length < size:
        if length > 0:
            values[0] = shingle(words, start, end)
        return min(length, 1)
    if kind == FIVES:
        for at in range(length - SHINGLE + 1):
            values[at] = whole_shingle(words, np.uint64(start + at))
    else:
        for at in range(length - 1):
            values[at] = pair_shingle(words, np.uint64(start + at))
    return length - size + 1


@kernel()
def find_slot(value: Any, keys: Any, places: Any, bits: Any) -> Any:
    """Where in the hash table a value stands, or would."""
    slot = np.uint64(np.uint32(value * np.uint32(0x9E3779B1)) >> np.uint32(32 - bits))
    while places[slot] != 0 and keys[slot] != value:
        slot = (slot + _STEP) & ((_STEP << np.uint64(bits)) - _STEP)
    return slot


@kernel()
def fill_table(values: Any, size: Any, keys: Any, places: Any, bits: Any, firsts: Any) -> Any:
    """Fill the hash table: values and, from 1, where each stands first, which is also written to `firsts` by place.

    Returns how many different values there are. A quarter of the slots is used at most: what costs is a slot taken.
    """
    distinct = 0
    for slot in range(1 << bits):
        places[slot] = 0
    for at in range(size):
        slot = find_slot(values[at], keys, places, bits)
        if places[slot] == 0:
            keys[slot], places[slot] = values[at], at + 1
            distinct += 1
        firsts[at] = places[slot]
    return distinct


@kernel()
def _look_up(values: Any, size: Any, left: Any, count: Any, bits: Any, stamp: Any, found: Any) -> Any:
    """Write to `found`, from 1, where each of the values of the right text stands first in the left; 0 for nowhere.

    Returns how many different ones are shared. `stamp` marks them in the left text; no other pair or kind has the same.
    Passages are followed: what stands in the next place on both sides need not be looked for.
    """
    own, firsts, keys, places, seen = left
    shared, guess = 0, np.uint64(0)
    for at in range(size):
        if guess < count and own[guess] == values[at]:
            place = firsts[guess]
        else:
            place = places[find_slot(values[at], keys, places, bits)]
            if place != 0:
                guess = np.uint64(place - 1)
        guess += _STEP
        found[at] = place
        shared += place != 0 and seen[place] != stamp
        seen[place] = stamp
    return shared


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], int64[::1], int64[:, ::1], int64[:, ::1], int64[:, ::1])"
)
def count_shared(words: Any, spans: Any, texts: Any, pairs: Any, totals: Any, counts: Any) -> None:
    """Write to `totals` how many different shingles, names and numbers each of `texts` has, and the counts of `pairs`.

    Texts and pairs are sorted.
    """
    longest: Any = 1
    for text in texts:
        longest = max(longest, spans[text, 1] - spans[text, 0])
    room = 64
    while room < 4 * longest:
        room *= 2
    own, firsts, seen = (
        np.empty(longest + 1, np.uint32),
        np.empty(longest + 1, np.uint32),
        np.zeros(longest + 1, np.uint32),
    )
    left = own, firsts, np.empty(room, np.uint32), np.empty(room, np.uint32), seen
    values, found = np.empty(longest + 1, np.uint32), np.empty(longest + 1, np.uint32)
    first = 0
    for at in range(len(texts)):
        text = texts[at]
        last = first
        while last < len(pairs) and pairs[last, 0] == text:
            last += 1
        for kind in range(4):
            size = gather_values(words, spans[text, 0], spans[text, 1], kind, own)
            bits = 6
            while 1 << bits < 4 * size:
                bits += 1
            totals[at, kind] = fill_table(own, size, left[2], left[3], bits, firsts)
            for row in range(first, last):
                stamp = np.uint32(4 * row + kind + 1)
                other = pairs[row, 1]
                count = gather_values(words, spans[other, 0], spans[other, 1], kind, values)
                counts[row, kind] = _look_up(values, count, left, size, bits, stamp, found)
                if kind == FIVES:
                    counts[row, STREAK] = longest_run(found, count)
                elif kind == TWOS:
                    for place in range(min(size, LEAD)):
                        counts[row, LEFT_LEAD] += seen[firsts[place]] == stamp
                    for place in range(min(count, LEAD)):
                        counts[row, RIGHT_LEAD] += found[place] != 0
                    counts[row, ALIGNED], counts[row, SHIFTED] = align(found, count)
        first = last
