"""How rare words are, in whatever language."""

import functools
from importlib import resources

import numpy as np
from numpy.typing import NDArray

PLACE_BITS = np.uint64(44)  # below the 20 highest bits of a word's hash, which are its place in the table


@functools.cache
def rarity() -> NDArray[np.uint8]:
    """By the 20 highest bits of a word's hash: how much rarer it is than one in a thousand words.

    The unit is a tenth of a power of ten, from 0 to 35. Where words or languages share their bits, the commonest
    counts.
    """
    with resources.as_file(resources.files(__package__) / "data/rarity.npy") as path:
        table: NDArray[np.uint8] = np.load(path)
    return table
