"""How many short texts share a frame: a title of one kind repeats its words around other facts."""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.short._frames import count_in_frames

FRAME_SLOTS = 1 << 18
"""Slots that an index counts frames in; frames that fall into one slot share their count."""


def count_frames(words: NDArray[np.uint32], spans: NDArray[np.int64], size: int = 0) -> NDArray[np.uint32]:
    """How many of some texts have the frames of each of `size` (a power of two) slots; 0 for as many as they need."""
    size = size or max(1 << 10, 1 << (int((spans[:, 1] - spans[:, 0]).sum()) * 4).bit_length())
    counts, last = np.zeros(size, np.uint32), np.zeros(size, np.uint32)
    read_only = words.view()
    read_only.flags.writeable = False
    count_in_frames(read_only, np.ascontiguousarray(spans), last, counts)
    return counts
