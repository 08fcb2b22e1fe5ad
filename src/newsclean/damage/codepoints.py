"""Texts as arrays of code points, and back."""

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import ReadOnlyColumn

NEW_LINE = 10
LAST_ASSIGNED = 0x323B0  # code points above are private, unassigned or tags
Codes = ReadOnlyColumn[np.uint32]
"""The code points of a text, as kernels take them."""


def text_of(codes: NDArray[np.uint32]) -> str:
    """The text of some code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
