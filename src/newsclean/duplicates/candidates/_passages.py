"""The kernel that samples the shingles of texts."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.tokens import SHINGLE, mix, whole_shingle

SAMPLED = 8  # one of so many shingles is looked at, in every text the same ones


@kernel(entry=True)
def sample_shingles(words: ReadOnlyColumn[np.uint32], spans: Table[np.int64], keys: Column[np.uint64]) -> int:
    """Write the sampled shingles of all texts, each as hash << 32 | text; return how many there are."""
    count = 0
    for text in range(len(spans)):
        for at in range(spans[text, 0], spans[text, 1] - SHINGLE + 1):
            value = mix(whole_shingle(words, np.uint64(at)))
            keys[count] = np.uint64(value) << np.uint64(32) | np.uint64(text)
            again = count > 0 and keys[count - 1] == keys[count]  # a word that is repeated without end
            count += value & np.uint32(SAMPLED - 1) == 0 and not again
            count = min(count, len(keys) - 1)
    return count
