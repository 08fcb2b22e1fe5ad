"""Kernels have memory of their own without numba."""

import numpy as np
import pytest

from newsclean.compilation import Column, kernel, machine_code

pytestmark = pytest.mark.skipif(not machine_code.STANDS_ALONE, reason="numba loads kernels here")


@kernel(entry=True)
def _heap(count: int) -> int:
    found = [0]
    for value in range(count):
        found.append(value)
    return len(found) + found[-1]


@kernel(entry=True)
def _rooms(sizes: Column[np.int64]) -> int:
    total = 0
    for size in sizes:
        room = np.ones(size, np.int32)
        total += room.sum()
    return total


def test_lists_grow() -> None:
    assert isinstance(_heap.compiled, machine_code.Native)
    assert [_heap(count) for count in (0, 1, 1000)] == [1, 2, 1001 + 999]


def test_memory_is_given_back() -> None:
    resource = pytest.importorskip("resource")
    assert isinstance(_rooms.compiled, machine_code.Native)
    assert _rooms(np.array([0, 1, 1000])) == 1001
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _rooms(np.full(400, 1 << 20))  # 1.6 GB, if all were kept
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000
