"""The kernel that tells languages by their most frequent words."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, kernel
from newsclean.duplicates.tokens._simd import zeros
from newsclean.duplicates.tokens.terms import term

CUE_SLOTS = 1 << 16
UNKNOWN = 0  # language of a text that has no background; others are 1 + row of the table
ASKED = 255  # language code of a text whose language is to be told from its words
_CUE_WORDS = 150  # words that the language is told from
_LEAST = 12  # a language is told if more than one word in so many is one of its most frequent ones


@kernel(entry=True)
def vote_for_languages(
    words: ReadOnlyColumn[np.uint32], bounds: Column[np.int64], cues: ReadOnlyColumn[np.uint64], codes: Column[np.uint8]
) -> None:
    """Write the language with most frequent words among each text's first words, where `codes` asks for it.

    Bit i of `cues` is set where a term is among the most frequent words of language i + 1.
    """
    votes = np.empty(64, np.int64)
    for text in range(len(bounds) - 1):
        if codes[text] != ASKED:
            continue
        votes[:] = 0
        start, end = bounds[text], min(bounds[text + 1], bounds[text] + _CUE_WORDS)
        for at in range(start, end):
            languages = cues[term(words, at, end) & np.uint32(CUE_SLOTS - 1)]
            while languages:
                votes[zeros(languages)] += 1
                languages &= languages - np.uint64(1)
        best = np.argmax(votes)
        codes[text] = best + 1 if votes[best] * _LEAST > end - start else UNKNOWN
