"""Keys of word sequences, and how kernels find one of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Column, kernel

MIX = np.uint64(0x9E3779B97F4A7C15)
_NUMBER = np.uint64(1)
_FLAGS, _WRAP, _BIT = np.uint64(3), np.uint64(29), np.uint64(63)
_PREFIX, _FILTER, _WORD = np.uint64(48), np.uint64(44), np.uint64(6)  # bits of a key below its prefix, its place
FILTER_BITS = 20


class Keys(NamedTuple):
    """Sorted `keys`, where each prefix of 16 bits begins among them (`prefix`), and a bit for each 20 highest bits of
    a key or of the key of its first words (`filter`). That bit ends the search behind most words of an article."""

    filter: Column[np.uint64]
    prefix: Column[np.int32]
    keys: Column[np.uint64]


def indexed(keys: NDArray[np.uint64], leading: NDArray[np.uint64]) -> Keys:
    """Sorted keys as kernels look them up. `leading` are the keys of the first words of what has a key."""
    bounds = np.arange(0x10000, dtype=np.uint64) << _PREFIX
    prefix = np.append(np.searchsorted(keys, bounds), len(keys)).astype(np.int32)
    occurs = np.zeros(1 << FILTER_BITS, np.uint8)
    occurs[(np.concatenate([keys, leading]) >> _FILTER).astype(np.int64)] = 1
    return Keys(np.packbits(occurs, bitorder="little").view("<u8").astype(np.uint64), prefix, keys)


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
    """Where a key stands, the first of several that are alike, or -1."""
    prefix = np.int64(value >> _PREFIX)
    for place in range(known.prefix[prefix], known.prefix[prefix + 1]):
        if known.keys[place] == value:
            return place
    return -1
