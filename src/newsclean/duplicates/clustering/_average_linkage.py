"""Kernels of average linkage."""

from typing import Any

import numpy as np

from newsclean.compilation import Column, Table, kernel

EXPECTED = 0.8  # score of two reports on one event
IMAGINED = 2.0  # pairs with this score that each group has besides its own
_COLUMNS = 4  # of the heap: how alike, negated; both groups; their members together


@kernel()
def _earlier(heap: Table[np.float64], one: int, two: int) -> Any:
    """Whether a row of the heap comes before another one: by their numbers from the first to the last."""
    for column in range(_COLUMNS):
        if heap[one, column] != heap[two, column]:
            return heap[one, column] < heap[two, column]
    return False


@kernel()
def _exchange(heap: Table[np.float64], one: int, two: int) -> None:
    """Let two rows change places."""
    for column in range(_COLUMNS):
        heap[one, column], heap[two, column] = heap[two, column], heap[one, column]


@kernel()
def _push(heap: Table[np.float64], count: int, alike: float, one: np.int64, two: np.int64, size: np.int64) -> Any:
    """Add a row to a heap of `count` rows; returns how many there are now."""
    heap[count, 0], heap[count, 1], heap[count, 2], heap[count, 3] = -alike, min(one, two), max(one, two), size
    at = count
    while at > 0 and _earlier(heap, at, (at - 1) >> 1):
        _exchange(heap, at, (at - 1) >> 1)
        at = (at - 1) >> 1
    return count + 1


@kernel()
def _pop(heap: Table[np.float64], count: int) -> Any:
    """Move the first row behind the others; returns how many these are."""
    count -= 1
    _exchange(heap, 0, count)
    at, child = 0, 1
    while child < count:
        if child + 1 < count and _earlier(heap, child + 1, child):
            child += 1
        if not _earlier(heap, child, at):
            break
        _exchange(heap, at, child)
        at, child = child, 2 * child + 1
    return count


@kernel()
def _norm(size: int, within: float) -> Any:
    """The length of a group of `size` nodes whose pairs have scores of `within` altogether."""
    mean = (IMAGINED * EXPECTED + within) / (IMAGINED + size * (size - 1) / 2)
    return size * np.sqrt(mean)


@kernel()
def _absorb(
    left: np.int64,
    right: np.int64,
    edges: tuple[Column[np.float64], Column[np.int64], Column[np.int64], Column[np.int64]],
    degrees: Column[np.int64],
    met: Column[np.int64],
) -> Any:
    """Give the edges of `right` to `left`, adding up those that lead to one group; returns the sum between the two.

    An edge k has two halves, 2 k and 2 k + 1, one in the list of each of its groups: `ends` is where a half leads to
    (-1: it is gone), `following` which half comes next, `heads` which is first. `met` is -1 for every group.
    """
    sums, ends, following, heads = edges
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
def _offer(
    left: np.int64,
    edges: tuple[Column[np.float64], Column[np.int64], Column[np.int64], Column[np.int64]],
    degrees: Column[np.int64],
    met: Column[np.int64],
    threshold: float,
    sizes: Column[np.int64],
    norms: Column[np.float64],
    queue: tuple[Table[np.float64], int],
) -> Any:
    """Put a group and all that it has edges to into the heap, where they are alike; returns the heap and its rows."""
    sums, ends, following, heads = edges
    heap, count = queue
    half, last, degrees[left] = heads[left], -1, 0
    while half >= 0:
        other, after = ends[half], following[half]
        if other < 0:  # it takes no more time
            if last < 0:
                heads[left] = after
            else:
                following[last] = after
        else:
            last, met[other] = half, -1
            degrees[left] += 1
            alike = EXPECTED * sums[half >> 1] / (norms[left] * norms[other])
            if alike >= threshold:
                if count == len(heap):
                    larger = np.empty((2 * count, _COLUMNS))
                    larger[:count] = heap
                    heap = larger
                count = _push(heap, count, alike, left, other, sizes[left] + sizes[other])
        half = after
    return heap, count


@kernel("void(int64[:, ::1], float64[::1], float64, int64[::1], int64[::1], float64[::1])")
def link_nodes(
    pairs: Table[np.int64],
    sums: Column[np.float64],
    threshold: float,
    joined: Column[np.int64],
    sizes: Column[np.int64],
    within: Column[np.float64],
) -> None:
    """Write to `joined` which node each node was joined to (itself: to none). `sums` are the scores of `pairs`.

    A node may be a group already: of `sizes` members whose pairs have scores of `within` altogether; both are kept up
    to date for what others were joined to.
    """
    count = len(joined)
    ends, following, heads = np.empty(2 * len(pairs), np.int64), np.empty(2 * len(pairs), np.int64), np.full(count, -1)
    degrees, met, norms, edges = (
        np.zeros(count, np.int64),
        np.full(count, -1),
        np.empty(count),
        (sums, ends, following, heads),
    )
    for node in range(count):
        norms[node] = _norm(sizes[node], within[node])
    heap, rows = np.empty((len(pairs) + 1, _COLUMNS)), 0
    for edge in range(len(pairs)):
        for side in range(2):
            node = pairs[edge, side]
            ends[2 * edge + side] = pairs[edge, 1 - side]
            following[2 * edge + side], heads[node] = heads[node], 2 * edge + side
            degrees[node] += 1
        left, right = pairs[edge, 0], pairs[edge, 1]
        together = sizes[left] + sizes[right]
        alike = sums[edge] if together == 2 else EXPECTED * sums[edge] / (norms[left] * norms[right])
        if alike >= threshold:
            rows = _push(heap, rows, alike, left, right, together)
    while rows:
        rows = _pop(heap, rows)
        left, right = np.int64(heap[rows, 1]), np.int64(heap[rows, 2])
        if joined[left] != left or joined[right] != right or sizes[left] + sizes[right] != np.int64(heap[rows, 3]):
            continue  # one of them has been joined since
        if degrees[left] < degrees[right]:
            left, right = right, left
        within[left] += within[right] + _absorb(left, right, edges, degrees, met)
        joined[right] = left
        sizes[left] += sizes[right]
        norms[left] = _norm(sizes[left], within[left])
        heap, rows = _offer(left, edges, degrees, met, threshold, sizes, norms, (heap, rows))
    for node in range(count):
        while joined[joined[node]] != joined[node]:
            joined[node] = joined[joined[node]]
