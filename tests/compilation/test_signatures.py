"""Annotations of kernels become numba signatures."""

from typing import NamedTuple

import numpy as np
import pytest

from newsclean.compilation import kernels
from newsclean.compilation.signatures import Column, ReadOnlyColumn, Table, read_only, signature_of


class Numbers(NamedTuple):
    left: Column[np.int64]
    right: ReadOnlyColumn[np.uint8]


@kernels.kernel(interpreted=True)
def _add(numbers: Numbers, place: int) -> int:
    return numbers.left[place] + numbers.right[place]


@kernels.kernel(entry=True, interpreted=True)
def _sum(numbers: Numbers, out: Table[np.float32], scale: float) -> bool:
    for place in range(len(numbers.left)):
        out[0, place] = scale * _add(numbers, place)
    return len(numbers.left) > 1


@pytest.mark.parametrize("interprets", [True, False])
def test_arrays_that_belong_together_are_one_argument(interprets: bool) -> None:
    out = np.zeros((1, 2), np.float32)
    numbers = Numbers(np.array([1, 2]), np.frombuffer(b"\x01\x02", np.uint8))
    with kernels.tier(interprets):
        assert _sum(numbers, out, 0.5)
    assert out.tolist() == [[1.0, 2.0]]


def test_signature_follows_the_annotations() -> None:
    numbers, out, scale = signature_of(_sum.function).args
    assert str(numbers) == "Numbers(array(int64, 1d, C), readonly array(uint8, 1d, C))"
    assert (str(out.dtype), out.ndim, out.layout, str(scale)) == ("float32", 2, "C", "float64")


def test_a_parameter_that_is_no_array_or_number_is_refused() -> None:
    def unclear(text: str) -> None:
        del text

    with pytest.raises(TypeError, match="use int, float, bool"):
        signature_of(unclear)


def test_a_parameter_without_annotation_is_refused() -> None:
    def bare(number) -> None:  # type: ignore[no-untyped-def]
        del number

    with pytest.raises(TypeError, match="needs annotations of number"):
        signature_of(bare)


def test_a_read_only_array_cannot_be_written() -> None:
    numbers = np.arange(3)
    assert not read_only(numbers).flags.writeable
    assert numbers.flags.writeable
