"""The key terms of an article: those with the highest weights."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import each_block
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.tfidf._key_terms import SALIENT, select_heaviest


class Salient(NamedTuple):
    """The terms of n articles with the highest weights, heaviest first; unused places hold term 0 and weight 0."""

    terms: NDArray[np.uint32]
    """n x SALIENT."""
    weights: NDArray[np.float32]
    """n x SALIENT, divided by the length of the article's whole vector."""


def select_salient(
    words: NDArray[np.uint32],
    spans: NDArray[np.int64],
    codes: NDArray[np.uint8],
    weights: NDArray[np.float32],
    scratch: Scratch = IN_MEMORY,
) -> Salient:
    """The most salient terms of every article."""
    size = (len(spans), SALIENT)
    salient = Salient(scratch.empty(size, np.uint32), scratch.empty(size, np.float32))

    def select(block: slice, _: Scratch) -> None:
        select_heaviest(words, spans[block], codes[block], weights, salient.terms[block], salient.weights[block])

    each_block(select, len(spans), 8 * SALIENT, scratch)
    return salient
