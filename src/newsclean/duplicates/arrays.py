"""Small operations on arrays that numpy does slowly, or not at all."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


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


def unpacked(found: list[Packed]) -> Pairs:
    """Distinct pairs as an array of two columns, sorted."""
    packed = distinct(np.concatenate(found)) if found else np.empty(0, np.uint64)
    return np.stack([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)
