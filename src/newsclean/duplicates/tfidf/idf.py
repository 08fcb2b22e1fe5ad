"""Which terms of an article matter: inverse document frequencies and the terms they make salient.

The weight of a term is log((N + m + 1) / (df + m p + .1)). Of the N articles of the corpus in this language, `df` hold
it. `m` more articles are imagined, of which a share `p` holds it, as the background of the language says. Document
frequencies are counted in slots of a table, so that memory is bounded. Terms that fall into one slot share their count.
So a term may look more common than it is, and never rarer.
"""

import math

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import shares
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.tfidf._idf import Counter, count_in_slots
from newsclean.duplicates.tokens import LEVELS, UNKNOWN, background, mix_array

IMAGINED = 2000.0  # articles that the background counts for: as good as 500, and scores drift half as much with N
_ALONE = 1.1  # smoothed number of articles that hold a term which one of them does


def learn_weights(
    words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8], scratch: Scratch = IN_MEMORY
) -> NDArray[np.float32]:
    """The table that `_vectors.fill` weighs terms by, for a corpus given at once; see `blend`."""
    counts = count_terms(words, spans, codes, slots_for(len(spans)), scratch)
    return blend(counts, np.bincount(codes, minlength=256))


def slots_for(articles: int) -> int:
    """How many slots a corpus of so many articles is counted in."""
    return min(1 << 24, max(1 << 18, 1 << (articles * 16).bit_length()))


def folded(counts: NDArray[np.uint32], articles: int) -> NDArray[np.uint32]:
    """A table of counts as a corpus of so many articles has it, if it has fewer slots.

    Terms that share slots weigh less: the same articles must weigh the same in an index and in a batch.
    """
    fewer: NDArray[np.uint32] = counts.reshape(-1, min(len(counts), slots_for(articles))).sum(axis=0, dtype=np.uint32)
    return fewer


def shareable(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same table for finding articles that share terms: what only one article holds, and no background, is 0.

    Misread words and numbers are the rarest there are, and would take the places of those that can be shared.
    """
    table = weights.copy()
    table[:-256][table[:-256] < math.log(_ALONE + 0.5)] = np.inf
    return table


def count_terms(
    words: NDArray[np.uint32],
    spans: NDArray[np.int64],
    codes: NDArray[np.uint8],
    size: int,
    scratch: Scratch = IN_MEMORY,
) -> NDArray[np.uint32]:
    """How many texts hold the terms of each of `size` (a power of two) slots."""

    def count(share: slice, room: Scratch) -> NDArray[np.uint32]:
        slots = room.empty((size, 2), np.uint32)
        slots[:] = 0
        count_in_slots(words, spans[share], codes[share], slots)
        return slots[:, Counter.TEXTS].copy()

    counts = np.zeros(size, np.uint32)
    for own in scratch.at_once(count, shares(len(spans), scratch)):
        counts += own
    return counts


def blend(counts: NDArray[np.uint32], articles: NDArray[np.int64]) -> NDArray[np.float32]:
    """Log document frequency by slot, then 256 ceilings by language, of a corpus and the background of its languages.

    The weight of a term in slot s of a text in language i is ceiling[i] - frequency[s], and not below 0. `counts` are
    by slot, `articles` by language.
    """
    frequencies = counts.astype(np.float32) + np.float32(_ALONE - 1)
    table = background()
    for code in np.flatnonzero(articles[1:]) + 1:
        rows = slice(table.bounds[code - 1], table.bounds[code])
        salted = table.keys[rows] ^ np.uint32(int(code) * 0x9E3779B1 & 0xFFFFFFFF)
        share = np.exp(-table.levels[rows].astype(np.float32) / np.float32(LEVELS)) * np.float32(IMAGINED)
        np.add.at(frequencies, mix_array(salted) & np.uint32(len(counts) - 1), share)
    imagined = np.where(np.arange(256) == UNKNOWN, 0.0, IMAGINED)
    return np.concatenate([np.log(frequencies), np.log(articles + imagined + 1)]).astype(np.float32)
