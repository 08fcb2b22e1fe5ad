"""The kernel that counts document frequencies."""

from enum import IntEnum

import numpy as np

from newsclean.compilation import ReadOnlyColumn, Table, kernel
from newsclean.duplicates.tokens import fetch, mix, term

STORY_WORDS = 4096  # an article's words beyond these say nothing about its story
_AHEAD = 12  # slots that are asked for before they are needed: the time that memory takes


class Counter(IntEnum):
    """Columns of document frequencies: how many texts have a term of the slot; the number of the last one, from 1."""

    TEXTS = 0
    LAST = 1


@kernel(entry=True)
def count_in_slots(
    words: ReadOnlyColumn[np.uint32], spans: Table[np.int64], codes: ReadOnlyColumn[np.uint8], slots: Table[np.uint32]
) -> None:
    """Count the texts that hold a term of each of `slots` (columns: `Counter`)."""
    mask = np.uint32(len(slots) - 1)
    places = np.empty(STORY_WORDS, np.int64)
    for text in range(len(spans)):
        salt = np.uint32(codes[text]) * np.uint32(0x9E3779B1)
        start = spans[text, 0]
        count = min(spans[text, 1] - start, STORY_WORDS)
        for at in range(count):
            places[at] = mix(term(words, start + at, start + count) ^ salt) & mask
        for at in range(count):
            fetch(slots, places[min(at + _AHEAD, count - 1)])
            place = np.uint64(places[at])
            fresh = slots[place, Counter.LAST] != text + 1  # no branch, as none could be predicted
            slots[place, Counter.LAST] = text + 1
            slots[place, Counter.TEXTS] += np.uint32(fresh)
