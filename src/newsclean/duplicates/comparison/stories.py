"""Do two articles report one event? What their weighted terms have in common."""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import blocks
from newsclean.duplicates.comparison._stories import StoryFeature, Total, compare_terms
from newsclean.duplicates.scratch import IN_MEMORY, Scratch


def story_features(
    words: NDArray[np.uint32],
    spans: NDArray[np.int64],
    codes: NDArray[np.uint8],
    weights: NDArray[np.float32],
    pairs: NDArray[np.int64],
    totals: NDArray[np.float64] | None = None,
) -> NDArray[np.float32]:
    """How much the terms of each pair of articles (rows of `pairs`) agree: one row of `StoryFeature` a pair.

    `totals` is what `story_totals` made; what was found of an article alone is kept there for its next pairs.
    """
    features = np.empty((len(pairs), len(StoryFeature)), np.float32)
    totals = story_totals(len(spans)) if totals is None else totals
    compare_terms(words, spans, codes, weights, pairs, totals, features)
    return features


def story_totals(count: int, scratch: Scratch = IN_MEMORY) -> NDArray[np.float64]:
    """Room for what `story_features` finds of each of so many articles."""
    totals = scratch.empty((count, Total.KNOWN + 1), np.float64)
    for block in blocks(count, scratch.rows(8 * (Total.KNOWN + 1))):
        totals[block] = 0
    return totals
