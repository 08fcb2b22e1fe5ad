"""Candidates for contained texts: articles that share rare passages, however much longer one of them is.

Signatures find texts of like length only. Of every text the shingles whose hash is divisible by `SAMPLED` are kept, in
long texts in proportion to their length, so that a brief shares them with the round-up that holds it.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, distinct, fresh, runs
from newsclean.duplicates.candidates._passages import SAMPLED, sample_shingles

RARE = 12  # articles that hold a shingle at most: what more of them have is no passage of theirs
TOGETHER = 2  # sampled shingles that a pair shares at least
SHARE = 0.3  # of the sampled shingles of the text with fewer, that a pair shares at least
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def passage_candidates(words: NDArray[np.uint32], spans: NDArray[np.int64]) -> Pairs:
    """Pairs of articles, the lower number first, that share enough of their rare sampled shingles."""
    sizes = spans[:, 1] - spans[:, 0]
    keys = np.empty(int(sizes.sum()) * 3 // (2 * SAMPLED) + 4096, np.uint64)
    keys = distinct(keys[: sample_shingles(words, spans, keys)])
    counts = np.bincount((keys & _LOW).astype(np.int64), minlength=len(spans))
    starts = np.flatnonzero(fresh(keys >> _HALF))
    held = np.diff(np.append(starts, len(keys)))
    rare = (held > 1) & (held <= RARE)
    starts, held = starts[rare], held[rare]
    found = [np.empty(0, np.uint64)]
    for distance in range(1, RARE):
        run, place = runs(np.maximum(held - distance, 0))
        left, right = keys[starts[run] + place] & _LOW, keys[starts[run] + place + distance] & _LOW
        found.append(left << _HALF | right)
    packed = np.sort(np.concatenate(found))
    firsts = np.flatnonzero(fresh(packed))
    shared = np.diff(np.append(firsts, len(packed)))
    pairs = np.stack([packed[firsts] >> _HALF, packed[firsts] & _LOW], axis=1).astype(np.int64)
    found_pairs: Pairs = pairs[(shared >= TOGETHER) & (shared >= SHARE * counts[pairs].min(axis=1))]
    return found_pairs
