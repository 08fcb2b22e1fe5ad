"""Candidates for copies: articles that share a band of their signatures, and stand a cheap comparison.

How many pairs a key may give is bounded, however many articles have it, so that candidates per article stay bounded as
the corpus grows: they meet the first ones and their neighbours, which is all that stars of copies need.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, unpacked
from newsclean.duplicates.candidates._lsh import RECENT, colliding_pairs, filter_pairs
from newsclean.duplicates.sketching import band_keys

_CHUNK = 1 << 16  # pairs per call of a kernel


def copy_candidates(signatures: NDArray[np.uint32], order: NDArray[np.int64], bands: int, rows: int) -> Pairs:
    """Pairs of articles that may be copies of each other, by their places in `order`: rows of `signatures`, none of
    them empty."""
    count = len(order)
    table = np.empty((1 << (3 * count // 2).bit_length(), 4), np.uint32)
    before, buffer = np.empty(count, np.uint32), np.empty(_CHUNK, np.uint64)
    marks, seen = signatures.astype(np.uint8)[order], np.zeros((1 << (count // 2).bit_length(), RECENT), np.uint64)
    found = []
    for band, keys in enumerate(band_keys(signatures, order, bands, rows)):
        table[:] = 0
        state = np.zeros(1, np.int64)
        while state[0] < count:
            met = buffer[: colliding_pairs(keys, state, table, before, buffer)]
            found.append(met[: filter_pairs(signatures, order, marks, seen, band, rows, met)].copy())
    return unpacked(found)
