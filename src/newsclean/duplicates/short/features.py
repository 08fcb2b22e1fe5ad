"""What two short texts have in common, token by token.

A headline has no five-word passages to compare. Single tokens tell a copy from another event. They are those that both
have and how telling they are, and those of one text only. It counts, too, whether they stand in equal places of one
frame.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.duplicates.short._facts import mark_other_facts
from newsclean.duplicates.short._features import Meta, Tables, Texts, compare, mark_short
from newsclean.duplicates.short.columns import ShortFeature
from newsclean.duplicates.short.lexicon import lexicon

MOST_UNITS = 84  # a headline and a blurb of sixty words; an ideograph counts as half a word


def are_short(words: NDArray[np.uint32], spans: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which texts are short: at most `MOST_UNITS` words."""
    short = np.empty(len(spans), np.bool_)
    mark_short(read_only(words), np.ascontiguousarray(spans), MOST_UNITS, short)
    return short


def short_features(texts: Texts, tables: Tables, meta: Meta, pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """How much each pair of short texts has in common: one row of `ShortFeature` a pair, whatever its order."""
    features = np.zeros((len(pairs), len(ShortFeature)), np.float32)
    compare(
        texts._replace(words=read_only(texts.words)), tables, meta, lexicon(), np.ascontiguousarray(pairs), features
    )
    return features


def have_other_facts(texts: Texts, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pairs of texts of at most `MOST_TOKENS` words are one frame that other facts are filled in.

    Such are a later issue of a figure, another match, another county.
    """
    found = np.empty(len(pairs), np.bool_)
    words = read_only(texts.words)
    mark_other_facts(texts._replace(words=words), lexicon(), np.ascontiguousarray(pairs), found)
    return found
