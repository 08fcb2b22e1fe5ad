"""Candidates for copies: articles that share a band of their signatures, and stand a cheap comparison.

How many pairs a key may give is bounded, however many articles have it, so that candidates per article stay bounded as
the corpus grows: they meet the first ones and their neighbours, which is all that stars of copies need.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import distinct
from newsclean.duplicates.tokens._simd import fetch
from newsclean.duplicates.tokens.tokenizer import mix
from newsclean.kernels import kernel

LEADERS = 2  # members of a long run that every other member is compared with
NEIGHBOURS = 3  # members before it in a long run that a member is compared with
AGREEING = 6  # minima, of 128, that two signatures must share: about 5 % of the passages
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
_CHUNK = 1 << 16  # pairs per call of a kernel
_RECENT = 4  # pairs remembered in one slot
_AHEAD = 12  # rows that are asked for before they are needed: the time that memory takes
_TEXTS = 128  # hashed together
_BANDS = 8  # hashed together: two minima each make up a line of the processor's cache

Pairs = NDArray[np.int64]  # n x 2, left < right
Packed = NDArray[np.uint64]  # left << 32 | right


@kernel("void(Array(uint32, 2, 'C', readonly=True), int64[::1], int64, int64, uint32[:, ::1])")
def _hash_bands(signatures: Any, order: Any, first: Any, rows: Any, keys: Any) -> None:
    """Write the keys of some bands, from `first`, a row each, for all texts in `order`; some texts after the other, as
    they stay in the cache for all bands."""
    for start in range(0, len(order), _TEXTS):
        for turn in range(len(keys)):
            column = np.uint64((first + turn) * rows)
            for text in range(np.uint64(start), np.uint64(min(start + _TEXTS, len(order)))):
                place = np.uint64(order[text])
                key = signatures[place, column]
                for row in range(np.uint64(1), np.uint64(rows)):
                    key = np.uint32(key * np.uint32(0x9E3779B1)) ^ signatures[place, column + row]
                keys[turn, text] = key * np.uint32(0x85EBCA6B)


@kernel("int64(uint32[::1], int64[::1], uint32[:, ::1], uint32[::1], uint64[::1])")
def _collide(keys: Any, state: Any, table: Any, before: Any, pairs: Any) -> int:
    """Pack pairs of texts whose keys are equal: each text with the first ones and the last ones before it.

    Returns how many. `state` is the next text, where the caller goes on with empty `pairs`. Rows of the hash table
    `table`: a key, and the first, the second and the last text that has it, counted from 1; `before` is the text before
    each text among those with its key.
    """
    mask, count = np.uint64(len(table) - 1), 0
    while state[0] < len(keys) and count + LEADERS + NEIGHBOURS <= len(pairs):
        right, key = state[0], keys[state[0]]
        fetch(table, np.int64(np.uint64(mix(keys[min(right + _AHEAD, len(keys) - 1)])) & mask))
        state[0] += 1
        slot = np.uint64(mix(key)) & mask
        while table[slot, 1] != 0 and table[slot, 0] != key:
            slot = (slot + np.uint64(1)) & mask
        leaders, other = (table[slot, 1], table[slot, 2]), table[slot, 3]
        before[right], table[slot, 3] = other, right + 1
        if other == 0:
            table[slot, 0], table[slot, 1] = key, right + 1
            continue
        if leaders[1] == 0:
            table[slot, 2] = right + 1
        for _ in range(NEIGHBOURS):
            if other != 0:
                left = other - 1
                if other != leaders[0] and other != leaders[1]:
                    pairs[count] = np.uint64(left) << np.uint64(32) | np.uint64(right)
                    count += 1
                other = before[left]
        for other in leaders:
            if other != 0:
                pairs[count] = np.uint64(other - 1) << np.uint64(32) | np.uint64(right)
                count += 1
    return count


@kernel()
def _share(signatures: Any, left: Any, right: Any, bands: Any, rows: Any) -> bool:
    """Whether two texts share one of the first bands."""
    for start in range(0, bands * rows, rows):
        same = True
        for column in range(np.uint64(start), np.uint64(start + rows)):
            same &= signatures[left, column] == signatures[right, column]
        if same:
            return True
    return False


@kernel()
def _agreeing(table: Any, left: Any, right: Any) -> Any:
    """Whether enough of two rows is equal."""
    agreeing = 0
    for column in range(np.uint64(table.shape[1])):
        agreeing += table[left, column] == table[right, column]
    return agreeing * 128 >= AGREEING * table.shape[1]


@kernel()
def _meets_again(recent: Any, pair: Any) -> bool:
    """Whether a pair is among the recent ones of its slot; if not, it takes the place of the oldest."""
    for place in range(_RECENT):
        if recent[place] == pair:
            return True
    for place in range(_RECENT - 1, 0, -1):
        recent[place] = recent[place - 1]
    recent[0] = pair
    return False


@kernel(
    "int64(Array(uint32, 2, 'C', readonly=True), int64[::1], uint8[:, ::1], uint64[:, ::1], int64, int64, uint64[::1])"
)
def _filter(signatures: Any, order: Any, marks: Any, seen: Any, band: Any, rows: Any, pairs: Any) -> int:
    """Keep the pairs whose signatures agree and which share no band before this one; returns how many.

    What takes time is memory. Copies meet in many bands: who is found in `seen`, by a hash, has met before. Most
    other pairs are refused after a look at `marks`, the lowest bytes of the signatures.
    """
    low, last = np.uint64(0xFFFFFFFF), np.uint64(len(seen) - 1)
    count, kept = len(pairs), 0
    for at in range(count):
        ahead = pairs[min(at + _AHEAD, count - 1)]
        fetch(seen, np.int64(np.uint64(ahead * _FACTOR) >> np.uint64(32) & last))
        pair = pairs[at]
        slot = np.uint64(pair * _FACTOR) >> np.uint64(32) & last
        pairs[kept] = pair
        kept += not _meets_again(seen[slot], pair)
    count, kept = kept, 0
    for at in range(count):
        ahead = np.int64(pairs[min(at + _AHEAD, count - 1)] >> np.uint64(32))
        fetch(marks, ahead)
        pair = pairs[at]
        pairs[kept] = pair
        kept += _agreeing(marks, pair >> np.uint64(32), pair & low)
    count, kept = kept, 0
    for at in range(count):
        fetch(signatures, order[pairs[min(at + _AHEAD, count - 1)] >> np.uint64(32)])
        pair = pairs[at]
        left, right = np.uint64(order[pair >> np.uint64(32)]), np.uint64(order[pair & low])
        pairs[kept] = pair
        kept += not _share(signatures, left, right, band, rows) and _agreeing(signatures, left, right)
    return kept


def copy_candidates(signatures: NDArray[np.uint32], order: NDArray[np.int64], bands: int, rows: int) -> Pairs:
    """Pairs of articles that may be copies of each other, by their places in `order`: rows of `signatures`, none of
    them empty."""
    count = len(order)
    table = np.empty((1 << (3 * count // 2).bit_length(), 4), np.uint32)
    before, buffer = np.empty(count, np.uint32), np.empty(_CHUNK, np.uint64)
    marks, seen = signatures.astype(np.uint8)[order], np.zeros((1 << (count // 2).bit_length(), _RECENT), np.uint64)
    found = []
    for band, keys in enumerate(band_keys(signatures, order, bands, rows)):
        table[:] = 0
        state = np.zeros(1, np.int64)
        while state[0] < count:
            met = buffer[: _collide(keys, state, table, before, buffer)]
            found.append(met[: _filter(signatures, order, marks, seen, band, rows, met)].copy())
    return unpacked(found)


def band_keys(
    signatures: NDArray[np.uint32], order: NDArray[np.int64], bands: int, rows: int
) -> Iterator[NDArray[np.uint32]]:
    """One 32-bit key of every article in `order` (rows of `signatures`) for each band."""
    for first in range(0, bands, _BANDS):
        keys = np.empty((min(_BANDS, bands - first), len(order)), np.uint32)
        _hash_bands(signatures, order, first, rows, keys)
        yield from keys


def unpacked(found: list[Packed]) -> Pairs:
    """Distinct pairs as an array of two columns, sorted."""
    packed = distinct(np.concatenate(found)) if found else np.empty(0, np.uint64)
    return np.stack([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)
