"""A kernel that numbers the different words of a file of sketches."""

import numpy as np

from newsclean.compilation import Column, kernel

_FACTOR, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


@kernel(entry=True)
def number_words(
    words: Column[np.uint32], slots: Column[np.uint64], distinct: Column[np.uint32], numbers: Column[np.int32]
) -> int:
    """Write the different words in order of their first places, and of each word its number among them. Returns how
    many there are, or -1 if more than half of the `slots` are needed. Slots are zeros, as many as a power of two."""
    mask, count = np.uint64(len(slots) - 1), np.uint64(0)
    for at in range(len(words)):
        word = np.uint64(words[at])
        place = (word * _FACTOR >> _HALF) & mask
        while slots[place] > 0 and slots[place] >> _HALF != word:
            place = (place + np.uint64(1)) & mask
        if slots[place] == 0:
            if 2 * count >= mask:
                return -1
            distinct[count] = words[at]
            count += np.uint64(1)
            slots[place] = word << _HALF | count
        numbers[at] = np.int32((slots[place] & np.uint64(0xFFFFFFFF)) - np.uint64(1))
    return int(count)
