"""What numba compiles takes and gives the same as an object file."""

from typing import NamedTuple

import numpy as np
import pytest

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel, machine_code

pytestmark = pytest.mark.skipif(not machine_code.STANDS_ALONE, reason="numba loads kernels here")


class Both(NamedTuple):
    values: ReadOnlyColumn[np.uint8]
    sums: Column[np.int64]


@kernel(entry=True)
def _half(value: np.uint32) -> np.uint32:
    return value >> np.uint32(1)


@kernel(entry=True)
def _everything(
    both: Both, table: Table[np.float32], scale: float, count: int, seed: np.uint64, small: np.uint32
) -> tuple[int, bool, float]:
    room = np.zeros(count, np.int64)  # memory of its own
    for at in range(count):
        room[at] = both.values[at] + at
    both.sums[0] = room.sum()
    for row in range(len(table)):
        for column in range(table.shape[1]):
            table[row, column] = scale * (10 * row + column)
    return int(seed >> np.uint64(60)), both.sums[0] > 0, _half(np.uint64(small) + (np.uint64(1) << np.uint64(40)))


def _arguments() -> tuple[Both, np.ndarray, float, int, np.uint64, np.uint32]:
    both = Both(np.frombuffer(b"\1\2\3", np.uint8), np.zeros(1, np.int64))
    return both, np.zeros((2, 3), np.float32), 0.5, 3, np.uint64(15 << 60), np.uint32(7)


def test_a_loaded_kernel_takes_and_gives_what_the_function_does() -> None:
    assert isinstance(_everything.compiled, machine_code.Native)
    both, table, scale, count, seed, small = _arguments()
    # A kernel that Python calls takes the numbers that it says, whoever calls it: here of 32 bits.
    assert _everything(both, table, scale, count, seed, small) == (15, True, 3)
    assert both.sums.tolist() == [9]
    assert table.tolist() == [[0, 0.5, 1], [5, 5.5, 6]]


def test_a_number_for_an_array_among_others_is_refused() -> None:
    both, *others = _arguments()
    with pytest.raises(TypeError, match="_everything"):
        _everything(both._replace(sums=1), *others)  # type: ignore[arg-type]
