"""Candidates for contained texts: articles that share rare passages, however much longer one of them is.

Signatures find texts of like length only. So the shingles whose hash is divisible by `SAMPLED` are kept of every text,
in proportion to its length. A brief shares them with the round-up that holds it.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Packed, Pairs, blocks, columns, fresh, runs_in
from newsclean.duplicates.candidates._passages import count_meetings, sample_shingles, write_meetings
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.sorting import sort

RARE = 12  # articles that hold a shingle at most: what more of them have is no passage of theirs
TOGETHER = 2  # sampled shingles that a pair shares at least
SHARE = 0.3  # of the sampled shingles of the text with fewer, that a pair shares at least
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_TEXTS = 1 << 16  # sampled at once
_ROW = 128  # bytes that a sampled shingle takes while its pairs are made


def passage_candidates(words: NDArray[np.uint32], spans: NDArray[np.int64], scratch: Scratch = IN_MEMORY) -> Pairs:
    """Pairs of articles, the lower number first, that share enough of their rare sampled shingles."""
    keys, counts = sampled_shingles(words, spans, scratch)
    sort(keys, scratch.rows(16))
    met = scratch.column(np.uint64)
    for piece in runs_in(keys, scratch.rows(_ROW)):
        met.add(_sharing(piece))
    pairs = met.array()
    sort(pairs, scratch.rows(16))
    enough = scratch.column(np.uint64)
    for block in blocks(len(pairs), scratch.rows(_ROW)):
        enough.add(_enough(pairs, block, counts))
    return columns(enough.array(), scratch)


def sampled_shingles(
    words: NDArray[np.uint32], spans: NDArray[np.int64], scratch: Scratch = IN_MEMORY
) -> tuple[Packed, NDArray[np.int64]]:
    """The different sampled shingles of every text, each as hash << 32 | text, and how many each text has."""
    found, counts = scratch.column(np.uint64), scratch.empty(len(spans), np.int64)
    step, start = scratch.rows(64), 0
    while start < len(spans):
        sizes = np.cumsum(spans[start : start + _TEXTS, 1] - spans[start : start + _TEXTS, 0])
        stop = start + max(1, int(np.searchsorted(sizes, step, side="right")))
        own = np.ascontiguousarray(spans[start:stop])
        keys = np.empty(int(sizes[stop - start - 1]), np.uint64)
        count = sample_shingles(words, own, slots_for(own), counts[start:stop], keys)
        found.add(keys[:count] + np.uint64(start))
        start = stop
    return found.array(), counts


def slots_for(spans: NDArray[np.int64]) -> Packed:
    """Room for `sample_shingles` to tell the shingles of a text apart."""
    longest = int((spans[:, 1] - spans[:, 0]).max(initial=0))
    return np.zeros(max(64, 4 * longest), np.uint64)


def _sharing(keys: Packed) -> Packed:
    """Pairs of texts with equal shingles, one pair for each shingle that they share; whole runs of `keys`."""
    pairs = np.empty(count_meetings(keys, RARE), np.uint64)
    write_meetings(keys, RARE, pairs)
    return pairs


def _enough(met: Packed, block: slice, counts: NDArray[np.int64]) -> Packed:
    """The different pairs whose run begins in a block of sorted pairs and is long enough."""
    firsts = np.flatnonzero(fresh(met[block]))
    if block.start and len(firsts) and met[block.start] == met[block.start - 1]:
        firsts = firsts[1:]
    values = met[block][firsts]
    shared = np.diff(np.append(firsts + block.start, np.searchsorted(met, values[-1:], side="right")))
    left, right = (values >> _HALF).astype(np.int64), (values & _LOW).astype(np.int64)
    return values[share_enough(shared, np.minimum(counts[left], counts[right]))]


def share_enough(shared: NDArray[np.int64], fewer: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pairs share so many of their rare sampled shingles, of which the one with `fewer` has so many, that they
    are candidates."""
    enough: NDArray[np.bool_] = (shared >= TOGETHER) & (shared >= SHARE * fewer)
    return enough
