"""Small operations on arrays that numpy does slowly, or not at all."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.scratch import Scratch
from newsclean.duplicates.sorting import sort

Number = TypeVar("Number", bound=np.generic)
_SEVERAL = 1 << 12  # rows that are worth more than one thread
_TURNS = 4  # blocks of a thread, at least: none waits long for another's last one


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """The different values, sorted. `np.unique` hashes them first, which takes ten times as long.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    return ordered[fresh(ordered)]


def fresh(values: NDArray[Number]) -> NDArray[np.bool_]:
    """Whether each element of a sorted array is the first of those equal to it.

    >>> fresh(np.array([3, 3, 5])).tolist()
    [True, False, True]
    """
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def runs(sizes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every element of runs of these sizes, one after the other: the number of its run, and its place in it.

    >>> [values.tolist() for values in runs(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    run = np.repeat(np.arange(len(sizes)), sizes)
    first: Any = np.cumsum(sizes) - sizes
    return run, np.arange(len(run)) - first[run]


def places(values: NDArray[Number]) -> NDArray[np.int64]:
    """For every element of a sorted array, its place among those equal to it.

    >>> places(np.array([3, 3, 5])).tolist()
    [0, 1, 0]
    """
    starts = np.flatnonzero(fresh(values))
    return runs(np.diff(np.append(starts, len(values))))[1]


Pairs = NDArray[np.int64]  # n x 2, left < right
Packed = NDArray[np.uint64]  # left << 32 | right


def packed(pairs: Pairs) -> Pairs:
    """Each pair as one number, whatever its order.

    >>> packed(np.array([[1, 0], [0, 1]])).tolist()
    [1, 1]
    """
    return np.minimum(pairs[:, 0], pairs[:, 1]) << 32 | np.maximum(pairs[:, 0], pairs[:, 1])


def columns(pairs: Packed, scratch: Scratch) -> Pairs:
    """Packed pairs as an array of two columns."""
    found = scratch.empty((len(pairs), 2), np.int64)
    for block in blocks(len(pairs), scratch.rows(16)):
        found[block, 0] = pairs[block] >> np.uint64(32)
        found[block, 1] = pairs[block] & np.uint64(0xFFFFFFFF)
    return found


def joined_columns(pairs: Pairs) -> Packed:
    """Pairs of two columns, packed."""
    values: Packed = pairs[:, 0].astype(np.uint64) << np.uint64(32) | pairs[:, 1].astype(np.uint64)
    return values


def blocks(end: int, size: int, start: int = 0) -> Iterator[slice]:
    """Slices of `size` elements that make up those from `start` to `end`.

    >>> [(block.start, block.stop) for block in blocks(5, 2)]
    [(0, 2), (2, 4), (4, 5)]
    """
    return (slice(first, min(first + size, end)) for first in range(start, end, size))


def shares(count: int, scratch: Scratch) -> Iterator[slice]:
    """Slices that make up `count`, one for each thread, or only one if so few are not worth it.

    >>> [(share.start, share.stop) for share in shares(10_001, Scratch(threads=2))]
    [(0, 5001), (5001, 10001)]
    """
    threads = scratch.threads if count >= _SEVERAL else 1
    return blocks(count, max(1, -(-count // threads)))


def each_block(work: Callable[[slice, Scratch], None], count: int, size: int, scratch: Scratch) -> None:
    """Call `work` with blocks that make up `count` rows, each of which takes `size` bytes, and with the room of a
    thread. As many blocks are worked at as there are threads, so none may depend on another."""
    most = scratch.rows(size * scratch.threads)
    if count >= _SEVERAL and scratch.threads > 1:
        most = min(most, -(-count // (_TURNS * scratch.threads)))
    for _ in scratch.at_once(work, blocks(count, most)):
        pass


def runs_in(values: Packed, size: int) -> Iterator[Packed]:
    """Pieces of sorted packed values of about `size` elements, which cut no run of values with equal upper halves.

    >>> [len(piece) for piece in runs_in(np.array([1 << 32, 1 << 32 | 5, 2 << 32, 3 << 32], np.uint64), 1)]
    [2, 1, 1]
    """
    start = 0
    while start < len(values):
        stop = min(start + size, len(values))
        after = (int(values[stop - 1]) >> 32) + 1 << 32
        stop = len(values) if after >> 64 else int(np.searchsorted(values, np.uint64(after)))
        yield values[start:stop]
        start = stop


def settle(values: Packed, size: int) -> Packed:
    """The different values, sorted, in the place of all of them; `size` at once are held beside them.

    >>> settle(np.array([3, 1, 3], np.uint64), 2).tolist()
    [1, 3]
    """
    sort(values, size)
    count = 0
    for block in blocks(len(values), size):
        first = fresh(values[block])
        first[:1] &= block.start == 0 or values[block.start] != values[max(count - 1, 0)]
        chosen = values[block][first]
        values[count : count + len(chosen)] = chosen
        count += len(chosen)
    return values[:count]


class Ragged(NamedTuple):
    """Lists of numbers, one after the other, and where each begins; the last bound is where all end."""

    values: NDArray[np.int64]
    bounds: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many numbers each list has."""
        sizes: NDArray[np.int64] = np.diff(self.bounds)
        return sizes

    @property
    def heads(self) -> NDArray[np.int64]:
        """The first number of each list; none may be empty."""
        return self.values[self.bounds[:-1]]

    def tolist(self) -> list[list[int]]:
        """As Python's lists."""
        values = self.values.tolist()
        return [values[start:end] for start, end in pairwise(self.bounds.tolist())]


NO_LISTS = Ragged(np.empty(0, np.int64), np.zeros(1, np.int64))
