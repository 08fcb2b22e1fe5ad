"""Which words speak to the reader: those of interfaces and shops, `you` and `our`; line by line and all around it."""

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features.columns import Feature, Floats
from newsclean.boilerplate.lines import PLACE_BITS, LineColumn, Lines
from newsclean.compilation import Column, Table, kernel

PLACES = 1 << 20
MIX = np.uint64(0x9E3779B97F4A7C15)  # the hashes of short words have their highest bits in common
WEIGHT, ADDRESS = 7, 8  # bits of a word: how much commoner it is in interfaces than elsewhere; it addresses the reader
_WORD, _BIT, _ONE = np.uint64(6), np.uint64(63), np.uint64(1)  # of a place: its word of 64 bits, its bit there
NEARBY = 4  # lines above and below that are nearby
FEW, FEW_OWN = 60.0, 12.0  # words that a rate needs, so that it is not one of chance; the second of one line
INTERFACE, SPOKEN, WORDS = 0, 1, 2  # columns of the running sums
SUMS = 3


class Wording(NamedTuple):
    """What is known of words, by the 20 highest bits of their mixed hashes."""

    known: Column[np.uint64]
    """A bit for each place: whether anything is. It fits the caches of a processor, and most words have none."""
    bits: Column[np.uint8]
    """WEIGHT and ADDRESS."""


@functools.cache
def wording() -> Wording:
    """The words of interfaces and of address."""
    table = np.zeros(PLACES, np.uint8)
    with resources.as_file(resources.files(__package__) / "data/wording.npz") as path, np.load(path) as data:
        table[data["places"]] = data["values"]
    known = np.packbits(table > 0, bitorder="little").view("<u8").astype(np.uint64)
    return Wording(known, table)


def fill_wording(lines: Lines, bounds: NDArray[np.int64], table: Floats) -> None:
    """Fill the columns of how much a line, and what is above, below and near it, speaks to the reader."""
    sums = np.empty((len(table) + len(bounds) - 1, SUMS), np.float64)
    _sum_up(lines.table, lines.words, bounds, wording(), sums)
    _rates(bounds, sums, table)


@kernel(entry=True, interpreted=True)
def _sum_up(
    lines: Table[np.int32],
    words: Column[np.uint64],
    bounds: Column[np.int64],
    wording: Wording,
    sums: Table[np.float64],
) -> None:
    """Running sums that begin anew in each text."""
    for text in range(len(bounds) - 1):
        for kind in range(SUMS):
            sums[bounds[text] + text, kind] = 0
        for row in range(bounds[text], bounds[text + 1]):
            at = row + text
            first, count = lines[row, LineColumn.WORD], lines[row, LineColumn.WORDS]
            weight = spoken = 0
            for place in range(first, first + count):
                at_bit = np.uint64(words[place]) * MIX >> PLACE_BITS
                if wording.known[at_bit >> _WORD] >> (at_bit & _BIT) & _ONE:
                    bits = wording.bits[at_bit]
                    weight += bits & WEIGHT
                    spoken += bits & ADDRESS
            sums[at + 1, INTERFACE] = sums[at, INTERFACE] + weight
            sums[at + 1, SPOKEN] = sums[at, SPOKEN] + spoken / ADDRESS
            sums[at + 1, WORDS] = sums[at, WORDS] + count


@kernel(interpreted=True)
def _rate(sums: NDArray[np.float64], begin: int, end: int, kind: int, few: float) -> float:
    """How much of a kind there is in a hundred words of some lines."""
    rate: float = 100 * (sums[end, kind] - sums[begin, kind]) / (sums[end, WORDS] - sums[begin, WORDS] + few)
    return rate


@kernel(entry=True, interpreted=True)
def _rates(bounds: Column[np.int64], sums: Table[np.float64], table: Table[np.float32]) -> None:
    for text in range(len(bounds) - 1):
        top, end = bounds[text] + text, bounds[text + 1] + text
        for at in range(top, end):
            row = at - text
            low, high = max(at - NEARBY, top), min(at + NEARBY + 1, end)
            table[row, Feature.INTERFACE] = _rate(sums, at, at + 1, INTERFACE, FEW_OWN)
            table[row, Feature.INTERFACE_ABOVE] = _rate(sums, top, at, INTERFACE, FEW)
            table[row, Feature.INTERFACE_BELOW] = _rate(sums, at, end, INTERFACE, FEW)
            table[row, Feature.INTERFACE_NEAR] = _rate(sums, low, high, INTERFACE, FEW)
            table[row, Feature.SPOKEN] = _rate(sums, at, at + 1, SPOKEN, FEW_OWN)
            table[row, Feature.SPOKEN_ABOVE] = _rate(sums, top, at, SPOKEN, FEW)
            table[row, Feature.SPOKEN_BELOW] = _rate(sums, at, end, SPOKEN, FEW)
            table[row, Feature.SPOKEN_NEAR] = _rate(sums, low, high, SPOKEN, FEW)
