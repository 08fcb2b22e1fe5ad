"""Kernels: what characters cost under the plausibility model, and signs of damage in ASCII."""

# mypy: disable-error-code="assignment"
from typing import Any  # numba unifies the kinds of integers that a variable takes; mypy cannot know

import numpy as np

from newsclean.damage.plausibility import HASH_LEFT, HASH_RIGHT, MODEL_TYPE, PLACES
from newsclean.kernels import kernel

LAST_ASSIGNED = 0x323B0  # code points above are private, unassigned or tags
CODES_TYPE = "Array(uint32, 1, 'C', readonly=True)"


@kernel(interpreted=True)
def searched(model: Any, a: Any, b: Any) -> Any:
    """Cost (negated log probability in units) of symbol `b` after symbol `a`, at least one of which is not frequent."""
    _, symbols, bigrams, transitions, _, paired = model
    place = a * HASH_LEFT + b * HASH_RIGHT & PLACES - 1
    if paired[place >> 3] >> (place & 7) & 1:
        low, end = symbols[a, 3], symbols[a + 1, 3]
        high = end
        while low < high:
            middle = (low + high) >> 1
            if bigrams[middle] >> 8 < b:
                low = middle + 1
            else:
                high = middle
        pair = bigrams[low] if low < end else -1
        if pair >> 8 == b:
            return pair & 0xFF
    return symbols[a, 2] + transitions[symbols[a, 0], symbols[b, 0]] + symbols[b, 1]


@kernel(interpreted=True)
def cost(model: Any, left: Any, right: Any) -> Any:
    """Cost (negated log probability in units) of code point `right` after `left`, at most 255 of frequent ones."""
    a, b = model[0][left], model[0][right]
    frequent = model[4]
    if a < len(frequent) and b < len(frequent):
        return frequent[a, b]
    return searched(model, a, b)


@kernel(interpreted=True)
def ascii_flags(codes: Any, start: Any, end: Any) -> Any:
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


@kernel("void(Array(uint8, 1, 'C', readonly=True), int64[::1], int64[::1])", interpreted=True)
def screen_bytes(data: Any, offsets: Any, out: Any) -> None:
    """The flags of ASCII texts."""
    for text in range(len(out)):
        out[text] = ascii_flags(data, offsets[text], offsets[text + 1])


@kernel(f"void({CODES_TYPE}, {MODEL_TYPE}, int64[::1])", interpreted=True)
def costs(codes: Any, model: Any, out: Any) -> None:
    """Fill `out` with the cost of each character after the one before it, a line feed before the first one and, where
    `out` is longer than the text, behind the last."""
    symbol, frequent = model[0], model[4]
    left, a = 10, symbol[10]
    for i in range(len(out)):
        right = codes[i] if i < len(codes) else 10
        b = symbol[right]
        if a < len(frequent) and b < len(frequent):
            out[i] = frequent[a, b]
        else:
            out[i] = cost(model, left, right)
        left, a = right, b
