"""A kernel that tells which texts have the words of agencies' names at all."""

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, kernel


class NameTable(NamedTuple):
    """Names by their first two words: the slots of a hash table, as many as a power of two."""

    firsts: Column[np.uint32]
    """Hashes of first words, 0 in an empty slot. A name that finds its slot full is in a later one."""
    seconds: Column[np.uint32]
    """0 where the name has one word."""


@kernel(entry=True)
def find_names(
    words: ReadOnlyColumn[np.uint32], bounds: Column[np.int64], names: NameTable, found: Column[np.uint64]
) -> int:
    """Write the names whose words texts hold in a row, each as text << 32 | slot, once for a text. Returns how many.

    `found` has room for two names a word.
    """
    firsts, seconds = names.firsts, names.seconds
    last = np.zeros(len(firsts), np.int64)  # the text that a name was found in, counted from 1
    mask, count = np.uint32(len(firsts) - 1), 0
    for text in range(len(bounds) - 1):
        end = bounds[text + 1]
        for at in range(bounds[text], end):
            word = words[at] >> np.uint32(2)
            slot = word & mask
            while firsts[slot] != 0:
                if firsts[slot] == word and last[slot] != text + 1:
                    second = seconds[slot]
                    if second == 0 or (at + 1 < end and words[at + 1] >> np.uint32(2) == second):
                        found[count] = np.uint64(text) << np.uint64(32) | np.uint64(slot)
                        last[slot] = text + 1
                        count += 1
                slot = (slot + np.uint32(1)) & mask
    return count
