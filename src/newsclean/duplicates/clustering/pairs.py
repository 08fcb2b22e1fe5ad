"""Named pairs of documents from verified pairs of texts, bounded where many documents have one text."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Ragged, packed, runs
from newsclean.duplicates.clustering.identical import Groups
from newsclean.duplicates.clustering.raw_pairs import Boilerplate
from newsclean.duplicates.matching import BORDER, Found, Verified
from newsclean.duplicates.results import (
    BORDER_COPY,
    BORDER_STORY,
    CONTAINED,
    IDENTICAL,
    NEAR_DUPLICATE,
    RELATIONS,
    SAME_STORY,
    SHARED_BOILERPLATE,
    NumberedPairs,
)
from newsclean.duplicates.scratch import Scratch
from newsclean.duplicates.sorting import order_of

EXPANDED = 8  # documents with one text, or texts in one star of copies, of which every one is paired
_COMBINATIONS = np.array(sorted(combinations(range(EXPANDED), 2), key=lambda pair: pair[1]))  # first those of few
Numbers = NDArray[np.int64]
Similarity = Callable[[Numbers], NDArray[np.float32]]


class _Rows:
    """Pairs of documents, in columns."""

    def __init__(self) -> None:
        self.parts: list[tuple[NDArray[Any], ...]] = []

    def add(self, documents: Numbers, relations: Any, similarity: Any, story: Any, copy: Any) -> None:
        """Add pairs (n x 2), their relations as places in `RELATIONS`, and their three scores, or one of all."""
        columns = (np.broadcast_to(column, len(documents)) for column in (relations, similarity, story, copy))
        self.parts.append((documents[:, 0], documents[:, 1], *columns))

    def known(self) -> Numbers:
        """All pairs, each as one number."""
        return np.concatenate([packed(np.stack(part[:2], axis=1)) for part in self.parts])

    def in_order(self, scratch: Scratch) -> NumberedPairs:
        """All pairs, in order of input."""
        known, room = self.known(), scratch.rows(16)
        order = order_of(known & 0xFFFFFFFF, room)
        order = scratch.kept(order[order_of(known[order] >> 32, room)])
        kinds = (np.int64, np.int64, np.uint8, np.float64, np.float64, np.float64)
        columns = []
        for column, kind in zip(zip(*self.parts, strict=True), kinds, strict=True):
            columns.append(scratch.kept(np.concatenate(column).astype(kind, copy=False)[order]))
        return NumberedPairs(*columns)


def name_pairs(
    found: Found,
    stars: Ragged,
    stories: Ragged,
    boilerplate: Boilerplate | None,
    groups: Groups,
    similarity: Similarity,
    story_threshold: float,
) -> NumberedPairs:
    """All pairs in order of input; every document that is dropped has one with the document that is kept for it.

    Reports are paired that are in one story; short texts also where they alone are one event, and did not join on
    average. `similarity` measures pairs of texts that were named because of others, and not compared.

    Pairs by `boilerplate` are named where documents are not paired for a better reason.
    """
    rows = _Rows()
    rows.add(_identical(groups), RELATIONS.index(IDENTICAL), 1.0, 1.0, 1.0)
    _add_copies(rows, found.copies, stars, groups)
    own = found.stories.short & (found.stories.story >= story_threshold)
    _add_stories(rows, found, own | _in_one_story(found, stories), groups, similarity)
    if boilerplate is not None:
        fresh = ~np.isin(packed(boilerplate.pairs), rows.known())
        kind = RELATIONS.index(SHARED_BOILERPLATE)
        rows.add(boilerplate.pairs[fresh], kind, boilerplate.shared[fresh], 0.0, 0.0)
    if found.border is not None:
        _add_border(rows, found, found.border, groups)
    return rows.in_order(groups.scratch)


def _products(sizes: Numbers) -> tuple[Numbers, Numbers]:
    """For pairs of runs (n x 2 sizes), every pair of elements: the row it belongs to, and both places (m x 2)."""
    row, place = runs(sizes[:, 0] * sizes[:, 1])
    return row, np.stack(np.divmod(place, sizes[row, 1]), axis=1)


def _identical(groups: Groups) -> Numbers:
    """The first documents of every text with each other, then each with the best one."""
    first = np.minimum(groups.counts, EXPANDED)
    text, place = runs(first * (first - 1) // 2)
    later, further = runs(groups.counts - first)
    pairs = [
        groups.members[groups.starts[text][:, None] + _COMBINATIONS[place]],
        groups.members[groups.starts[later][:, None] + np.stack([np.zeros_like(further), further + EXPANDED], axis=1)],
    ]
    return np.sort(np.concatenate(pairs), axis=1)


def _documents(texts: Numbers, groups: Groups) -> tuple[Numbers, Numbers]:
    """The first documents of pairs of texts, each with each: the row of `texts` that they belong to, and the pairs."""
    row, places = _products(np.minimum(groups.counts, EXPANDED)[texts])
    return row, groups.members[groups.starts[texts[row]] + places]


def _add_copies(rows: _Rows, copies: Verified, stars: Ragged, groups: Groups) -> None:
    """Pairs of copies; of a contained pair the one with fewer words first."""
    centre = np.full(len(groups.best), -1)
    centre[stars.values] = np.repeat(stars.heads, stars.sizes)
    parts = [_documents(copies.pairs, groups)]
    for side in range(2):  # all documents of a text have a pair with the one that is kept for them
        text, other = copies.pairs[:, side], copies.pairs[:, 1 - side]
        many = np.flatnonzero((centre[text] == other) & (groups.counts[text] > EXPANDED))
        run, place = runs(groups.counts[text[many]] - EXPANDED)
        row = many[run]
        documents = groups.members[groups.starts[text[row]] + EXPANDED + place]
        parts.append((row, np.stack([documents, groups.best[other[row]]], axis=1)))
    row, documents = (np.concatenate(column) for column in zip(*parts, strict=True))
    documents, contained = np.sort(documents, axis=1), copies.contained[row]
    longer = groups.sizes[documents[:, 0]] > groups.sizes[documents[:, 1]]
    documents = np.where((contained & longer)[:, None], documents[:, ::-1], documents)
    kinds = np.where(contained, RELATIONS.index(CONTAINED), RELATIONS.index(NEAR_DUPLICATE))
    rows.add(documents, kinds, copies.shared[row], copies.story[row], copies.copy[row])


def _in_one_story(found: Found, stories: Ragged) -> NDArray[np.bool_]:
    """Which pairs of leaders are in one story."""
    story = np.full(len(found.leaders), -1)
    if len(stories.sizes):
        story[stories.values] = np.repeat(stories.heads, stories.sizes)
    ends = story[found.stories.pairs]
    same: NDArray[np.bool_] = (ends[:, 0] == ends[:, 1]) & (ends[:, 0] >= 0)
    return same


def _add_stories(rows: _Rows, found: Found, named: NDArray[np.bool_], groups: Groups, similarity: Similarity) -> None:
    """The pairs of leaders that are `named`, with all who follow them, and of the followers of one leader."""
    told = np.flatnonzero(named)
    # Texts by their leader, the leader itself first.
    leads = found.leaders == np.arange(len(found.leaders))
    texts = np.lexsort((~leads, found.leaders))
    counts = np.bincount(found.leaders, minlength=len(found.leaders))
    starts, first = np.cumsum(counts) - counts, np.minimum(counts, EXPANDED)
    pairs = found.stories.pairs[told]
    row, places = _products(first[pairs])
    star, place = runs(first * (first - 1) // 2)
    # Those who follow one leader are copies of one text, but may not have been verified as copies of each other.
    every = np.concatenate([texts[starts[pairs[row]] + places], texts[starts[star][:, None] + _COMBINATIONS[place]]])
    confidence = np.concatenate([found.stories.story[told][row], np.ones(len(star))])
    fresh = ~np.isin(packed(every), packed(np.concatenate([found.copies.pairs, found.apart])))
    every, confidence = every[fresh], confidence[fresh]
    shared, copy = (
        np.concatenate([column[told][row], np.zeros(len(star))])[fresh]
        for column in (found.stories.shared, found.stories.copy)
    )
    led = (found.leaders[every] == every).all(axis=1)
    shared[~led | (shared == 0)] = similarity(np.sort(every[~led | (shared == 0)], axis=1))
    copy[~led] = 0
    row, documents = _documents(every, groups)
    rows.add(np.sort(documents, axis=1), RELATIONS.index(SAME_STORY), shared[row], confidence[row], copy[row])


def _add_border(rows: _Rows, found: Found, close: Verified, groups: Groups) -> None:
    """Pairs of texts that are not named, and nearly were; of each text the document to keep stands for all."""
    for verified, kind in ((close, BORDER_COPY), (found.stories, BORDER_STORY)):
        documents = np.sort(groups.best[verified.pairs], axis=1)
        fresh = ~np.isin(packed(documents), rows.known()) & (np.maximum(verified.copy, verified.story) >= BORDER)
        scores = (column[fresh] for column in (verified.shared, verified.story, verified.copy))
        rows.add(documents[fresh], RELATIONS.index(kind), *scores)
