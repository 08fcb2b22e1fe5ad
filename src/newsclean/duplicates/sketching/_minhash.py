"""Kernels that sign texts and hash the bands of signatures."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, ReadOnlyTable, Table, kernel
from newsclean.duplicates.tokens import SHINGLE, mix, shingle, whole_shingle

_TEXTS = 128  # hashed together
EMPTY = np.uint32(0xFFFFFFFF)
_FACTOR, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_BLOCK = 1024  # shingles signed at once: they and the signature stay in the first cache
_STEP = (
    64  # shingles that a processor with the widest vectors compares in one step; a block is filled up to whole steps
)


@kernel(entry=True)
def hash_bands(
    signatures: ReadOnlyTable[np.uint32], order: Column[np.int64], first: int, rows: int, keys: Table[np.uint32]
) -> None:
    """Write the keys of some bands, from `first`, a row each, for all texts in `order`. Some texts come after the
    other, as they stay in the cache for all bands."""
    for start in range(0, len(order), _TEXTS):
        for turn in range(len(keys)):
            column = np.uint64((first + turn) * rows)
            for text in range(np.uint64(start), np.uint64(min(start + _TEXTS, len(order)))):
                place = np.uint64(order[text])
                key = signatures[place, column]
                for row in range(np.uint64(1), np.uint64(rows)):
                    key = np.uint32(key * np.uint32(0x9E3779B1)) ^ signatures[place, column + row]
                keys[turn, text] = key * np.uint32(0x85EBCA6B)


@kernel(entry=True)
def sign_texts(
    words: ReadOnlyColumn[np.uint32],
    bounds: Column[np.int64],
    permutation: Table[np.uint32],
    signatures: Table[np.uint32],
    digests: Column[np.uint64],
) -> None:
    """Write each text's row of minima, if it has columns, and a 64-bit digest of its words in order (0: no words)."""
    values = np.empty(_BLOCK, np.uint32)
    for text in range(len(bounds) - 1):
        start, end = bounds[text], bounds[text + 1]
        shingles = (max(end - SHINGLE, start) + (end > start)) * (permutation.shape[1] > 0)
        for column in range(permutation.shape[1]):
            signatures[text, column] = EMPTY
        for first in range(start, shingles, _BLOCK):
            count = min(end - SHINGLE + 1 - first, _BLOCK)
            for at in range(count):
                values[at] = mix(whole_shingle(words, np.uint64(first + at)))
            if count < 1:
                values[0], count = mix(shingle(words, start, end)), 1
            for at in range(count, (count + _STEP - 1) // _STEP * _STEP):
                values[at] = values[0]
            for column in range(permutation.shape[1]):
                factor, summand = permutation[0, column], permutation[1, column]
                least = signatures[text, column]
                for at in range((count + _STEP - 1) // _STEP * _STEP):
                    least = min(least, np.uint32(values[at] * factor + summand))
                signatures[text, column] = least
        digest = np.uint64(0)
        for at in range(end - start):
            value = (np.uint64(words[np.uint64(start + at)] >> 2) ^ np.uint64(at) * _OTHER) * _FACTOR
            digest += (value ^ (value >> np.uint64(32))) * _OTHER
        digests[text] = max(digest, np.uint64(end > start))
