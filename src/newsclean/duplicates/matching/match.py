"""Verification: what exact comparison of candidate pairs says they are.

First copies are found; then reports on one event are looked for among leaders only, that is among one text of every
star of copies and all texts that are nobody's copy. Copies share every key there is, so that this spares most of the
work.
"""

from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, packed, unpacked
from newsclean.duplicates.candidates import copy_candidates, passage_candidates, story_candidates
from newsclean.duplicates.comparison import (
    CopyFeature,
    copy_confidence,
    copy_features,
    story_among_competitors,
    story_confidence,
    story_features,
    texts_of,
)
from newsclean.duplicates.matching.corpus import BORDER, SURE, Corpus, Found, Verified
from newsclean.duplicates.matching.shared_passages import OWN_WORDS, SURE_WORDS, own_words
from newsclean.duplicates.matching.short_pairs import Judged, judge_short, two_short, with_frames
from newsclean.duplicates.matching.stars import stars
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.tfidf import learn_weights, select_salient, shareable
from newsclean.settings import DuplicateSettings

ALIKE = 0.25  # cosine of terms from which reports are compared word by word, too: .35 missed 1 % of the copies
CONTAINED_RATIO = 0.8  # of lengths, up to which a copy is called contained in the longer article
CONTAINED_SHARE = 0.8  # of the shorter article's shingles that the longer one then holds
SMALL_STAR = 6  # texts in a star of which all pairs are compared
FLOOR_SHARE = 0.25  # of the shingles that a pair has in common which was compared because of a third text, at least
FLOOR_WORDS = 25  # words in passages, likewise
UNSURE = 0.7  # confidence, at most, of a pair that is named, and not dropped
FAINT = 0.1  # confidence below which a pair says nothing to a story's average link


def verify(corpus: Corpus, settings: DuplicateSettings) -> Found:
    """All pairs of different texts that are copies of each other, and those that may report one event."""
    corpus = with_frames(corpus)
    # In this order, the leaders of long runs are the texts that will be kept.
    pairs = corpus.order[copy_candidates(corpus.signatures, corpus.rows[corpus.order], settings.bands, settings.rows)]
    contained = passage_candidates(corpus.words, corpus.spans)
    met = np.unique(np.concatenate([np.sort(pairs, axis=1), contained]), axis=0)
    short = two_short(corpus, met)
    compared = compare_words(corpus, met[~short])
    copies = _discounted(corpus, compared, settings)
    leaders = np.arange(len(corpus.spans))
    if not settings.stories:
        judged = _short_compared(corpus, met[short])
        copies = _joined([copies, _select(judged, judged.copy >= settings.copy_threshold)])
        border = _border([compared, judged], copies.pairs) if settings.border else None
        return Found(copies, _select(copies, np.zeros(len(copies.pairs), np.bool_)), leaders, border)
    followers: dict[int, list[int]] = {}
    for group in stars(copies.pairs, corpus.order):
        leaders[group] = group[0]
        followers[group[0]] = group[1:]
    stories = _stories(corpus, leaders == np.arange(len(leaders)), met, settings)
    late = _select(stories, stories.copy >= settings.copy_threshold)
    completed = _completed(copies.pairs, late.pairs, followers)
    others = compare_words(corpus, completed[~two_short(corpus, completed)])
    enough = (others.shared >= FLOOR_SHARE) & (others.words >= FLOOR_WORDS) | (others.copy >= SURE)
    fitting = _select(others, enough & (others.copy >= settings.copy_threshold))
    copies = _joined([copies, late, fitting])
    border = _border([compared, stories, others], copies.pairs) if settings.border else None
    return Found(copies, stories, leaders, border)


def _joined(parts: list[Verified]) -> Verified:
    """All pairs of several parts."""
    columns: list[tuple[Any, ...]] = list(zip(*parts, strict=True))
    return Verified(*map(np.concatenate, columns))


def _border(compared: list[Verified], copies: Pairs) -> Verified:
    """Pairs that were compared and nearly taken for copies, each once."""
    close = _joined([_select(each, each.copy >= BORDER) for each in compared])
    keys = packed(close.pairs)
    _, first = np.unique(keys, return_index=True)
    return _select(close, first[~np.isin(keys[first], packed(copies))])


def _short_compared(corpus: Corpus, pairs: Pairs) -> Verified:
    """Pairs of short texts, compared token by token."""
    weights = learn_weights(corpus.words, corpus.spans, corpus.languages) if len(pairs) else np.zeros(257, np.float32)
    return compare_words(corpus, pairs, weights)


def _discounted(corpus: Corpus, compared: Verified, settings: DuplicateSettings) -> Verified:
    """The copies among compared pairs; less sure, or none, where third documents have most of what they share."""
    likely = compared.copy >= settings.copy_threshold
    copies = _select(compared, likely)
    own = own_words(corpus, compared, likely)
    unsure = np.minimum(copies.copy, np.float32(UNSURE))
    copies = copies._replace(copy=np.where(own < SURE_WORDS, unsure, copies.copy))
    return _select(copies, own >= OWN_WORDS)


def _completed(copies: Pairs, late: Pairs, followers: dict[int, list[int]]) -> Pairs:
    """Pairs not compared yet within small stars of copies, and between stars whose leaders turned out to be copies.

    Copies of one text that share too little with each other to meet (misread letters, other halves) are among them.
    """
    wanted = [np.empty((0, 2), np.int64)]
    for size in range(2, SMALL_STAR + 1):
        stars_of = np.array(
            [(leader, *texts) for leader, texts in followers.items() if len(texts) + 1 == size], np.int64
        )
        wanted += [stars_of.reshape(-1, size)[:, ends] for ends in combinations(range(size), 2)]
    for left, right in late.tolist():
        ones, twos = ((leader, *followers.get(leader, ()))[:SMALL_STAR] for leader in (left, right))
        wanted.append(np.array(list(product(ones, twos)), np.int64))
    known, asked = (np.sort(np.concatenate(pairs), axis=1) for pairs in ((copies, late), wanted))
    packed = np.setdiff1d(asked[:, 0] << 32 | asked[:, 1], known[:, 0] << 32 | known[:, 1])
    return np.stack([packed >> 32, packed & 0xFFFFFFFF], axis=1)


def compare_words(corpus: Corpus, pairs: Pairs, weights: NDArray[np.float32] | None = None) -> Verified:
    """Pairs, compared word by word; two short texts token by token, if the `weights` of terms are given."""
    words = copy_features(texts_of(corpus.words, corpus.spans, corpus.heads), corpus.languages, pairs)
    share, ratio = words[:, CopyFeature.CONTAINMENT], words[:, CopyFeature.RATIO]
    contained = (share >= CONTAINED_SHARE) & (ratio <= CONTAINED_RATIO)
    copy = copy_confidence(words)
    if weights is not None:
        judged = judge_short(corpus, pairs, weights)
        copy[judged.rows] = judged.copy
    # What a story's terms would say of copies is not asked: they report one event as surely as they are copies.
    return Verified(pairs, copy, copy, share, words[:, CopyFeature.SHARED], contained)


def _stories(corpus: Corpus, leading: NDArray[np.bool_], met: Pairs, settings: DuplicateSettings) -> Verified:
    """Pairs of leaders that may report one event, or are copies that share no band.

    Pairs that have `met` as possible copies are looked at, too: of long texts, a few salient terms say little.
    """
    leaders = np.flatnonzero(leading)
    weights = learn_weights(corpus.words, corpus.spans[leaders], corpus.languages[leaders])
    salient = select_salient(corpus.words, corpus.spans[leaders], corpus.languages[leaders], shareable(weights))
    pairs = leaders[story_candidates(salient, corpus.days[leaders], settings.story_days)]
    pairs = unpacked(
        [(each[:, 0] << 32 | each[:, 1]).astype(np.uint64) for each in (pairs, met[leading[met].all(axis=1)])]
    )
    return _select(compared := compare_terms(corpus, pairs, weights, settings), compared.story >= FAINT)


def compare_terms(corpus: Corpus, pairs: Pairs, weights: NDArray[np.float32], settings: DuplicateSettings) -> Verified:
    """Pairs, compared by their terms, and word by word where these are alike."""
    terms = story_features(corpus.words, corpus.spans, corpus.languages, weights, pairs)
    story = story_confidence(terms)
    apart = _apart(corpus.days, pairs, settings.story_days)
    story[apart] = 0
    story = story_among_competitors(pairs, story)
    judged = judge_short(corpus, pairs, weights)
    story[judged.rows] = judged.story
    story[apart] = 0
    alike = np.flatnonzero(_worth_comparing(terms, judged))
    close = compare_words(corpus, pairs[alike])
    copy, shared, words = (np.zeros(len(pairs), np.float32) for _ in range(3))
    contained = np.zeros(len(pairs), np.bool_)
    copy[alike], shared[alike], contained[alike] = close.copy, close.shared, close.contained
    copy[judged.rows] = judged.copy
    words[alike] = close.words
    return Verified(pairs, copy, np.maximum(story, copy), shared, words, contained)


def droppable(copies: Verified, settings: DuplicateSettings) -> Pairs:
    """The pairs of which one text may be dropped for the other."""
    least = settings.copy_threshold if settings.drop == "likely" else max(SURE, settings.copy_threshold)
    return copies.pairs[copies.copy >= least]


def _worth_comparing(terms: NDArray[np.float32], judged: Judged) -> NDArray[np.bool_]:
    """Which pairs are compared word by word: those whose terms are alike, and short ones that are something."""
    alike: NDArray[np.bool_] = terms[:, 0] >= ALIKE
    alike[judged.rows] = np.maximum(judged.copy, judged.story) >= FAINT
    return alike


def _select(verified: Verified, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Verified:
    """Some of the pairs."""
    columns: tuple[NDArray[Any], ...] = tuple(verified)
    return Verified(*(column[rows] for column in columns))


def _apart(days: NDArray[np.int32], pairs: Pairs, window: int) -> NDArray[np.bool_]:
    """Whether both articles of a pair have a date, and these are more than `window` days apart."""
    left, right = days[pairs[:, 0]].astype(np.int64), days[pairs[:, 1]].astype(np.int64)
    distant: NDArray[np.bool_] = (left != NO_DAY) & (right != NO_DAY) & (np.abs(right - left) > window)
    return distant
