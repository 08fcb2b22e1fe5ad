"""Candidates for stories: articles that share two of their most salient terms, and stand a comparison of the others.

Keys and articles are packed into one `uint64` and sorted; equal keys then stand in runs. How many pairs a run may give
is bounded, whatever its length, so that candidates per article stay bounded as the corpus grows.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, distinct, unpacked
from newsclean.duplicates.candidates._key_terms import (
    KEY_TERMS,
    LINES,
    TERM_PAIRS,
    agreeing_pairs,
    gather_keys,
    meeting_pairs,
    tally_keys,
)
from newsclean.duplicates.tfidf import SALIENT, Salient

_KEYS = 1 << 24  # keys dealt with at once; more are split by the hash of their lower term
_BUFFER = 1 << 22  # pairs sorted at once


def story_candidates(salient: Salient, days: NDArray[np.int32], window: int) -> Pairs:
    """Pairs of articles, numbered by date, that may be on one event, not more than `window` days apart if dated."""
    terms = np.sort(salient.terms[:, :KEY_TERMS], axis=1)
    most = len(days) * TERM_PAIRS
    parts = max(1, -(-most // _KEYS))
    found = []
    for part in range(parts):
        tally = np.zeros(1 << (most // parts).bit_length(), np.uint8)  # four slots or more for each key
        keys = np.empty(tally_keys(terms, part, parts, tally) + 1, np.uint64)
        keys = keys[: gather_keys(terms, part, parts, tally, keys)]
        keys.sort()
        found += list(_compared(keys, salient, days, window))
    return unpacked(found)


def _compared(
    keys: NDArray[np.uint64], salient: Salient, days: NDArray[np.int32], window: int
) -> Iterator[NDArray[np.uint64]]:
    """The pairs that `keys` make meet and that agree, one buffer at a time."""
    state = np.array([0, 0, 0, window])
    buffer = np.empty(_BUFFER, np.uint64)
    terms = np.ascontiguousarray(salient.terms).reshape(-1, SALIENT // LINES)
    weights = np.ascontiguousarray(salient.weights).reshape(-1, SALIENT // LINES)
    while state[0] < len(keys):
        # Articles that share five terms meet under ten keys.
        pairs = distinct(buffer[: meeting_pairs(keys, days, state, buffer)])
        yield pairs[: agreeing_pairs(terms, weights, pairs)].copy()
