"""Verification: what exact comparison of candidate pairs says they are.

First copies are found. Then reports on one event are looked for among leaders only: one text of every star of copies,
and all texts that are nobody's copy. Copies share every key there is, so this spares most of the work.
"""

from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Packed, Pairs, Ragged, blocks, columns, joined_columns, packed, settle
from newsclean.duplicates.candidates import copy_candidates, passage_candidates, story_candidates
from newsclean.duplicates.matching.compare import FAINT, compare_terms, compare_words
from newsclean.duplicates.matching.corpus import BORDER, SURE, Corpus, Found, Verified
from newsclean.duplicates.matching.shared_passages import OWN_WORDS, SURE_WORDS, own_words
from newsclean.duplicates.matching.short_pairs import two_short, with_frames
from newsclean.duplicates.matching.stars import stars
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.tfidf import learn_weights, select_salient, shareable
from newsclean.settings import DuplicateSettings

SMALL_STAR = 6  # texts in a star of which all pairs are compared
FLOOR_SHARE = 0.25  # of the shingles that a pair has in common which was compared because of a third text, at least
FLOOR_WORDS = 25  # words in passages, likewise
UNSURE = 0.7  # confidence, at most, of a pair that is named, and not dropped


def verify(corpus: Corpus, met: Pairs, settings: DuplicateSettings) -> Found:
    """All pairs of different texts that are copies of each other, and those that may report one event; `met` are those
    that may be copies."""
    corpus, scratch = with_frames(corpus), corpus.scratch
    compared = compare_words(corpus, _rows(met, ~two_short(corpus, met), scratch))
    copies = _discounted(corpus, compared, settings)
    leaders = np.arange(len(corpus.spans))
    if not settings.stories:
        judged = _short_compared(corpus, met[two_short(corpus, met)])
        copies = Verified.joined([copies, judged.chosen(judged.copy >= settings.copy_threshold, scratch)], scratch)
        border = _border([compared, judged], copies.pairs, scratch) if settings.border else None
        return Found(copies, copies.chosen(np.empty(0, np.int64), scratch), leaders, border=border)
    groups = stars(copies.pairs, corpus.order)
    leaders[groups.values] = np.repeat(groups.heads, groups.sizes)
    stories = _stories(corpus, leaders == np.arange(len(leaders)), met, settings)
    late = stories.chosen(stories.copy >= settings.copy_threshold, scratch)
    completed = _completed(copies.pairs, late.pairs, groups)
    short = two_short(corpus, completed)
    brief = _short_compared(corpus, completed[short])
    others = Verified.joined([compare_words(corpus, completed[~short]), brief], scratch)
    enough = (others.shared >= FLOOR_SHARE) & (others.words >= FLOOR_WORDS) | (others.copy >= SURE)
    fitting = others.chosen(enough & (others.copy >= settings.copy_threshold), scratch)
    copies = Verified.joined([copies, late, fitting], scratch)
    border = _border([compared, stories, others], copies.pairs, scratch) if settings.border else None
    apart = brief.pairs[np.maximum(brief.copy, brief.story) < min(settings.copy_threshold, settings.story_threshold)]
    return Found(copies, stories, leaders, apart, border)


def share_bands(corpus: Corpus, settings: DuplicateSettings) -> Packed:
    """All pairs whose signatures are alike: the only step that reads signatures."""
    scratch = corpus.scratch
    # In this order, the leaders of long runs are the texts that will be kept.
    rows = scratch.kept(corpus.rows[corpus.order])
    places = copy_candidates(corpus.signatures, rows, settings.bands, settings.rows, scratch)
    met = scratch.column(np.uint64)
    for block in blocks(len(places), scratch.rows(16)):
        met.add(packed(corpus.order[places[block]]).astype(np.uint64))
    return met.array()


def meet(corpus: Corpus, banded: Packed) -> Pairs:
    """All pairs that may be copies, sorted: those that `share_bands`, and those that share rare passages."""
    scratch, met = corpus.scratch, corpus.scratch.column(np.uint64)
    for block in blocks(len(banded), scratch.rows(16)):
        met.add(banded[block])
    contained = passage_candidates(corpus.words, corpus.spans, scratch)
    for block in blocks(len(contained), scratch.rows(16)):
        met.add(joined_columns(contained[block]))
    return columns(settle(met.array(), scratch.rows(16)), scratch)


def _rows(pairs: Pairs, chosen: NDArray[np.bool_], scratch: Scratch) -> Pairs:
    """Some of the pairs."""
    found = scratch.column(np.int64)
    for block in blocks(len(pairs), scratch.rows(16)):
        found.add(pairs[block][chosen[block]])
    return found.array().reshape(-1, 2)


def _border(compared: list[Verified], copies: Pairs, scratch: Scratch) -> Verified:
    """Pairs that were compared and nearly taken for copies, each once."""
    close = Verified.joined([each.chosen(each.copy >= BORDER, scratch) for each in compared], scratch)
    keys = packed(close.pairs)
    _, first = np.unique(keys, return_index=True)
    return close.chosen(first[~np.isin(keys[first], packed(copies))], scratch)


def _short_compared(corpus: Corpus, pairs: Pairs) -> Verified:
    """Pairs of short texts, compared token by token."""
    weights = np.zeros(257, np.float32)
    if len(pairs):
        weights = learn_weights(corpus.words, corpus.spans, corpus.languages, corpus.scratch)
    return compare_words(corpus, pairs, weights)


def _discounted(corpus: Corpus, compared: Verified, settings: DuplicateSettings) -> Verified:
    """The copies among compared pairs; less sure, or none, where third documents have most of what they share."""
    likely = compared.copy >= settings.copy_threshold
    copies = compared.chosen(likely, corpus.scratch)
    own = own_words(corpus, compared, likely)
    unsure = np.minimum(copies.copy, np.float32(UNSURE))
    copies.copy[:] = np.where(own < SURE_WORDS, unsure, copies.copy)
    return copies.chosen(own >= OWN_WORDS, corpus.scratch)


def _completed(copies: Pairs, late: Pairs, groups: Ragged) -> Pairs:
    """Pairs not compared yet within small stars of copies, and between stars whose leaders turned out to be copies.

    Copies of one text that share too little with each other to meet (misread letters, other halves) are among them.
    """
    wanted = [np.empty((0, 2), np.int64)]
    starts = groups.bounds[:-1]
    for size in range(2, SMALL_STAR + 1):
        members = groups.values[starts[groups.sizes == size][:, None] + np.arange(size)]
        wanted += [members[:, ends] for ends in combinations(range(size), 2)]
    heads = np.argsort(groups.heads)
    for left, right in late.tolist():
        ones, twos = (_star(groups, heads, leader) for leader in (left, right))
        wanted.append(np.array(list(product(ones, twos)), np.int64))
    known, asked = (packed(np.concatenate(pairs)) for pairs in ((copies, late), wanted))
    return columns(np.setdiff1d(asked, known).astype(np.uint64), IN_MEMORY)


def _star(groups: Ragged, heads: NDArray[np.int64], leader: int) -> list[int]:
    """The first texts of the star around a text, itself the first; `heads` are stars in order of their leaders."""
    place = int(np.searchsorted(groups.heads, leader, sorter=heads))
    if place < len(heads) and groups.heads[heads[place]] == leader:
        start, end = groups.bounds[heads[place]], groups.bounds[heads[place] + 1]
        return list(map(int, groups.values[start : min(end, start + SMALL_STAR)]))
    return [leader]


def _stories(corpus: Corpus, leading: NDArray[np.bool_], met: Pairs, settings: DuplicateSettings) -> Verified:
    """Pairs of leaders that may report one event, or are copies that share no band.

    Pairs that have `met` as possible copies are looked at, too: of long texts, a few salient terms say little.
    """
    scratch, leaders = corpus.scratch, np.flatnonzero(leading)
    spans, languages = scratch.kept(corpus.spans[leaders]), corpus.languages[leaders]
    weights = learn_weights(corpus.words, spans, languages, scratch)
    salient = select_salient(corpus.words, spans, languages, shareable(weights), scratch)
    reports = story_candidates(salient, corpus.days[leaders], settings.story_days, scratch)
    found = scratch.column(np.uint64)
    for block in blocks(len(reports), scratch.rows(16)):
        found.add(joined_columns(leaders[reports[block]]))
    for block in blocks(len(met), scratch.rows(16)):
        own = met[block]
        found.add(joined_columns(own[leading[own].all(axis=1)]))
    pairs = columns(settle(found.array(), scratch.rows(16)), scratch)
    compared = compare_terms(corpus, pairs, weights, settings)
    return compared.chosen(compared.story >= FAINT, scratch)


def surely(copies: Verified, settings: DuplicateSettings) -> NDArray[np.bool_]:
    """Whether pairs are copies surely enough to drop one of them."""
    least = settings.copy_threshold if settings.drop == "likely" else max(SURE, settings.copy_threshold)
    sure: NDArray[np.bool_] = copies.copy >= least
    return sure
