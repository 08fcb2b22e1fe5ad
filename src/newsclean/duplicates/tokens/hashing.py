"""Hashes of words and of shingles: words in a row."""

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import ReadOnlyColumn, kernel

FACTOR, OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
SHINGLE = 5
# The five words of a shingle are multiplied by these odd numbers (primes of xxHash; Yann Collet) and added up, so that
# no product waits for another one, and many shingles are hashed side by side.
_ONE, _TWO, _THREE, _FOUR, _FIVE = (
    np.uint32(value) for value in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)
)
_MISSING = np.uint32(0x7F4A7C15)


@kernel(entry=True)
def mix(value: np.uint32) -> np.uint32:
    """MurmurHash3's 32-bit finalizer: a bijection that spreads every bit (public domain; Austin Appleby)."""
    value = np.uint32(value ^ (value >> np.uint32(16)))
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value = np.uint32(value ^ (value >> np.uint32(13)))
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


@kernel()
def hash_word(letters: np.uint64, rest: np.uint64) -> np.uint32:
    """30 bits of hash, in the upper bits, of the low bytes of a word's letters side by side and of all that is more."""
    value = (letters ^ rest) * FACTOR
    value = (value ^ (value >> np.uint64(32))) * OTHER
    return np.uint32(value >> np.uint64(32)) & np.uint32(0xFFFFFFFC)


@kernel(entry=True)
def shingle(words: ReadOnlyColumn[np.uint32], start: int, stop: int) -> np.uint32:
    """Hash of the up to five words from `start` to `stop`; the two bits that say what a word is do not count."""
    value = np.uint32((words[start] >> 2) * _ONE + (start + SHINGLE - stop) * _MISSING)
    if stop - start > 1:
        value = np.uint32(value + (words[start + 1] >> 2) * _TWO)
    if stop - start > 2:
        value = np.uint32(value + (words[start + 2] >> 2) * _THREE)
    if stop - start > 3:
        value = np.uint32(value + (words[start + 3] >> 2) * _FOUR)
    if stop - start > 4:
        value = np.uint32(value + (words[start + 4] >> 2) * _FIVE)
    return value


@kernel()
def whole_shingle(words: ReadOnlyColumn[np.uint32], at: np.uint64) -> np.uint32:
    """`shingle` of the five words from `at`, an unsigned place."""
    return np.uint32(
        (words[at] >> 2) * _ONE
        + (words[at + np.uint64(1)] >> 2) * _TWO
        + (words[at + np.uint64(2)] >> 2) * _THREE
        + (words[at + np.uint64(3)] >> 2) * _FOUR
        + (words[at + np.uint64(4)] >> 2) * _FIVE
    )


@kernel()
def four_shingle(words: ReadOnlyColumn[np.uint32], at: np.uint64) -> np.uint32:
    """Hash of the four words from `at`, an unsigned place."""
    return np.uint32(
        (words[at] >> 2) * _ONE
        + (words[at + np.uint64(1)] >> 2) * _TWO
        + (words[at + np.uint64(2)] >> 2) * _THREE
        + (words[at + np.uint64(3)] >> 2) * _FOUR
    )


@kernel()
def pair_shingle(words: ReadOnlyColumn[np.uint32], at: np.uint64) -> np.uint32:
    """Hash of the two words from `at`, an unsigned place."""
    return np.uint32((words[at] >> 2) * _ONE + (words[at + np.uint64(1)] >> 2) * _TWO)


def mix_array(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """`words.mix` of a whole array."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        values = (values ^ (values >> np.uint32(shift))) * np.uint32(factor)
    return values ^ (values >> np.uint32(16))
