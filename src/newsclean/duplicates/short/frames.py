"""How many short texts share a frame: a title of one kind repeats its words around other facts."""

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.short._frames import count_in_frames

MOST_SLOTS = 1 << 27  # for four tokens each of 500,000 texts of 60; of more, frames share slots now and then
FRAME_SLOTS = 1 << 18
"""Slots that an index counts frames in; frames that fall into one slot share their count."""


def frame_slots(words: int) -> int:
    """Slots to count the frames of texts in that have so many words together: a power of two."""
    return min(max(FRAME_SLOTS, 1 << (words * 4).bit_length()), MOST_SLOTS)


def count_frames(
    words: NDArray[np.uint32], spans: NDArray[np.int64], size: int = 0, scratch: Scratch = IN_MEMORY
) -> NDArray[np.uint32]:
    """How many of some texts have the frames of each of `size` (a power of two) slots; 0 for as many as they need."""
    size = size or frame_slots(int((spans[:, 1] - spans[:, 0]).sum()))
    counts, last = scratch.empty(size, np.uint32), scratch.empty(size, np.uint32)
    counts[:], last[:] = 0, 0
    count_in_frames(read_only(words), np.ascontiguousarray(spans), last, counts)
    return counts
