"""Verification: what exact comparison of a candidate pair says they are."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.candidates import Pairs, copy_candidates, story_candidates
from newsclean.duplicates.model import copy_confidence, story_confidence
from newsclean.duplicates.overlap import FEATURES as OVERLAPS
from newsclean.duplicates.overlap import copy_features
from newsclean.duplicates.salience import learn_weights
from newsclean.duplicates.sketches import NO_DAY
from newsclean.duplicates.vectors import select_salient, story_features
from newsclean.settings import DuplicateSettings

IDENTICAL, NEAR_DUPLICATE, CONTAINED, SAME_STORY = "identical", "near_duplicate", "contained", "same_story"
ALIKE = 0.35  # cosine of all terms from which articles found by their story are compared word by word, too
CONTAINED_RATIO = 0.8  # of lengths, up to which a copy is called contained in the longer article
CONTAINED_SHARE = 0.8  # of the shorter article's shingles that the longer one then holds
FAINT = 0.1  # confidence below which a pair says nothing to a story's average link


class Corpus(NamedTuple):
    """Different articles, numbered by date."""

    words: NDArray[np.uint32]
    spans: NDArray[np.int64]
    """n x 2: where an article's words begin and end."""
    signatures: NDArray[np.uint32]
    days: NDArray[np.int32]
    languages: NDArray[np.uint8]


class Verified(NamedTuple):
    """Pairs of articles that are copies, or that may be on one story."""

    pairs: Pairs
    copy: NDArray[np.float32]
    """Confidence that they are copies."""
    story: NDArray[np.float32]
    """Confidence that they report one event."""
    shared: NDArray[np.float32]
    """Share of the shorter article's shingles that the other one has; 0 where they were not compared word by word."""
    contained: NDArray[np.bool_]
    """Whether the shorter article is contained in the longer one."""


def verify(corpus: Corpus, settings: DuplicateSettings) -> Verified:
    """All pairs of different articles that are copies of each other, and those that may report one event."""
    weights = learn_weights(corpus.words, corpus.spans, corpus.languages)
    copies = copy_candidates(corpus.signatures, settings.bands, settings.rows)
    pairs = copies
    if settings.stories:
        salient = select_salient(corpus.words, corpus.spans, corpus.languages, weights)
        pairs = np.unique(np.concatenate([copies, story_candidates(salient, corpus.days, settings.story_days)]), axis=0)
    terms = story_features(corpus.words, corpus.spans, corpus.languages, weights, pairs)
    alike = np.flatnonzero(terms[:, 0] >= ALIKE)
    words = copy_features(corpus.words, corpus.spans, pairs[alike])
    copy, shared = np.zeros(len(pairs), np.float32), np.zeros(len(pairs), np.float32)
    contained = np.zeros(len(pairs), np.bool_)
    copy[alike] = copy_confidence(words)
    shared[alike] = words[:, 0]
    share, ratio = words[:, OVERLAPS.index("containment")], words[:, OVERLAPS.index("ratio")]
    contained[alike] = (share >= CONTAINED_SHARE) & (ratio <= CONTAINED_RATIO)
    story = story_confidence(terms)
    story[_apart(corpus.days, pairs, settings.story_days)] = 0
    found = (copy >= settings.copy_threshold) | (settings.stories & (story >= FAINT))
    return Verified(pairs[found], copy[found], story[found], shared[found], contained[found])


def _apart(days: NDArray[np.int32], pairs: Pairs, window: int) -> NDArray[np.bool_]:
    """Whether both articles of a pair have a date, and these are more than `window` days apart."""
    left, right = days[pairs[:, 0]].astype(np.int64), days[pairs[:, 1]].astype(np.int64)
    return (left != NO_DAY) & (right != NO_DAY) & (np.abs(right - left) > window)
