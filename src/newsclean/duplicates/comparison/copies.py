"""Exact comparison of two texts word by word: shingles, names and numbers they share.

Of each text one hash table is made, which all texts it is compared with are looked up in, and each text is hashed and
counted once, not once a pair.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison._copies import (
    ALIGNED,
    LEAD,
    LEFT_LEAD,
    RIGHT_LEAD,
    SHIFTED,
    STREAK,
    TWOS,
    count_shared,
)
from newsclean.duplicates.comparison.leads import write_openings
from newsclean.duplicates.tokens import SHINGLE


class CopyFeature(IntEnum):
    """Columns of what two texts share word by word."""

    CONTAINMENT = 0
    """Shingles of five words that both have, of those of the text with fewer."""
    CONTAINMENT2 = 1
    """The same of two words."""
    RESEMBLANCE2 = 2
    """Shingles of two words that both have, of those that either has (Jaccard)."""
    NAMES = 3
    """Names that both have, of those of the text with fewer."""
    NUMBERS = 4
    STREAK = 5
    """Longest run of shared shingles, of the length of the shorter text, up to `_LONG`."""
    RATIO = 6
    """Ratio of the lengths."""
    LEAD_LOW = 7
    """Two-word shingles of a text's first words that the other one has: the lower share of the two."""
    LEAD_HIGH = 8
    """The higher share; low where all that two texts share is a feed, a menu or a footer."""
    ALIGNED = 9
    """Words of the shorter text in passages of the other one, in order, less `_CHANCE`."""
    STEADY = 10
    """The same, less twice the words by which passages shift: edits replace words, rewriting moves them."""
    OPENING = 11
    """How much of what the texts begin with occurs again; see leads.py."""


_SHARES = [CopyFeature.CONTAINMENT, CopyFeature.CONTAINMENT2, CopyFeature.NAMES, CopyFeature.NUMBERS]
_LONG = 0.3  # runs above it say no more: only short runs tell a misread text from a template with other facts
_CHANCE = 10  # words in passages that do not count: short reports on one event have some, and were taken for copies
_BLOCK = 1 << 14  # pairs whose features are computed at once: what that needs stays in the cache


def copy_features(
    words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8], pairs: NDArray[np.int64]
) -> NDArray[np.float32]:
    """How much each pair of articles (rows of `pairs`) has in common, word by word: one row of `CopyFeature` a pair.

    `codes` are languages of articles. The order of two articles does not matter: passages are looked for in the longer
    one, and what they cover is counted in the shorter one.
    """
    sizes = spans[:, 1] - spans[:, 0]
    lengths = sizes[pairs]
    swapped = (lengths[:, 0] < lengths[:, 1]) | ((lengths[:, 0] == lengths[:, 1]) & (pairs[:, 0] > pairs[:, 1]))
    pairs = np.where(swapped[:, None], pairs[:, ::-1], pairs)
    order = np.argsort(pairs[:, 0] << 32 | pairs[:, 1])  # a third of the time of `lexsort`
    ordered = np.ascontiguousarray(pairs[order])
    present = np.zeros(len(spans), np.bool_)
    present[ordered] = True
    texts, places = np.flatnonzero(present), (np.cumsum(present) - 1)[ordered]
    totals, counts = np.zeros((len(texts), 4), np.int64), np.zeros((len(pairs), 9), np.int64)
    count_shared(words, spans, texts, ordered, totals, counts)
    found = np.empty((len(pairs), len(CopyFeature)), np.float32)
    for start in range(0, len(pairs), _BLOCK):
        rows = slice(start, start + _BLOCK)
        found[rows] = _features(counts[rows], totals[places[rows]], sizes[ordered[rows]])
    write_openings(words, spans, codes, ordered, found, CopyFeature.OPENING)
    features = np.empty_like(found)
    features[order] = found
    return features


def _features(counts: NDArray[np.int64], totals: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
    """All features but the last of pairs, from their counts and the counts (n x 2 x 4) and lengths (n x 2) of both."""
    shared = counts[:, :4]
    least = totals.min(axis=1)
    # One shared name and number is imagined: a single one that differs says less than five of them.
    extra = np.array([0, 0, 1, 1])
    shorter, longer = lengths.min(axis=1), lengths.max(axis=1)
    leads = counts[:, [LEFT_LEAD, RIGHT_LEAD]] / np.clip(lengths - 1, 1, LEAD)
    steady = counts[:, ALIGNED] - 2 * counts[:, SHIFTED]
    columns = np.empty((len(counts), len(CopyFeature)), np.float32)
    columns[:, _SHARES] = (shared + extra) / np.maximum(least + extra, 1)
    columns[:, CopyFeature.RESEMBLANCE2] = shared[:, TWOS] / np.maximum(
        totals[:, :, TWOS].sum(axis=1) - shared[:, TWOS], 1
    )
    columns[:, CopyFeature.STREAK] = np.minimum(_LONG, counts[:, STREAK] / np.maximum(shorter - SHINGLE + 1, 1))
    columns[:, CopyFeature.RATIO] = shorter / np.maximum(longer, 1)
    columns[:, CopyFeature.LEAD_LOW], columns[:, CopyFeature.LEAD_HIGH] = leads.min(axis=1), leads.max(axis=1)
    for column, covered in ((CopyFeature.ALIGNED, counts[:, ALIGNED]), (CopyFeature.STEADY, steady)):
        columns[:, column] = np.maximum(-1.0, (np.minimum(covered, shorter) - _CHANCE) / np.maximum(shorter, 1))
    return columns
