"""Kernels: signs of damage in ASCII texts."""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, kernel
from newsclean.damage.codepoints import Codes


@kernel(interpreted=True)
def ascii_flags(codes: ReadOnlyColumn[np.uint8] | Codes, start: int, end: int) -> int:
    """Which of these there are: ampersands (1), plus signs (2), controls (4).

    Comparisons instead of a table of byte values, and an index without sign: so 64 bytes are looked at at a time.
    """
    ampersand, plus, control = False, False, False
    for i in range(np.uint64(start), np.uint64(end)):
        c = codes[i]
        ampersand |= c == 38
        plus |= c == 43
        control |= ((c < 32) & (c != 9) & (c != 10) & (c != 12) & (c != 13)) | (c == 127)
    return ampersand | plus << 1 | control << 2


@kernel(entry=True, interpreted=True)
def screen_bytes(data: ReadOnlyColumn[np.uint8], offsets: Column[np.int64], out: Column[np.int64]) -> None:
    """The flags of ASCII texts."""
    for text in range(len(out)):
        out[text] = ascii_flags(data, offsets[text], offsets[text + 1])
