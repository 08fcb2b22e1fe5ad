"""Clusters made of verified pairs only, that do not chain unlike articles together.

Copies form stars: every member is a verified copy of the article that is kept. Stories are joined by average
link: two groups become one while the mean confidence over all pairs across them, absent pairs counting 0, is high for
groups whose own members are so alike.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import distinct
from newsclean.kernels import kernel

EXPECTED = 0.8  # score of two reports on one event
IMAGINED = 2.0  # pairs with this score that each group has besides its own


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


def average_link(scores: Iterable[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Groups of two and more nodes, those most alike first merged, as long as they are so by at least `threshold`.

    How alike two groups are is the mean score over all pairs across them, absent pairs counting 0, in proportion to how
    alike their own members are (the geometric mean of both groups): reports on one event that have little in common
    with each other have little in common with a further one. `IMAGINED` pairs of score `EXPECTED` are added to those
    within each group, so that a single node is a group, too, and of two single nodes it is their score.

    Ties are merged in order of the nodes' numbers, so that the result does not depend on the order of `scores`.

    >>> average_link([(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)], threshold=0.5)
    [[0, 1], [2, 3]]
    """
    sums: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for left, right, score in scores:
        sums[left][right] = sums[right][left] = score
    members = {node: [node] for node in sums}
    within = dict.fromkeys(sums, 0.0)  # sums of scores of pairs
    norms = dict.fromkeys(sums, _norm(1, 0.0))
    heap = [(-score, left, right, 2) for left, row in sums.items() for right, score in row.items() if left < right]
    heapq.heapify(heap)
    while heap:
        alike, left, right, size = heapq.heappop(heap)
        if -alike < threshold:
            break
        if left not in members or right not in members or len(members[left]) + len(members[right]) != size:
            continue  # one of them has been merged since
        if len(sums[left]) < len(sums[right]):
            left, right = right, left
        within[left] += within.pop(right) + sums[left][right]
        members[left] += members.pop(right)
        norms[left] = _norm(len(members[left]), within[left])
        gone = sums.pop(right)
        del sums[left][right], gone[left]
        for other, score in gone.items():
            del sums[other][right]
            sums[left][other] = sums[other][left] = sums[left].get(other, 0.0) + score
        for other, score in sums[left].items():
            alike = EXPECTED * score / (norms[left] * norms[other])
            if alike >= threshold:
                low, high = (left, other) if left < other else (other, left)
                heapq.heappush(heap, (-alike, low, high, len(members[left]) + len(members[other])))
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def _norm(size: int, within: float) -> float:
    """The length of a group of `size` nodes whose pairs have scores of `within` altogether."""
    mean = (IMAGINED * EXPECTED + within) / (IMAGINED + size * (size - 1) / 2)
    return size * math.sqrt(mean)
