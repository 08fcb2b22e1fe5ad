"""Kernels that sample the shingles of texts, and find the texts that share them."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.tokens import SHINGLE, mix, whole_shingle

SAMPLED = 8  # one of so many shingles is looked at, in every text the same ones


@kernel(entry=True)
def sample_shingles(
    words: ReadOnlyColumn[np.uint32],
    spans: Table[np.int64],
    slots: Column[np.uint64],
    counts: Column[np.int64],
    keys: Column[np.uint64],
) -> int:
    """Write the different sampled shingles of all texts, each as hash << 32 | text; returns how many there are.
    `counts` gets how many each text has. `slots` are 64 zeros or more, and four times as many as any text has words."""
    count = 0
    for text in range(len(spans)):
        before, room = count, 64
        while room < 2 * (spans[text, 1] - spans[text, 0]):
            room *= 2
        mask = np.uint64(room - 1)
        for at in range(spans[text, 0], spans[text, 1] - SHINGLE + 1):
            value = mix(whole_shingle(words, np.uint64(at)))
            if value & np.uint32(SAMPLED - 1) != 0:
                continue
            mark = np.uint64(value) << np.uint64(32) | np.uint64(text + 1)
            place = np.uint64(value >> np.uint32(3)) & mask
            while slots[place] & np.uint64(0xFFFFFFFF) == np.uint64(text + 1) and slots[place] != mark:
                place = (place + np.uint64(1)) & mask
            if slots[place] != mark:
                slots[place] = mark
                keys[count] = mark - np.uint64(1)
                count += 1
        counts[text] = count - before
    return count


@kernel(entry=True)
def count_meetings(keys: Column[np.uint64], rare: int) -> int:
    """How many pairs of texts have equal shingles, counted once for each shingle of two to `rare` texts."""
    count, start = 0, 0
    while start < len(keys):
        end = start + 1
        while end < len(keys) and keys[end] >> np.uint64(32) == keys[start] >> np.uint64(32):
            end += 1
        if end - start <= rare:
            count += (end - start) * (end - start - 1) // 2
        start = end
    return count


@kernel(entry=True)
def write_meetings(keys: Column[np.uint64], rare: int, pairs: Column[np.uint64]) -> None:
    """Write these pairs of texts, the lower number first."""
    low, count, start = np.uint64(0xFFFFFFFF), 0, 0
    while start < len(keys):
        end = start + 1
        while end < len(keys) and keys[end] >> np.uint64(32) == keys[start] >> np.uint64(32):
            end += 1
        if end - start <= rare:
            for left in range(start, end):
                for right in range(left + 1, end):
                    pairs[count] = (keys[left] & low) << np.uint64(32) | (keys[right] & low)
                    count += 1
        start = end
