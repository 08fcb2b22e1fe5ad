"""Operations on bits, in compiled code."""

import numpy as np

from newsclean.compilation import kernel
from newsclean.duplicates.tokens._simd import BLOCK, classify, load, zeros


@kernel()
def classes(data: np.ndarray, at: int) -> tuple[int, ...]:
    return classify(data, at)


@kernel()
def number(data: np.ndarray, at: int) -> int:
    return load(data, at)


@kernel()
def lowest(bits: int) -> int:
    return zeros(bits)


def test_classes_of_bytes() -> None:
    text = b"aZ 9.!\n\xc3"
    data = np.frombuffer(text + b"\0" * BLOCK, np.uint8)
    bits = [[at for at in range(len(text)) if value >> at & 1] for value in map(int, classes.inner(data, 0))]
    assert bits == [[0, 1], [1], [3], [5, 6], [4], [7]]


def test_eight_bytes_as_a_number_and_the_lowest_bit() -> None:
    data = np.frombuffer(b"xabcdefgh", np.uint8)
    assert int(number.inner(data, 1)) == int.from_bytes(b"abcdefgh", "little")
    assert [lowest.inner(np.uint64(value)) for value in (1, 8, 0)] == [0, 3, 64]
