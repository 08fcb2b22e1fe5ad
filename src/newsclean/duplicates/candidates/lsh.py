"""Candidates for copies: articles that share a band of their signatures, and stand a cheap comparison.

However many articles have a key, it gives a bounded number of pairs, so that candidates per article stay bounded as the
corpus grows. An article meets the first ones with its key and its neighbours, which is all that stars of copies need.
Each band is searched key range by key range, as many articles at once as memory holds.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Packed, Pairs, blocks, columns, settle
from newsclean.duplicates.candidates._lsh import RECENT, colliding_pairs, filter_pairs
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.sketching import band_keys

_CHUNK = 1 << 16  # pairs per call of a kernel
_ROW = 64  # bytes an article takes in a key range: its place, its key, and its part of the hash table


def copy_candidates(
    signatures: NDArray[np.uint32], order: NDArray[np.int64], bands: int, rows: int, scratch: Scratch = IN_MEMORY
) -> Pairs:
    """Pairs of articles that may be copies of each other, by their places in `order`: rows of `signatures`, none of
    them empty."""
    count = len(order)
    marks = scratch.empty((count, signatures.shape[1]), np.uint8)  # the lowest bytes
    for block in blocks(count, scratch.rows(8 * signatures.shape[1])):
        marks[block] = signatures[order[block]]
    size = min(count // 2, scratch.rows(8 * RECENT))
    seen, found = np.zeros((1 << size.bit_length(), RECENT), np.uint64), scratch.column(np.uint64)
    parts = -(-count // scratch.rows(_ROW))
    for band, keys in enumerate(band_keys(signatures, order, bands, rows, scratch)):
        for places, met in _collisions(keys, parts):
            pairs = met if places is None else _moved(met, places)
            found.add(pairs[: filter_pairs(signatures, order, marks, seen, band, rows, pairs)])
    return columns(settle(found.array(), scratch.rows(16)), scratch)


def _collisions(keys: NDArray[np.uint32], parts: int) -> Iterator[tuple[NDArray[np.int64] | None, Packed]]:
    """Pairs with equal keys, key range by key range, with the places of the articles in it (None: all). The pairs are
    good until the next ones are asked for."""
    buffer = np.empty(_CHUNK, np.uint64)
    ranges = (keys.astype(np.uint64) * np.uint64(parts) >> np.uint64(32)).astype(np.uint16) if parts > 1 else None
    for part in range(parts):
        places = None if ranges is None else np.flatnonzero(ranges == part)
        own = keys if places is None else keys[places]
        table = np.zeros((1 << (3 * len(own) // 2).bit_length(), 4), np.uint32)
        before, state = np.empty(len(own), np.uint32), np.zeros(1, np.int64)
        while state[0] < len(own):
            yield places, buffer[: colliding_pairs(own, state, table, before, buffer)]


def _moved(pairs: Packed, places: NDArray[np.int64]) -> Packed:
    """Pairs of places as pairs of what stands there."""
    left, right = places[pairs >> np.uint64(32)], places[pairs & np.uint64(0xFFFFFFFF)]
    moved: Packed = left.astype(np.uint64) << np.uint64(32) | right.astype(np.uint64)
    return moved
