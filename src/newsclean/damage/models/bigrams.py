"""How plausible a text is as correct text of some language: a bigram model of characters, backed off to classes.

The model is made by `training/damage/train.py`. Log probabilities are natural; they are stored in steps of `UNIT`.
"""

# mypy: disable-error-code="assignment"

import functools
from collections.abc import Mapping
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import CODES_TYPE, code_points
from newsclean.kernels import kernel

FREQUENT = 1024  # symbols whose pairs are kept in a dense table (1 MB)
SLACK = 12  # cost units by which the allowance of training is widened
UNIT = 1 / 12  # log probability per stored step
PLACES = 1 << 20  # bits that tell whether there may be a bigram of two symbols: 7 % of them are set
HASH_LEFT, HASH_RIGHT = 7919, 104729  # primes: the place of a pair is the sum of the symbols times these
CLASS, SINGLE, BACK, START, ALLOWANCE, BEFORE, BEHIND = range(7)  # columns of Model.symbols


class Model(NamedTuple):
    """Arrays of the plausibility model."""

    symbol: NDArray[np.uint16]
    """Symbol of each code point; characters seen too rarely share one symbol per class. Shape (0x110000,)."""
    symbols: NDArray[np.int32]
    """Per symbol: class, cost of the character within it, cost of backing off, first bigram, what it may cost without
    being suspicious, the least that it costs in a bigram with a frequent symbol before it, and that one behind it, 255
    if there is none. Shape (symbols + 1, 7)."""
    bigrams: NDArray[np.uint32]
    """`following symbol << 8 | cost`, sorted for each preceding symbol."""
    transitions: NDArray[np.int16]
    """Cost of a class after a class. Shape (classes, classes)."""
    frequent: NDArray[np.uint8]
    """Cost of a symbol after a symbol, for the FREQUENT first symbols: one look instead of a search."""
    paired: NDArray[np.uint8]
    """A bit at the place of each bigram that `frequent` does not tell: without it there is nothing to search for."""


MODEL_TYPE = "Tuple((uint16[::1], int32[:, ::1], uint32[::1], int16[:, ::1], uint8[:, ::1], uint8[::1]))"


@functools.cache
def model() -> Model:
    """The trained model."""
    with resources.files(__package__).joinpath("data/plausibility.npz").open("rb") as file, np.load(file) as data:
        return unpack({name: data[name] for name in data.files})


def unpack(data: Mapping[str, NDArray[Any]]) -> Model:
    """The model from the arrays that training stores."""
    entries = data["entries"][data["block"]].reshape(-1)
    classes, numbers = (entries & 0xFFFF).astype(np.int32), (entries >> 16).astype(np.int32)
    seen = len(data["single"])  # symbol 0 is unused; then the characters seen; then one symbol per class
    symbol = np.where(numbers > 0, numbers, seen + classes).astype(np.uint16)
    count = seen + len(data["unseen"])
    symbols = np.zeros((count + 1, 7), np.int32)
    symbols[symbol, CLASS] = classes
    symbols[seen:count, CLASS] = np.arange(len(data["unseen"]))
    symbols[:seen, SINGLE] = data["single"]
    symbols[seen:count, SINGLE] = data["unseen"]
    symbols[:seen, BACK] = data["back"]
    symbols[: seen + 1, START] = data["starts"]
    symbols[seen + 1 :, START] = data["starts"][-1]
    bigrams = data["rights"].astype(np.uint32) << 8 | data["values"]
    symbols[:, ALLOWANCE] = data["allowance"][symbols[:, CLASS]].astype(np.int32) + SLACK
    lefts = np.repeat(np.arange(count), np.diff(symbols[:, START]))
    symbols[:, BEFORE:] = 255
    for column, one, other in ((BEFORE, lefts, bigrams >> 8), (BEHIND, bigrams >> 8, lefts)):
        some = one < FREQUENT
        np.minimum.at(symbols[:, column], other[some], (bigrams[some] & 0xFF).astype(np.int32))
    transitions = data["transitions"].astype(np.int16)
    frequent = _frequent(symbols, bigrams, transitions)
    return Model(symbol, symbols, bigrams, transitions, frequent, _paired(symbols, bigrams, frequent))


def _frequent(
    symbols: NDArray[np.int32], bigrams: NDArray[np.uint32], transitions: NDArray[np.int16]
) -> NDArray[np.uint8]:
    first = symbols[:FREQUENT]
    dense = transitions[first[:, CLASS][:, None], first[:, CLASS][None, :]].astype(np.uint16)
    dense += first[:, BACK].astype(np.uint16)[:, None] + first[:, SINGLE].astype(np.uint16)[None, :]
    lefts = np.repeat(np.arange(len(first)), np.diff(symbols[: FREQUENT + 1, START]))
    pairs = bigrams[: len(lefts)]
    both = pairs >> 8 < FREQUENT
    dense[lefts[both], pairs[both] >> 8] = pairs[both] & 0xFF
    return np.minimum(dense, 255).astype(np.uint8)


def _paired(symbols: NDArray[np.int32], bigrams: NDArray[np.uint32], frequent: NDArray[np.uint8]) -> NDArray[np.uint8]:
    left, right = np.repeat(np.arange(len(symbols) - 1), np.diff(symbols[:, START])), bigrams >> 8
    rare = (left >= FREQUENT) | (right >= FREQUENT)
    rare |= frequent[np.minimum(left, FREQUENT - 1), np.minimum(right, FREQUENT - 1)] == 255
    places = np.zeros(PLACES, np.bool_)
    places[(left[rare] * HASH_LEFT + right[rare] * HASH_RIGHT) % PLACES] = True
    return np.packbits(places, bitorder="little")


@functools.cache
def _bigrams() -> dict[int, int]:
    known = model()
    lefts = np.repeat(np.arange(len(known.symbols) - 1), np.diff(known.symbols[:, START]))
    keys = lefts.astype(np.int64) << 16 | (known.bigrams >> 8)
    return dict(zip(keys.tolist(), (known.bigrams & 0xFF).tolist(), strict=True))


@functools.cache
def _numbers() -> tuple[memoryview, ...]:
    """Symbol of each code point; symbols; transitions: as Python's own numbers, which are read five times as fast."""
    known = model()
    return memoryview(known.symbol), memoryview(known.symbols), memoryview(known.transitions)  # type: ignore[arg-type]


@functools.lru_cache(maxsize=1 << 17)
def pair_cost(left: int, right: int) -> float:
    """Negated log probability (nats) of a code point after another."""
    symbol, symbols, transitions = _numbers()
    a, b = symbol[left], symbol[right]
    cost = _bigrams().get(a << 16 | b)
    if cost is None:
        classes = transitions[symbols[a, CLASS], symbols[b, CLASS]]
        cost = symbols[a, BACK] + classes + symbols[b, SINGLE]
    return cost * UNIT


def cost_of(text: str) -> float:
    """Negated log probability of a text (nats), a line feed before it."""

    codes = code_points(text)
    out = np.empty(len(codes), np.int64)
    arrays: Any = tuple(model())
    costs(codes, arrays, out)
    return float(out.sum()) * UNIT


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


def largest_sum(values: NDArray[np.int64]) -> tuple[int, int, int]:
    """Start, end and sum of the stretch of `values` with the largest sum.

    >>> largest_sum(np.array([1, -2, 3, 4, -1]))
    (2, 4, 7)
    """
    total = np.concatenate(([0], np.cumsum(values)))
    lowest = np.minimum.accumulate(total)
    end = int((total - lowest).argmax())
    start = int(total[: end + 1].argmin())
    return start, end, int(total[end] - total[start])


def text_costs(text: str) -> NDArray[np.int64]:
    """What each character of a text costs after the one before it (cost units), a line feed before the first one."""
    codes = code_points(text)
    out = np.empty(len(codes), np.int64)
    arrays: Any = tuple(model())
    costs(codes, arrays, out)
    return out
