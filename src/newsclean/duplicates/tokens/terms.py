"""Terms: what two articles on one event share. A word is a term; of ideographs, each two in a row are one."""

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import ReadOnlyColumn, kernel
from newsclean.duplicates.tokens._tokenizer import IDEOGRAPH
from newsclean.duplicates.tokens.hashing import mix

# What an article says of a term, in one uint32: how often it stands there, marks, and the bits below its first place.
COUNT, NAMED, TELLS, NUMERIC, PLACE = 0xFFFF, 1 << 16, 1 << 17, 1 << 18, 20


@kernel(entry=True)
def term(words: ReadOnlyColumn[np.uint32], at: int, end: int) -> np.uint32:
    """The term (30 bits, never 0) that begins at word `at` of a text that ends at `end`; 0 for an ideograph alone."""
    word = words[np.uint64(at)]  # signed places are looked at from both ends: three times as slow
    if word & np.uint32(3) != IDEOGRAPH:
        return np.uint32(max(word >> np.uint32(2), np.uint32(1)))
    following = words[np.uint64(at + 1)] if at + 1 < end else np.uint32(0)
    if following & np.uint32(3) == IDEOGRAPH:
        return np.uint32(max(mix(np.uint32(word * np.uint32(31) + following)) >> np.uint32(2), np.uint32(1)))
    return np.uint32(0)


def terms_of(words: NDArray[np.uint32]) -> list[int]:
    """The terms of one text, in order, with repetitions."""
    found = (int(term(words, at, len(words))) for at in range(len(words)))
    return [value for value in found if value]
