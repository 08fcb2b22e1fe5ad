"""The kernel that selects key terms."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.tfidf._idf import STORY_WORDS
from newsclean.duplicates.tfidf._vectors import SLOTS, TermRow, WeightRow, fill
from newsclean.duplicates.tokens import NAMED, PLACE

LEAD_WORDS = 80  # whose terms are more salient
SALIENT = 48  # terms of an article that candidates are compared by; their cosine is within .03 of the exact one
LEAD_BOOST = 1.5
NAME_BOOST = 1.3
_LEVELS = 512  # of weights, to find the heaviest ones without sorting them all


@kernel()
def _level(bits: np.uint32) -> int:
    """Weights by size: the bits of a float32 that is not negative, 16 levels for each power of two from 2^-10."""
    level = np.int64(bits >> np.uint32(19)) - np.int64((127 - 10) << 4)
    return int(min(max(level, np.int64(0)), np.int64(_LEVELS - 1)))


@kernel(entry=True)
def select_heaviest(
    words: ReadOnlyColumn[np.uint32],
    spans: Table[np.int64],
    codes: ReadOnlyColumn[np.uint8],
    weights: Column[np.float32],
    terms: Table[np.uint32],
    values: Table[np.float32],
) -> None:
    """Write every article's heaviest terms; names, numbers and the lead count more here than in the exact cosine."""
    slots, table = np.empty((3, SLOTS), np.uint32), np.empty((2, SLOTS), np.float32)
    boosted, tally = np.empty(STORY_WORDS, np.float32), np.empty(_LEVELS, np.int64)
    bits = boosted.view(np.uint32)
    for text in range(len(spans)):
        count = fill(words, spans[text, 0], spans[text, 1], codes[text], weights, slots, table)
        for rank in range(SALIENT):  # slices would double the time that this takes to compile
            terms[text, rank], values[text, rank] = 0, 0
        for level in range(_LEVELS):
            tally[level] = 0
        total = np.float32(0)
        for at in range(count):
            slot = slots[TermRow.USED, at]
            weight, marks = table[WeightRow.WEIGHT, slot], slots[TermRow.MARKS, slot]
            if marks >> np.uint32(PLACE) < LEAD_WORDS:
                weight *= np.float32(LEAD_BOOST)
            if marks & np.uint32(NAMED):
                weight *= np.float32(NAME_BOOST)
            total += weight * weight
            boosted[at] = weight
            tally[_level(bits[at])] += 1
        least, above = _LEVELS, 0  # terms of lower levels are not among the heaviest
        while least > 0 and above < SALIENT:
            least -= 1
            above += tally[least]
        for at in range(count):
            weight = boosted[at]
            if _level(bits[at]) >= least and weight > values[text, SALIENT - 1]:
                rank = SALIENT - 1
                while rank > 0 and values[text, rank - 1] < weight:
                    values[text, rank], terms[text, rank] = values[text, rank - 1], terms[text, rank - 1]
                    rank -= 1
                values[text, rank], terms[text, rank] = weight, slots[TermRow.TERM, slots[TermRow.USED, at]]
        norm = np.sqrt(max(total, np.float32(1e-9)))
        for rank in range(SALIENT):
            values[text, rank] /= norm
