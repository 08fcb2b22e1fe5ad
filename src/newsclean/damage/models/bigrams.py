"""How plausible a text is as correct text of some language: a bigram model of characters, backed off to classes.

The model is made by `training/damage/plausibility.py`. Log probabilities are natural, stored in steps of `UNIT`.
"""

# mypy: disable-error-code="assignment, no-any-return"

import functools
from collections.abc import Mapping
from enum import IntEnum
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import NEW_LINE, Codes, code_points

FREQUENT = 1024  # symbols whose pairs are kept in a dense table (1 MB)
SLACK = 12  # cost units by which the allowance of training is widened
UNIT = 1 / 12  # log probability per stored step
PLACES = 1 << 20  # bits that tell whether there may be a bigram of two symbols: 7 % of them are set
HASH_LEFT, HASH_RIGHT = 7919, 104729  # primes: the place of a pair is the sum of the symbols times these


class Symbol(IntEnum):
    """Columns of `Model.symbols`."""

    CLASS = 0
    SINGLE = 1
    """Cost of the character within its class."""
    BACK = 2
    """Cost of backing off."""
    START = 3
    """Its first bigram."""
    ALLOWANCE = 4
    """What it may cost without being suspicious."""
    BEFORE = 5
    """The least that it costs in a bigram with a frequent symbol before it; 255 if there is none."""
    BEHIND = 6
    """The least that a frequent symbol costs behind it; 255 if there is none."""


class Model(NamedTuple):
    """Arrays of the plausibility model."""

    symbol: Column[np.uint16]
    """Symbol of each code point; characters seen too rarely share one symbol per class. Shape (0x110000,)."""
    symbols: Table[np.int32]
    """What is known of each symbol, in the columns of `Symbol`. Shape (symbols + 1, 7)."""
    bigrams: Column[np.uint32]
    """`following symbol << 8 | cost`, sorted for each preceding symbol."""
    transitions: Table[np.int16]
    """Cost of a class after a class. Shape (classes, classes)."""
    frequent: Table[np.uint8]
    """Cost of a symbol after a symbol, for the FREQUENT first symbols: one look instead of a search."""
    paired: Column[np.uint8]
    """A bit at the place of each bigram that `frequent` does not tell: without it there is nothing to search for."""


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
    symbols[symbol, Symbol.CLASS] = classes
    symbols[seen:count, Symbol.CLASS] = np.arange(len(data["unseen"]))
    symbols[:seen, Symbol.SINGLE] = data["single"]
    symbols[seen:count, Symbol.SINGLE] = data["unseen"]
    symbols[:seen, Symbol.BACK] = data["back"]
    symbols[: seen + 1, Symbol.START] = data["starts"]
    symbols[seen + 1 :, Symbol.START] = data["starts"][-1]
    bigrams = data["rights"].astype(np.uint32) << 8 | data["values"]
    symbols[:, Symbol.ALLOWANCE] = data["allowance"][symbols[:, Symbol.CLASS]].astype(np.int32) + SLACK
    lefts = np.repeat(np.arange(count), np.diff(symbols[:, Symbol.START]))
    symbols[:, Symbol.BEFORE :] = 255
    for column, one, other in ((Symbol.BEFORE, lefts, bigrams >> 8), (Symbol.BEHIND, bigrams >> 8, lefts)):
        some = one < FREQUENT
        np.minimum.at(symbols[:, column], other[some], (bigrams[some] & 0xFF).astype(np.int32))
    transitions = data["transitions"].astype(np.int16)
    frequent = _frequent(symbols, bigrams, transitions)
    return Model(symbol, symbols, bigrams, transitions, frequent, _paired(symbols, bigrams, frequent))


def _frequent(
    symbols: NDArray[np.int32], bigrams: NDArray[np.uint32], transitions: NDArray[np.int16]
) -> NDArray[np.uint8]:
    first = symbols[:FREQUENT]
    dense = transitions[first[:, Symbol.CLASS][:, None], first[:, Symbol.CLASS][None, :]].astype(np.uint16)
    dense += first[:, Symbol.BACK].astype(np.uint16)[:, None] + first[:, Symbol.SINGLE].astype(np.uint16)[None, :]
    lefts = np.repeat(np.arange(len(first)), np.diff(symbols[: FREQUENT + 1, Symbol.START]))
    pairs = bigrams[: len(lefts)]
    both = pairs >> 8 < FREQUENT
    dense[lefts[both], pairs[both] >> 8] = pairs[both] & 0xFF
    return np.minimum(dense, 255).astype(np.uint8)


def _paired(symbols: NDArray[np.int32], bigrams: NDArray[np.uint32], frequent: NDArray[np.uint8]) -> NDArray[np.uint8]:
    left, right = np.repeat(np.arange(len(symbols) - 1), np.diff(symbols[:, Symbol.START])), bigrams >> 8
    rare = (left >= FREQUENT) | (right >= FREQUENT)
    rare |= frequent[np.minimum(left, FREQUENT - 1), np.minimum(right, FREQUENT - 1)] == 255
    places = np.zeros(PLACES, np.bool_)
    places[(left[rare] * HASH_LEFT + right[rare] * HASH_RIGHT) % PLACES] = True
    return np.packbits(places, bitorder="little")


@functools.cache
def _bigrams() -> dict[int, int]:
    known = model()
    lefts = np.repeat(np.arange(len(known.symbols) - 1), np.diff(known.symbols[:, Symbol.START]))
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
        classes = transitions[symbols[a, Symbol.CLASS], symbols[b, Symbol.CLASS]]
        cost = symbols[a, Symbol.BACK] + classes + symbols[b, Symbol.SINGLE]
    return cost * UNIT


@functools.lru_cache(maxsize=1 << 10)  # a line is asked about by each way of repair
def cost_of(text: str) -> float:
    """Negated log probability of a text (nats), a line feed before it."""
    return float(text_costs(text).sum()) * UNIT


@kernel(interpreted=True)
def searched_cost(model: Model, a: int, b: int) -> int:
    """Cost (negated log probability in units) of symbol `b` after symbol `a`, at least one of which is not frequent."""
    place = a * HASH_LEFT + b * HASH_RIGHT & PLACES - 1
    if model.paired[place >> 3] >> (place & 7) & 1:
        low, end = model.symbols[a, Symbol.START], model.symbols[a + 1, Symbol.START]
        high = end
        while low < high:
            middle = (low + high) >> 1
            if model.bigrams[middle] >> 8 < b:
                low = middle + 1
            else:
                high = middle
        pair = model.bigrams[low] if low < end else -1
        if pair >> 8 == b:
            return pair & 0xFF
    backed_off = model.symbols[a, Symbol.BACK] + model.symbols[b, Symbol.SINGLE]
    return backed_off + model.transitions[model.symbols[a, Symbol.CLASS], model.symbols[b, Symbol.CLASS]]


@kernel(interpreted=True)
def symbol_cost(model: Model, a: int, b: int) -> int:
    """Cost (negated log probability in units) of symbol `b` after symbol `a`, at most 255 of frequent ones."""
    if a < len(model.frequent) and b < len(model.frequent):
        return 0 + model.frequent[a, b]
    return searched_cost(model, a, b)


@kernel(interpreted=True)
def cost(model: Model, left: int, right: int) -> int:
    """Cost (negated log probability in units) of code point `right` after `left`, at most 255 of frequent ones."""
    return symbol_cost(model, model.symbol[left], model.symbol[right])


@kernel(entry=True, interpreted=True)
def costs(codes: Codes, model: Model, out: Column[np.int64]) -> None:
    """Fill `out` with the cost of each character after the one before it. A line feed stands before the first one and,
    where `out` is longer than the text, behind the last."""
    left = model.symbol[NEW_LINE]
    for i in range(len(out)):
        right = model.symbol[codes[i] if i < len(codes) else NEW_LINE]
        out[i] = symbol_cost(model, left, right)
        left = right


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
    return code_costs(code_points(text))


def code_costs(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """`text_costs` of code points."""
    out = np.empty(len(codes), np.int64)
    costs(codes, model(), out)
    return out
