"""Candidates for stories: articles that share two of their most salient terms, and stand a comparison of the others.

Keys and articles are packed into one `uint64` and sorted, one range of keys after the other; equal keys then stand in
runs. How many pairs a run may give is bounded, whatever its length, so that candidates per article stay bounded as the
corpus grows.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, blocks, columns, settle
from newsclean.duplicates.candidates._key_terms import (
    KEY_TERMS,
    POSTINGS,
    TERM_PAIRS,
    Progress,
    agreeing_pairs,
    count_by_range,
    count_keys,
    keep_repeated,
    meeting_pairs,
    write_by_range,
    write_keys,
)
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.sorting import sort
from newsclean.duplicates.tfidf import Salient

RANGE = 1 << 24  # keys, about, that are told apart by 32 bits
_KEY = 4  # bytes of memory for a key: it takes 8, and nothing else of that size stands beside them
_PARTS = 128  # parts of a piece, in each of which keys are counted: the cache holds their counts
_SLOTS = 1 << 19  # of counts, at most
_BUFFER = 1 << 22  # pairs sorted at once, at most
_Take = Callable[[], NDArray[np.uint64]]


def story_candidates(salient: Salient, days: NDArray[np.int32], window: int, scratch: Scratch = IN_MEMORY) -> Pairs:
    """Pairs of articles, numbered by date, that may be on one event, not more than `window` days apart if dated."""
    terms = scratch.empty((len(days), KEY_TERMS), np.uint32)
    for block in blocks(len(days), scratch.rows(8 * KEY_TERMS)):
        terms[block] = np.sort(salient.terms[block, :KEY_TERMS], axis=1)
    found = scratch.column(np.uint64)

    def meeting(take: _Take, room: Scratch) -> NDArray[np.uint64]:
        keys, own = take(), room.column(np.uint64)
        sort(keys, room.rows(16))
        buffer = np.empty(min(_BUFFER, room.rows(16)) + POSTINGS, np.uint64)
        for pairs in _compared(keys, salient, days, window, buffer):
            own.add(pairs)
        return own.array()

    for pairs in scratch.at_once(meeting, _by_range(terms, scratch)):
        found.add(pairs)
    return columns(settle(found.array(), scratch.rows(16)), scratch)


def key_ranges(articles: int) -> int:
    """How many ranges the keys of so many articles are cut into. Keys of two ranges are different, even if their 32
    bits are the same. So the number may depend on nothing else, or what is found would."""
    return max(1, -(-articles * TERM_PAIRS // RANGE))


def _by_range(terms: NDArray[np.uint32], scratch: Scratch) -> Iterator[_Take]:
    """What takes the keys that several articles may have, by range, or by pieces of it, if memory holds no more.

    Lower terms are put in order of their ranges once, 5 bytes each, so that no range looks through all articles again.
    """
    lower, sizes = np.zeros((2, key_ranges(len(terms))), np.int64)
    count_by_range(terms, lower, sizes)
    ends = np.cumsum(lower)
    texts, lows = scratch.empty(int(ends[-1]), np.uint32), scratch.empty(int(ends[-1]), np.uint8)
    write_by_range(terms, ends - lower, texts, lows)
    for start, end, size in zip((ends - lower).tolist(), ends.tolist(), sizes.tolist(), strict=True):
        pieces = max(1, -(-size // scratch.rows(_KEY * scratch.threads)))
        for piece in range(pieces):
            yield partial(_repeated, terms, texts[start:end], lows[start:end], piece, pieces)


def _repeated(
    terms: NDArray[np.uint32], texts: NDArray[np.uint32], lows: NDArray[np.uint8], piece: int, pieces: int
) -> NDArray[np.uint64]:
    """The keys with these lower terms that belong to a piece of all keys, and that several articles may have."""
    first, parts, sizes = piece * _PARTS, pieces * _PARTS, np.zeros(_PARTS, np.int64)
    count_keys(terms, texts, lows, first, parts, sizes)
    ends = np.cumsum(sizes)
    packed = np.empty(int(ends[-1]), np.uint64)
    write_keys(terms, texts, lows, first, parts, ends - sizes, packed)
    slots = min(_SLOTS, max(64, 1 << int(4 * sizes.max()).bit_length()))
    return packed[: keep_repeated(packed, ends, np.empty(slots, np.uint8))]


def _compared(
    keys: NDArray[np.uint64], salient: Salient, days: NDArray[np.int32], window: int, buffer: NDArray[np.uint64]
) -> Iterator[NDArray[np.uint64]]:
    """The pairs that `keys` make meet and that agree, one buffer at a time."""
    state = np.array([0, 0, 0, window])
    terms = np.ascontiguousarray(salient.terms).reshape(-1)
    weights = np.ascontiguousarray(salient.weights).reshape(-1)
    while state[Progress.AT] < len(keys):
        # Articles that share five terms meet under ten keys.
        pairs = settle(buffer[: meeting_pairs(keys, days, state, buffer)], len(buffer))
        yield pairs[: agreeing_pairs(terms, weights, pairs)]
