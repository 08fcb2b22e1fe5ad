"""Kernels that find and filter texts with equal bands."""

from enum import IntEnum

import numpy as np

from newsclean.compilation import Column, ReadOnlyTable, Table, kernel
from newsclean.duplicates.tokens import fetch, mix

LEADERS = 2  # members of a long run that every other member is compared with
NEIGHBOURS = 3  # members before it in a long run that a member is compared with
AGREEING = 6  # minima, of 128, that two signatures must share: about 5 % of the passages
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
RECENT = 4  # pairs remembered in one slot
_AHEAD = 12  # rows that are asked for before they are needed: the time that memory takes


class Slot(IntEnum):
    """Columns of the hash table of keys: a key; the first, the second and the last text that has it, from 1."""

    KEY = 0
    FIRST = 1
    SECOND = 2
    LAST = 3


@kernel(entry=True)
def colliding_pairs(
    keys: Column[np.uint32],
    state: Column[np.int64],
    table: Table[np.uint32],
    before: Column[np.uint32],
    pairs: Column[np.uint64],
) -> int:
    """Pack pairs of texts whose keys are equal: each text with the first ones and the last ones before it.

    Returns how many. `state` is the next text, where the caller goes on with empty `pairs`. `table` is a hash table
    (columns: `Slot`); `before` is the text before each text among those with its key, counted from 1.
    """
    mask, count = np.uint64(len(table) - 1), 0
    while state[0] < len(keys) and count + LEADERS + NEIGHBOURS <= len(pairs):
        right, key = state[0], keys[state[0]]
        fetch(table, np.int64(np.uint64(mix(keys[min(right + _AHEAD, len(keys) - 1)])) & mask))
        state[0] += 1
        slot = np.uint64(mix(key)) & mask
        while table[slot, Slot.FIRST] != 0 and table[slot, Slot.KEY] != key:
            slot = (slot + np.uint64(1)) & mask
        leaders, other = (table[slot, Slot.FIRST], table[slot, Slot.SECOND]), table[slot, Slot.LAST]
        before[right], table[slot, Slot.LAST] = other, right + 1
        if other == 0:
            table[slot, Slot.KEY], table[slot, Slot.FIRST] = key, right + 1
            continue
        if leaders[1] == 0:
            table[slot, Slot.SECOND] = right + 1
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
def shares_band(signatures: ReadOnlyTable[np.uint32], left: np.uint64, right: np.uint64, bands: int, rows: int) -> bool:
    """Whether two texts share one of the first bands."""
    for start in range(0, bands * rows, rows):
        same = True
        for column in range(np.uint64(start), np.uint64(start + rows)):
            same &= signatures[left, column] == signatures[right, column]
        if same:
            return True
    return False


@kernel()
def agrees(table: Table[np.uint8] | Table[np.uint32], left: np.uint64, right: np.uint64) -> bool:
    """Whether enough of two rows is equal."""
    agreeing = 0
    for column in range(np.uint64(table.shape[1])):
        agreeing += table[left, column] == table[right, column]
    enough: bool = agreeing * 128 >= AGREEING * table.shape[1]
    return enough


@kernel()
def met_recently(recent: Column[np.uint64], pair: np.uint64) -> bool:
    """Whether a pair is among the recent ones of its slot; if not, it takes the place of the oldest."""
    for place in range(RECENT):
        if recent[place] == pair:
            return True
    for place in range(RECENT - 1, 0, -1):
        recent[place] = recent[place - 1]
    recent[0] = pair
    return False


@kernel(entry=True)
def filter_pairs(
    signatures: ReadOnlyTable[np.uint32],
    order: Column[np.int64],
    marks: Table[np.uint8],
    seen: Table[np.uint64],
    band: int,
    rows: int,
    pairs: Column[np.uint64],
) -> int:
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
        kept += not met_recently(seen[slot], pair)
    count, kept = kept, 0
    for at in range(count):
        ahead = np.int64(pairs[min(at + _AHEAD, count - 1)] >> np.uint64(32))
        fetch(marks, ahead)
        pair = pairs[at]
        pairs[kept] = pair
        kept += agrees(marks, pair >> np.uint64(32), pair & low)
    count, kept = kept, 0
    for at in range(count):
        fetch(signatures, order[pairs[min(at + _AHEAD, count - 1)] >> np.uint64(32)])
        pair = pairs[at]
        left, right = np.uint64(order[pair >> np.uint64(32)]), np.uint64(order[pair & low])
        pairs[kept] = pair
        kept += not shares_band(signatures, left, right, band, rows) and agrees(signatures, left, right)
    return kept
