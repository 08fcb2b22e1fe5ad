"""Kernels that align the tokens of two short texts."""

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, Table, kernel


class Side(NamedTuple):
    """One text of a pair, token by token, in room for `MOST_TOKENS`."""

    token: Column[np.uint32]
    """What tokens are compared by: a hash without its sort, of numerals that of the digits."""
    sort: Column[np.uint32]
    term: Column[np.uint32]
    """The term that begins there, 0 for none."""
    idf: Column[np.float64]
    shared: Column[np.uint8]
    """Whether the other text has that token."""
    lead: Column[np.int64]
    """How many tokens there are in the lead, and in the text."""


class Aligned(NamedTuple):
    """What an alignment of two texts says."""

    swaps: int
    swapped: float
    insertions: int
    run: int
    prefix: int


@kernel()
def common_subsequence(left: Side, right: Side, size: int, other: int, lengths: Table[np.int16]) -> int:
    """Length of the longest common subsequence of the first tokens; `lengths` then has that of all pairs of rests."""
    for j in range(other + 1):
        lengths[size, j] = 0
    for i in range(size - 1, -1, -1):
        lengths[i, other] = 0
        for j in range(other - 1, -1, -1):
            if left.token[i] == right.token[j]:
                lengths[i, j] = lengths[i + 1, j + 1] + 1
            else:
                lengths[i, j] = max(lengths[i + 1, j], lengths[i, j + 1])
    return int(lengths[0, 0])


@kernel()
def _own(side: Side, start: int, end: int) -> float:
    """Idf of the most telling token in a gap that the other text does not have anywhere."""
    most = 0.0
    for at in range(start, end):
        if side.shared[at] == 0:
            most = max(most, side.idf[at])
    return most


@kernel()
def follow(left: Side, right: Side, lengths: Table[np.int16]) -> Aligned:
    """Walk along the alignment that `common_subsequence` of whole texts found, gap by gap."""
    size, other = left.lead[1], right.lead[1]
    i, j, left_gap, right_gap = 0, 0, 0, 0
    swaps, swapped, insertions, run, longest, prefix = 0, 0.0, 0, 0, 0, 0
    while i < size or j < other:
        aligned = i < size and j < other and left.token[i] == right.token[j]
        if not aligned and (i < size or j < other):
            if j >= other or (i < size and lengths[i + 1, j] >= lengths[i, j + 1]):
                i += 1
            else:
                j += 1
        done = i >= size and j >= other
        if (aligned or done) and (i > left_gap or j > right_gap):
            ours, theirs = _own(left, left_gap, i), _own(right, right_gap, j)
            if ours > 0 and theirs > 0:
                swaps += 1
                swapped = max(swapped, min(ours, theirs))
            elif ours > 0 or theirs > 0:
                insertions += 1
            run = 0
        if aligned:
            prefix += i == j and prefix == i
            run += 1
            longest = max(longest, run)
            i += 1
            j += 1
            left_gap, right_gap = i, j
    return Aligned(swaps, swapped, insertions, longest, prefix)
