"""Kernels that find and filter texts with equal key terms."""

from enum import IntEnum

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.tfidf import SALIENT
from newsclean.duplicates.tokens import fetch, mix

KEY_TERMS = 16  # salient terms of an article that are paired into keys
POSTINGS = 24  # a key that more articles share says too little, unless they can be told apart by date
STORY_COSINE = 0.14  # of salient terms, below which no exact comparison is made
_SLOTS = 1024  # of a hash table for 48 terms: most terms of another article find an empty one at once
_LINE = 16  # terms in a line of the processor's cache
_AHEAD = 12  # articles that are asked for before they are needed: the time that memory takes
TERM_PAIRS = KEY_TERMS * (KEY_TERMS - 1) // 2


@kernel()
def range_of(term: np.uint32, ranges: np.uint64) -> np.int64:
    """The range that all keys with this lower term are in."""
    return np.int64(np.uint64(mix(term)) * ranges >> np.uint64(32))


@kernel(entry=True)
def count_by_range(terms: Table[np.uint32], lower: Column[np.int64], keys: Column[np.int64]) -> None:
    """Add how many lower terms of articles are in each range, and how many keys they make. `terms` are in order in
    every row, and 0 where an article has too few."""
    for text in range(len(terms)):
        for low in range(KEY_TERMS - 1):
            if terms[text, low] != 0:
                place = range_of(terms[text, low], np.uint64(len(lower)))
                lower[place] += 1
                keys[place] += KEY_TERMS - 1 - low


@kernel(entry=True)
def write_by_range(
    terms: Table[np.uint32], starts: Column[np.int64], texts: Column[np.uint32], lows: Column[np.uint8]
) -> None:
    """Write each lower term, an article and a place among its terms, to where its range starts; `starts` move on."""
    for text in range(len(terms)):
        for low in range(KEY_TERMS - 1):
            if terms[text, low] != 0:
                place = range_of(terms[text, low], np.uint64(len(starts)))
                texts[starts[place]], lows[starts[place]] = text, low
                starts[place] += 1


@kernel()
def term_key(terms: Table[np.uint32], text: np.uint32, low: int, high: int) -> np.uint32:
    """The key of two terms of an article."""
    return np.uint32(mix(np.uint32(terms[text, low] * np.uint32(0x9E3779B1) + terms[text, high])))


@kernel(entry=True)
def count_keys(
    terms: Table[np.uint32], texts: Column[np.uint32], lows: Column[np.uint8], first: int, parts: int,
    sizes: Column[np.int64],
) -> None:  # fmt: skip
    """Count the keys with these lower terms by the part of all 32-bit numbers that they are in. The numbers are cut
    into so many `parts`, of which `sizes` has those from the `first` on."""
    for row in range(len(texts)):
        for high in range(int(lows[row]) + 1, KEY_TERMS):
            key = term_key(terms, texts[row], int(lows[row]), high)
            part = np.int64(np.uint64(key) * np.uint64(parts) >> np.uint64(32)) - first
            if 0 <= part < len(sizes):
                sizes[part] += 1


@kernel(entry=True)
def write_keys(
    terms: Table[np.uint32], texts: Column[np.uint32], lows: Column[np.uint8], first: int, parts: int,
    starts: Column[np.int64], packed: Column[np.uint64],
) -> None:  # fmt: skip
    """Pack these keys and their articles, each where its part starts; `starts` move on."""
    for row in range(len(texts)):
        for high in range(int(lows[row]) + 1, KEY_TERMS):
            key = term_key(terms, texts[row], int(lows[row]), high)
            part = np.int64(np.uint64(key) * np.uint64(parts) >> np.uint64(32)) - first
            if 0 <= part < len(starts):
                packed[starts[part]] = np.uint64(key) << np.uint64(32) | np.uint64(texts[row])
                starts[part] += 1


@kernel(entry=True)
def keep_repeated(packed: Column[np.uint64], ends: Column[np.int64], tally: Column[np.uint8]) -> int:
    """Keep the keys that another article may have, too, which nine of ten have not; returns how many there are.

    They are counted, up to 2, in slots by their hash, part by part, so that the slots stay in the processor's cache.
    Parts end at `ends`; `tally` has a power of two of slots.
    """
    kept, start = 0, 0
    for end in ends:
        slots = 64
        while slots < 4 * (end - start) and slots < len(tally):
            slots *= 2
        mask = np.uint64(slots - 1)
        for slot in range(slots):
            tally[slot] = 0
        for at in range(start, end):
            slot = packed[at] >> np.uint64(32) & mask
            tally[slot] = min(tally[slot] + np.uint8(1), np.uint8(2))
        for at in range(start, end):
            key = packed[at]
            packed[kept] = key
            kept += tally[key >> np.uint64(32) & mask] > 1
        start = end
    return kept


class Progress(IntEnum):
    """Where the search for equal keys stands: its place, start and end of its run there; the window in days."""

    AT = 0
    START = 1
    END = 2
    WINDOW = 3


@kernel(entry=True)
def meeting_pairs(
    keys: Column[np.uint64], days: ReadOnlyColumn[np.int32], state: Column[np.int64], pairs: Column[np.uint64]
) -> int:
    """Pack pairs from runs of equal keys, the later article first; returns how many.

    Articles are numbered by date, so those within a window of days of one stand side by side. `state` (`Progress`) is
    where the caller goes on with empty `pairs`.
    """
    at, start, end, window = state[Progress.AT], state[Progress.START], state[Progress.END], state[Progress.WINDOW]
    count = 0
    while at < len(keys) and count + POSTINGS <= len(pairs):
        if at >= end:
            start = at
            while end < len(keys) and keys[end] >> np.uint64(32) == keys[start] >> np.uint64(32):
                end += 1
        long = end - start > POSTINGS
        right = keys[at] & np.uint64(0xFFFFFFFF)
        for other in range(at - 1, max(start, at - POSTINGS) - 1, -1):
            left = keys[other] & np.uint64(0xFFFFFFFF)
            dated = days[left] != NO_DAY and days[right] != NO_DAY
            if (dated and days[right] - days[left] > window) or (long and not dated):
                break
            pairs[count] = right << np.uint64(32) | left
            count += 1
        at += 1
    state[Progress.AT], state[Progress.START], state[Progress.END] = at, start, end
    return count


@kernel(entry=True)
def agreeing_pairs(terms: Column[np.uint32], weights: Column[np.float32], pairs: Column[np.uint64]) -> int:
    """Keep, the other way round, the pairs whose salient terms agree; returns how many.

    Pairs with the same later article stand side by side: its terms are put into a hash table once. Articles have
    `SALIENT` of `terms` and `weights` each, which fill whole lines of the processor's cache and are asked for ahead of
    time. Which terms of the other article find an empty slot, as most do, is told without a branch.
    """
    found, values = np.zeros(_SLOTS, np.uint32), np.zeros(_SLOTS, np.float32)
    mask, low = np.uint32(_SLOTS - 1), np.uint64(0xFFFFFFFF)
    likely = np.empty(SALIENT + 1, np.uint64)
    last, count = low, 0
    for row in range(len(pairs)):
        ahead = SALIENT * np.int64(pairs[min(row + _AHEAD, len(pairs) - 1)] & low)
        for place in range(ahead, ahead + SALIENT, _LINE):
            fetch(terms, place)
            fetch(weights, place)
        right, left = pairs[row] >> np.uint64(32), pairs[row] & low
        if right != last:
            last = right
            found[:] = 0
            for place in range(right * np.uint64(SALIENT), (right + np.uint64(1)) * np.uint64(SALIENT)):
                slot = terms[place] & mask
                while found[slot] != 0:
                    slot = (slot + np.uint32(1)) & mask
                found[slot], values[slot] = terms[place], weights[place]
        some = 0
        for place in range(left * np.uint64(SALIENT), (left + np.uint64(1)) * np.uint64(SALIENT)):
            likely[some] = place
            some += found[terms[place] & mask] != 0
        cosine = np.float32(0)
        for at in range(some):
            value = terms[likely[at]]
            slot = value & mask
            while found[slot] != value and found[slot] != 0:
                slot = (slot + np.uint32(1)) & mask
            if found[slot] != 0:
                cosine += values[slot] * weights[likely[at]]
        if cosine >= STORY_COSINE:
            pairs[count] = left << np.uint64(32) | right
            count += 1
    return count
