"""Pairs of short texts, which models of their own judge.

A text of a few sentences has passages, as articles have. So the model of articles says whether two such texts are
copies, and what vetoes copies of headlines vetoes them, too. It must be surer of them than of articles: newsletters of
one frame share all but their headlines.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs
from newsclean.duplicates.comparison import copy_confidence, copy_features, texts_of
from newsclean.duplicates.matching.corpus import BORDER, Corpus
from newsclean.duplicates.short import (
    Meta,
    ShortFeature,
    Tables,
    Texts,
    are_short,
    count_frames,
    have_other_facts,
    short_copy_confidence,
    short_features,
    short_story_confidence,
    vetoed,
)

SENTENCES = 25  # words of the shorter text from which there are passages to compare; an ideograph counts as half
BRIEF_ODDS = np.float32(1.5)
"""How much lower the odds of articles are for such texts: confidence .6 of articles is .5 of theirs. No labelled copy
lies between, with sources left out, and three that are none."""


class Judged(NamedTuple):
    """What short texts are to each other."""

    rows: NDArray[np.int64]
    """Which of the pairs given are two short texts."""
    copy: NDArray[np.float32]
    story: NDArray[np.float32]
    articles: NDArray[np.bool_]
    """Which of them were compared as articles are."""
    vetoed: NDArray[np.bool_]
    """Which of them are no copies, however alike."""


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
    copy, no_copies = short_copy_confidence(features), vetoed(features)
    share = 1 - features[:, ShortFeature.IDEOGRAPHS] / 2
    articles = features[:, ShortFeature.SHORTER] * share >= SENTENCES
    copy[articles] = np.where(no_copies[articles], 0, _as_articles(corpus, pairs[rows[articles]]))
    return Judged(rows, copy, short_story_confidence(features), articles, no_copies)


def are_other_reports(corpus: Corpus, pairs: Pairs, copy: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which pairs, of those that have some confidence as copies, are brief texts with other facts, and so no copies."""
    found = np.zeros(len(pairs), np.bool_)
    rows = np.flatnonzero(copy >= BORDER)
    found[rows] = have_other_facts(Texts(corpus.words, corpus.spans, corpus.languages), pairs[rows])
    return found


def _as_articles(corpus: Corpus, pairs: Pairs) -> NDArray[np.float32]:
    """Confidence that pairs are copies, by the passages that they share."""
    words = copy_features(texts_of(corpus.words, corpus.spans, corpus.heads), corpus.languages, pairs)
    return brief_confidence(copy_confidence(words))


def brief_confidence(copy: NDArray[Any]) -> NDArray[Any]:
    """What is said of texts of a few sentences, where so much would be said of articles."""
    return copy / (copy + BRIEF_ODDS * (1 - copy))
