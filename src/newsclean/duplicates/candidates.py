"""Candidate pairs: articles that share a band of their signatures, or two salient terms, and stand a cheap comparison.

Keys and articles are packed into one `uint64` and sorted; equal keys then stand in runs. How many pairs a run may give
is bounded, whatever its length, so that candidates per article stay bounded as the corpus grows: the articles of a long
run meet its first members and their neighbours, which is all that stars of copies need.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.sketches import NO_DAY
from newsclean.duplicates.vectors import SALIENT, Salient
from newsclean.duplicates.words import mix
from newsclean.kernels import kernel

LEADERS = 2  # members of a long run that every other member is compared with
NEIGHBOURS = 3  # members before it in a long run that a member is compared with
AGREEING = 6  # minima, of 128, that two signatures must share: about 5 % of the passages
KEY_TERMS = 16  # salient terms of an article that are paired into keys
POSTINGS = 24  # a key that more articles share says too little, unless they can be told apart by date
STORY_COSINE = (
    0.14  # of salient terms, below which no exact comparison is made: half the pairs of .10, .98-1.0 of the true ones
)
_CHUNK = 1 << 20  # pairs per call of a kernel
_KEYS = 1 << 25  # keys sorted at once; more are split by their hash

Pairs = NDArray[np.int64]  # n x 2, left < right
Packed = NDArray[np.uint64]  # left << 32 | right


@kernel("int64(uint64[::1], Array(uint32, 2, 'C', readonly=True), int64, int64, int64[::1], uint64[::1])")
def _collide(keys: Any, signatures: Any, band: Any, rows: Any, state: Any, pairs: Any) -> int:
    """Pack pairs from runs of equal keys whose signatures agree, each in the first band they share; returns how many.

    `state` holds the position in `keys` and the start of its run, so that the caller can empty `pairs` and go on.
    """
    count, at, start = 0, state[0], state[1]
    size = signatures.shape[1]
    near = LEADERS + NEIGHBOURS
    while at < len(keys) and count + near <= len(pairs):
        if at == 0 or keys[at] >> np.uint64(32) != keys[at - 1] >> np.uint64(32):
            start = at
        for turn in range(min(near, at - start)):
            other = start + turn if turn < LEADERS or at - start <= near else at - near + turn
            left, right = keys[other] & np.uint64(0xFFFFFFFF), keys[at] & np.uint64(0xFFFFFFFF)
            agreeing = 0
            for column in range(size):
                agreeing += signatures[left, column] == signatures[right, column]
            if agreeing * 128 < AGREEING * size:
                continue
            earlier = False  # is there a band before this one in which they meet already?
            for first in range(0, band * rows, rows):
                same = True
                for column in range(first, first + rows):
                    same &= signatures[left, column] == signatures[right, column]
                earlier |= same
            if not earlier:
                pairs[count] = left << np.uint64(32) | right
                count += 1
        at += 1
    state[0], state[1] = at, start
    return count


@kernel("int64(Array(uint32, 2, 'C', readonly=True), uint32, uint32, uint64[::1])")
def _pair_terms(terms: Any, part: Any, parts: Any, keys: Any) -> int:
    """Pack a key of every two salient terms of every article, as far as `keys` has room; returns how many there are."""
    count = 0
    for text in range(len(terms)):
        for low in range(KEY_TERMS):
            for high in range(low):
                one, two = terms[text, low], terms[text, high]
                if one == 0:
                    continue
                key = mix(np.uint32(min(one, two) * np.uint32(0x9E3779B1) + max(one, two)))
                if key % parts == part:
                    if count < len(keys):
                        keys[count] = np.uint64(key) << np.uint64(32) | np.uint64(text)
                    count += 1
    return count


@kernel(
    "int64(uint64[::1], Array(uint32, 2, 'C', readonly=True), Array(float32, 2, 'C', readonly=True),"
    " Array(int32, 1, 'C', readonly=True), int64[::1], uint64[::1])"
)
def _meet(keys: Any, terms: Any, weights: Any, days: Any, state: Any, pairs: Any) -> int:
    """Pack pairs from runs of equal keys whose salient terms agree; returns how many.

    Articles are numbered by date, so those within `state[3]` days of one stand side by side; `state` also holds the
    position in `keys`, and the start and end of its run.
    """
    count, at, start, end, window = 0, state[0], state[1], state[2], state[3]
    found, values = np.zeros(128, np.uint32), np.zeros(128, np.float32)
    mask = np.uint32(127)
    while at < len(keys) and count + POSTINGS <= len(pairs):
        if at >= end:
            start = at
            while end < len(keys) and keys[end] >> np.uint64(32) == keys[start] >> np.uint64(32):
                end += 1
        long, filled = end - start > POSTINGS, False
        right = keys[at] & np.uint64(0xFFFFFFFF)
        for other in range(at - 1, max(start, at - POSTINGS) - 1, -1):
            left = keys[other] & np.uint64(0xFFFFFFFF)
            dated = days[left] != NO_DAY and days[right] != NO_DAY
            if (dated and days[right] - days[left] > window) or (long and not dated):
                break
            if not filled:
                found[:] = 0
                for rank in range(SALIENT):
                    slot = mix(terms[right, rank]) & mask
                    while found[slot] != 0:
                        slot = (slot + np.uint32(1)) & mask
                    found[slot], values[slot] = terms[right, rank], weights[right, rank]
                filled = True
            cosine = np.float32(0)
            for rank in range(SALIENT):
                value = terms[left, rank]
                slot = mix(value) & mask
                while found[slot] != value and found[slot] != 0:
                    slot = (slot + np.uint32(1)) & mask
                if found[slot] != 0:
                    cosine += values[slot] * weights[left, rank]
            if cosine >= STORY_COSINE:
                pairs[count] = left << np.uint64(32) | right
                count += 1
        at += 1
    state[0], state[1], state[2] = at, start, end
    return count


def copy_candidates(signatures: NDArray[np.uint32], bands: int, rows: int) -> Pairs:
    """Pairs of articles (rows of `signatures`, none of them empty) that may be copies of each other."""
    found = []
    for band, keys in enumerate(band_keys(signatures, bands, rows)):
        packed = keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64)
        packed.sort()
        found.append(_drain(_collide, packed, (signatures, band, rows), 2))
    return _unpacked(found)


def band_keys(signatures: NDArray[np.uint32], bands: int, rows: int) -> Iterator[NDArray[np.uint32]]:
    """One 32-bit key of every article for each band."""
    for band in range(bands):
        columns = signatures[:, band * rows : (band + 1) * rows]
        keys = columns[:, 0].copy()
        for column in range(1, rows):
            keys = keys * np.uint32(0x9E3779B1) ^ columns[:, column]
        yield keys * np.uint32(0x85EBCA6B)


def story_candidates(salient: Salient, days: NDArray[np.int32], window: int) -> Pairs:
    """Pairs of articles, numbered by date, that may be on one event, not more than `window` days apart if dated."""
    parts = max(1, len(days) * KEY_TERMS * (KEY_TERMS - 1) // 2 // _KEYS)
    found = []
    for part in range(parts):
        count = _pair_terms(salient.terms, part, parts, np.empty(0, np.uint64))
        keys = np.empty(count, np.uint64)
        _pair_terms(salient.terms, part, parts, keys)
        keys.sort()
        found.append(_drain(_meet, keys, (*salient, days), 4, window))
    return _unpacked(found)


def _drain(collide: Any, keys: NDArray[np.uint64], others: tuple[Any, ...], size: int, window: int = 0) -> Packed:
    """All distinct pairs that a kernel finds in `keys`, collected one buffer at a time."""
    state = np.zeros(size, np.int64)
    state[-1] = window
    buffer = np.empty(_CHUNK, np.uint64)
    found = []
    while state[0] < len(keys):
        count = collide(keys, *others, state, buffer)
        found.append(np.unique(buffer[:count]))
    return np.unique(np.concatenate(found)) if len(found) > 1 else found[0] if found else np.empty(0, np.uint64)


def _unpacked(found: list[Packed]) -> Pairs:
    """Distinct pairs as an array of two columns, sorted."""
    packed = np.unique(np.concatenate(found)) if found else np.empty(0, np.uint64)
    return np.stack([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)
