"""MinHash signatures of word shingles, bit for bit those of `datasketch.MinHash(scheme="affine32")`.

A shingle is `SHINGLE` words in a row, hashed to 32 bits; a text of fewer words is one shingle. A text without words has
the empty signature (all bits set), which is never compared with anything.
"""

import functools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.sketching._minhash import hash_bands, sign_texts
from newsclean.duplicates.sorting import order_of

SEED = 1  # of the permutations; datasketch's default
_BANDS = 4  # hashed together: with two minima each, half a line of the processor's cache


@functools.cache
def permutations(size: int) -> NDArray[np.uint32]:
    """Factors (odd) and summands of `size` permutations, shape (2, size): datasketch's for the same seed."""
    generator = np.random.RandomState(SEED)
    factors = generator.randint(0, 1 << 31, size, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return np.array([factors, generator.randint(0, 1 << 32, size, dtype=np.uint32)])


def sign(
    words: NDArray[np.uint32], bounds: NDArray[np.int64], size: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Signatures (texts x size) and digests (texts) of the texts whose words stand between `bounds`."""
    signatures = np.empty((len(bounds) - 1, size), np.uint32)
    digests = np.empty(len(bounds) - 1, np.uint64)
    sign_texts(words, bounds, permutations(size), signatures, digests)
    return signatures, digests


def band_keys(
    signatures: NDArray[np.uint32], order: NDArray[np.int64], bands: int, rows: int, scratch: Scratch = IN_MEMORY
) -> Iterator[NDArray[np.uint32]]:
    """One 32-bit key of every article in `order` (rows of `signatures`) for each band.

    Signatures are read from the first to the last, as they may be on a disk, and then put in order.
    """
    ascending = scratch.kept(order_of(order, scratch.rows(16)))
    read, values = scratch.kept(order[ascending]), scratch.empty((min(_BANDS, bands), len(order)), np.uint32)
    for first in range(0, bands, _BANDS):
        keys = values[: min(_BANDS, bands - first)]
        hash_bands(signatures, read, first, rows, keys)
        for each in keys:
            ordered = np.empty_like(each)
            ordered[ascending] = each
            yield ordered
