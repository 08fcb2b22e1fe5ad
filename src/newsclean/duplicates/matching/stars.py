"""Clusters of copies: stars, in which every member is a verified copy of the article that is kept.

Pairs do not chain: who resembles a member, and not the kept article, is in no cluster with them.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import distinct
from newsclean.kernels import kernel


@kernel("int64(uint64[::1], uint8[::1], int64[::1], int64[::1])")
def _join(edges: Any, taken: Any, members: Any, starts: Any) -> int:
    """Write stars to `members`, each with its centre first, and where each begins to `starts`; returns how many.

    `edges` are pairs of ranks in both directions, packed and sorted; `taken` is 0 for every rank.
    """
    low = np.uint64(0xFFFFFFFF)
    groups, count, at = 0, 0, 0
    while at < len(edges):
        centre = edges[at] >> np.uint64(32)
        first = count
        while at < len(edges) and edges[at] >> np.uint64(32) == centre:
            other = edges[at] & low
            if not taken[centre] and not taken[other]:
                if count == first:
                    members[count] = centre
                    count += 1
                members[count] = other
                count += 1
            at += 1
        for place in range(first, count):
            taken[members[place]] = 1
        if count > first:
            starts[groups] = first
            groups += 1
    starts[groups] = count
    return groups


def stars(
    pairs: Sequence[Sequence[int]] | NDArray[np.int64], order: Sequence[int] | NDArray[np.int64]
) -> list[list[int]]:
    """Groups of nodes, each with its centre first; every node is joined to the first node in `order` it is paired with.

    >>> stars([(0, 1), (1, 2), (2, 3)], order=[0, 1, 2, 3])
    [[0, 1], [2, 3]]
    """
    nodes = np.asarray(order, np.int64)
    ranks = np.zeros(len(nodes), np.uint64)
    ranks[nodes] = np.arange(len(nodes), dtype=np.uint64)
    ends = ranks[np.asarray(pairs, np.int64).reshape(-1, 2)]
    edges = distinct(
        np.concatenate([ends[:, 0] << np.uint64(32) | ends[:, 1], ends[:, 1] << np.uint64(32) | ends[:, 0]])
    )
    members, starts = np.empty(len(edges) + 1, np.int64), np.empty(len(edges) + 1, np.int64)
    count = _join(edges, np.zeros(len(nodes), np.uint8), members, starts)
    found = nodes[members[: starts[count]]].tolist()
    return [found[start:end] for start, end in pairwise(starts[: count + 1].tolist())]
