"""Kernels of average linkage."""

import heapq
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, Table, kernel

EXPECTED = 0.8  # score of two reports on one event
IMAGINED = 2.0  # pairs with this score that each group has besides its own

Link = tuple[float, np.int64, np.int64, np.int64]
"""What a heap holds of two groups: how alike, negated; their numbers; how many members they have together."""


class Graph(NamedTuple):
    """Edges between groups, each in two halves, one in the list of each group. Those of edge k are 2 k and 2 k + 1."""

    sums: Column[np.float64]
    """Of the scores of an edge, by edge."""
    ends: Column[np.int64]
    """The group that a half leads to; -1: the edge is gone."""
    following: Column[np.int64]
    """The half that comes next in a list; -1: none."""
    heads: Column[np.int64]
    """The first half of each group; -1: none."""
    degrees: Column[np.int64]
    """How many edges each group has."""
    met: Column[np.int64]
    """Scratch, -1 for every group."""


class Groups(NamedTuple):
    """Groups of nodes, by the node that the others were joined to."""

    joined: Column[np.int64]
    """The node that each node was joined to; itself: to none."""
    sizes: Column[np.int64]
    within: Column[np.float64]
    """The scores of the pairs inside, added up."""
    norms: Column[np.float64]


@kernel()
def _norm(size: int, within: float) -> float:
    """The length of a group of `size` nodes whose pairs have scores of `within` altogether."""
    mean = (IMAGINED * EXPECTED + within) / (IMAGINED + size * (size - 1) / 2)
    return float(size * np.sqrt(mean))


@kernel()
def _absorb(left: np.int64, right: np.int64, graph: Graph) -> float:
    """Give the edges of `right` to `left`, adding up those that lead to one group; returns the sum between the two."""
    sums, ends, following, heads, degrees, met = graph
    between, half = 0.0, heads[left]
    while half >= 0:
        if ends[half] >= 0:
            met[ends[half]] = half
        half = following[half]
    half = heads[right]
    while half >= 0:
        other, after = ends[half], following[half]
        if other == left:
            between = sums[half >> 1]
            ends[half] = ends[half ^ 1] = -1
        elif other >= 0 and met[other] >= 0:
            sums[met[other] >> 1] += sums[half >> 1]
            ends[half] = ends[half ^ 1] = -1
            degrees[other] -= 1
        elif other >= 0:
            ends[half ^ 1] = left
            following[half], heads[left] = heads[left], half
        half = after
    met[right] = -1
    return between


@kernel()
def _link(alike: float, left: np.int64, right: np.int64, groups: Groups) -> Link:
    """Two groups, for the heap."""
    return -alike, min(left, right), max(left, right), groups.sizes[left] + groups.sizes[right]


@kernel()
def _offer(left: np.int64, graph: Graph, groups: Groups, threshold: float, heap: list[Link]) -> None:
    """Put a group and all that it has edges to into the heap, where they are alike."""
    half, last = graph.heads[left], -1
    graph.degrees[left] = 0
    while half >= 0:
        other, after = graph.ends[half], graph.following[half]
        if other < 0:  # it takes no more time
            if last < 0:
                graph.heads[left] = after
            else:
                graph.following[last] = after
        else:
            last = half
            graph.met[other] = -1
            graph.degrees[left] += 1
            alike = EXPECTED * graph.sums[half >> 1] / (groups.norms[left] * groups.norms[other])
            if alike >= threshold:
                heapq.heappush(heap, _link(alike, left, other, groups))
        half = after


@kernel()
def _graph(pairs: Table[np.int64], sums: Column[np.float64], count: int) -> Graph:
    """The graph of some nodes with a sum for each pair."""
    ends, following = np.empty(2 * len(pairs), np.int64), np.empty(2 * len(pairs), np.int64)
    heads, degrees = np.full(count, -1), np.zeros(count, np.int64)
    for edge in range(len(pairs)):
        for side in range(2):
            node = pairs[edge, side]
            ends[2 * edge + side] = pairs[edge, 1 - side]
            following[2 * edge + side], heads[node] = heads[node], 2 * edge + side
            degrees[node] += 1
    return Graph(sums, ends, following, heads, degrees, np.full(count, -1))


@kernel(entry=True)
def connect(pairs: Table[np.int64], lowest: Column[np.int64]) -> None:
    """Write for every node the lowest one that pairs lead to; `lowest` is the node itself at first."""
    for row in range(len(pairs)):
        left, right = pairs[row, 0], pairs[row, 1]
        while lowest[left] != left:
            lowest[left] = lowest[lowest[left]]
            left = lowest[left]
        while lowest[right] != right:
            lowest[right] = lowest[lowest[right]]
            right = lowest[right]
        lowest[max(left, right)] = min(left, right)
    for node in range(len(lowest)):
        lowest[node] = lowest[lowest[node]]


@kernel(entry=True)
def link_nodes(
    pairs: Table[np.int64],
    sums: Column[np.float64],
    threshold: float,
    joined: Column[np.int64],
    sizes: Column[np.int64],
    within: Column[np.float64],
) -> None:
    """Write to `joined` which node each node was joined to (itself: to none). `sums` are the scores of `pairs`. A node
    may be a group already: of `sizes` members whose pairs have scores of `within` altogether. Both are kept up to date
    for nodes that others were joined to."""
    graph, groups = _graph(pairs, sums, len(joined)), Groups(joined, sizes, within, np.empty(len(joined)))
    for node in range(len(joined)):
        groups.norms[node] = _norm(sizes[node], within[node])
    heap = [(0.0, np.int64(0), np.int64(0), np.int64(0))]
    heap.pop()  # a comprehension would tell the type, too, but numba then drops writes to arrays of named tuples
    for edge in range(len(pairs)):
        left, right = pairs[edge, 0], pairs[edge, 1]
        alike = sums[edge]
        if sizes[left] + sizes[right] > 2:
            alike = EXPECTED * sums[edge] / (groups.norms[left] * groups.norms[right])
        if alike >= threshold:
            heapq.heappush(heap, _link(alike, left, right, groups))
    while heap:
        _, left, right, together = heapq.heappop(heap)
        if joined[left] != left or joined[right] != right or sizes[left] + sizes[right] != together:
            continue  # one of them has been joined since
        if graph.degrees[left] < graph.degrees[right]:
            left, right = right, left
        within[left] += within[right] + _absorb(left, right, graph)
        joined[right] = left
        sizes[left] += sizes[right]
        groups.norms[left] = _norm(sizes[left], within[left])
        _offer(left, graph, groups, threshold, heap)
    for node in range(len(joined)):
        while joined[joined[node]] != joined[node]:
            joined[node] = joined[joined[node]]
