"""Pairs of short texts, which models of their own judge."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs
from newsclean.duplicates.matching.corpus import Corpus
from newsclean.duplicates.short import (
    Meta,
    Tables,
    Texts,
    are_short,
    count_frames,
    short_copy_confidence,
    short_features,
    short_story_confidence,
)


class Judged(NamedTuple):
    """What short texts are to each other."""

    rows: NDArray[np.int64]
    """Which of the pairs given are two short texts."""
    copy: NDArray[np.float32]
    story: NDArray[np.float32]


def with_frames(corpus: Corpus) -> Corpus:
    """The corpus, with its frames counted if it has short texts."""
    short = are_short(corpus.words, corpus.spans)
    if not short.any():
        return corpus._replace(short=short)
    return corpus._replace(short=short, frames=count_frames(corpus.words, corpus.spans[short], 0, corpus.scratch))


def two_short(corpus: Corpus, pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are two short texts."""
    known = len(corpus.short) == len(corpus.spans)
    short = corpus.short if known else are_short(corpus.words, corpus.spans)
    return short[pairs[:, 0]] & short[pairs[:, 1]]


def judge_short(corpus: Corpus, pairs: Pairs, weights: NDArray[np.float32]) -> Judged:
    """Those of the pairs that are two short texts, and how surely they are copies, and on one event."""
    rows = np.flatnonzero(two_short(corpus, pairs)) if len(corpus.frames) else np.empty(0, np.int64)
    texts = Texts(corpus.words, corpus.spans, corpus.languages)
    meta = Meta(corpus.days, corpus.sources)
    features = short_features(texts, Tables(weights, corpus.frames), meta, pairs[rows])
    return Judged(rows, short_copy_confidence(features), short_story_confidence(features))
