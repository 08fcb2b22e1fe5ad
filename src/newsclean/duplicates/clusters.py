"""Clusters made of verified pairs only, that do not chain unlike articles together.

Copies form stars: every member is a verified copy of the article that is kept. Stories are joined by average
link: two groups become one while the mean confidence over all pairs across them, absent pairs counting 0, is high.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


def stars(pairs: Iterable[Sequence[int]] | NDArray[np.int64], order: Sequence[int]) -> list[list[int]]:
    """Groups of nodes, each with its centre first; every node is joined to the first node in `order` it is paired with.

    >>> stars([(0, 1), (1, 2), (2, 3)], order=[0, 1, 2, 3])
    [[0, 1], [2, 3]]
    """
    neighbours: defaultdict[int, set[int]] = defaultdict(set)
    for left, right in pairs.tolist() if isinstance(pairs, np.ndarray) else pairs:
        neighbours[left].add(right)
        neighbours[right].add(left)
    rank = {node: place for place, node in enumerate(order) if node in neighbours}
    taken: set[int] = set()
    groups = []
    for node in rank:
        if node not in taken:
            group = [node, *sorted((other for other in neighbours[node] if other not in taken), key=rank.__getitem__)]
            taken.update(group)
            if len(group) > 1:
                groups.append(group)
    return groups


def average_link(scores: Iterable[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Groups of two and more nodes, largest mean score first merged, as long as it is at least `threshold`.

    Ties are merged in order of the nodes' numbers, so that the result does not depend on the order of `scores`.

    >>> average_link([(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)], threshold=0.5)
    [[0, 1], [2, 3]]
    """
    sums: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for left, right, score in scores:
        sums[left][right] = sums[right][left] = score
    members = {node: [node] for node in sums}
    heap = [(-score, left, right, 2) for left, row in sums.items() for right, score in row.items() if left < right]
    heapq.heapify(heap)
    while heap:
        mean, left, right, size = heapq.heappop(heap)
        if -mean < threshold:
            break
        if left not in members or right not in members or len(members[left]) + len(members[right]) != size:
            continue  # one of them has been merged since
        if len(sums[left]) < len(sums[right]):
            left, right = right, left
        members[left] += members.pop(right)
        gone = sums.pop(right)
        del sums[left][right], gone[left]
        for other, score in gone.items():
            del sums[other][right]
            sums[left][other] = sums[other][left] = sums[left].get(other, 0.0) + score
        for other, score in sums[left].items():
            mean = score / (len(members[left]) * len(members[other]))
            if mean >= threshold:
                low, high = (left, other) if left < other else (other, left)
                heapq.heappush(heap, (-mean, low, high, len(members[left]) + len(members[other])))
    return sorted(sorted(group) for group in members.values() if len(group) > 1)
