"""How rare words are, in whatever language."""

import functools
from importlib import resources

import numpy as np
from numpy.typing import NDArray

PLACE_BITS = np.uint64(44)  # below the 20 highest bits of a word's hash, which are its place in the table


@functools.cache
def rarity() -> NDArray[np.uint8]:
    """By the 20 highest bits of a word's hash: how many tenths of a power of ten it is rarer than one in a thousand
    words (0 to 35; where several words meet, or in several languages, that of the commonest)."""
    with resources.as_file(resources.files(__package__) / "data/rarity.npy") as path:
        table: NDArray[np.uint8] = np.load(path)
    return table
