"""Keys of word sequences, and how kernels find one of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Column, Table, kernel

MIX = np.uint64(0x9E3779B97F4A7C15)
_NUMBER = np.uint64(1)
_FLAGS, _WRAP, _BIT = np.uint64(3), np.uint64(29), np.uint64(63)
_FILTER, _WORD = np.uint64(44), np.uint64(6)  # bits of a key below its place in the filter, and below its word there
FILTER_BITS = 20
SPARSE = 2  # rows of the table for each key, at least
EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
KEY, VALUE = 0, 1  # columns of the table


class Keys(NamedTuple):
    """Sorted `keys`, and two ways to find one fast. `prefix` is where each prefix of 16 bits begins among them.
    `filter` has a bit for each 20 highest bits of a key, or of the key of its first words. That bit ends the search
    behind most words of an article."""

    filter: Column[np.uint64]
    table: Table[np.uint64]
    shift: np.uint64


def indexed(keys: NDArray[np.uint64], leading: NDArray[np.uint64], values: NDArray[np.uint64]) -> Keys:
    """Sorted keys with their values as kernels look them up. `leading` are the keys of the first words of what has a
    key."""
    bits = (SPARSE * len(keys)).bit_length()
    shift = np.uint64(64 - bits)
    number = np.arange(len(keys))
    rows = np.maximum.accumulate((keys >> shift).astype(np.int64) - number) + number  # each behind the one before
    table = np.full((max(1 << bits, rows.max(initial=0) + 1) + 1, 2), EMPTY, np.uint64)
    table[rows, KEY], table[rows, VALUE] = keys, values
    occurs = np.zeros(1 << FILTER_BITS, np.uint8)
    occurs[(np.concatenate([keys, leading]) >> _FILTER).astype(np.int64)] = 1
    return Keys(np.packbits(occurs, bitorder="little").view("<u8").astype(np.uint64), table, shift)


@kernel(interpreted=True)
def extend(value: np.uint64, word: np.uint64) -> np.uint64:
    """The key of a sequence and one more word; all numbers are alike."""
    value = (value ^ (_NUMBER if word & _FLAGS == _NUMBER else word)) * MIX
    return value ^ value >> _WRAP


@kernel(interpreted=True, inline=True)
def may_lead(known: Keys, value: np.uint64) -> bool:
    """Whether a sequence may be known or begin one that is: all that do, and one in twenty others."""
    at = value >> _FILTER
    bit: bool = known.filter[at >> _WORD] >> (at & _BIT) & _NUMBER != 0
    return bit


@kernel(interpreted=True, inline=True)
def first_place(known: Keys, value: np.uint64) -> int:
    """The row of a key in the table, the first of several that are alike, or -1."""
    place = np.int64(value >> known.shift)
    while known.table[place, KEY] < value:
        place += 1
    return int(place) if known.table[place, KEY] == value else -1
