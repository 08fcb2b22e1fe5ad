"""Identical documents, gathered into texts, and which document of several is to be kept."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, fresh, runs
from newsclean.duplicates.matching import Corpus
from newsclean.duplicates.metadata import NO_DAY, source_hash
from newsclean.duplicates.sketching import Sketches
from newsclean.settings import DuplicateSettings


class Groups:
    """The different texts of some documents, numbered by date and digest, so that the order of input is irrelevant.

    Documents without words belong to no text. `best[text]` is the document to keep, `counts[text]` is how many there
    are, and `members` has them, best first, from `starts[text]`.
    """

    def __init__(self, whole: Sketches, ids: Sequence[str], settings: DuplicateSettings, reference: int = 0) -> None:
        """The first `reference` documents are kept before all others."""
        self.ids = ids
        self.sizes = np.diff(whole.bounds)
        self.reference = reference
        self.days = whole.days
        self.policy = (np.arange(whole.size) >= reference).astype(np.int64), *_policy(whole, settings)
        self.ranks = _ranks(self.policy, ids)
        present = np.flatnonzero(whole.digests)
        self.members = present[np.lexsort((self.ranks[present], whole.digests[present]))]
        digests = whole.digests[self.members]
        starts = np.flatnonzero(fresh(digests))
        best = self.members[starts]
        order = np.lexsort((whole.digests[best], whole.days[best]))
        self.best, self.starts = best[order], starts[order]
        self.counts = np.diff(np.append(starts, len(digests)))[order]

    def corpus(self, whole: Sketches) -> Corpus:
        """The different texts."""
        best = self.best
        spans = np.stack([whole.bounds[best], whole.bounds[best + 1]], axis=1)
        order = np.lexsort([column[best] for column in self.policy[::-1]])
        return Corpus(
            whole.words,
            spans,
            whole.signatures,
            best,
            whole.days[best],
            whole.languages[best],
            whole.heads[best].astype(np.int64),
            order,
            whole.sources[best],
        )

    def new(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Which pairs of texts are not two that the reference has."""
        had = self.best < self.reference
        both: NDArray[np.bool_] = had[pairs[:, 0]] & had[pairs[:, 1]]
        return ~both

    def clusters(self, found: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All documents of groups of texts, and of texts in none that several documents have, in order of input: the
        documents of one cluster after the other, and where each cluster begins."""
        grouped = np.fromiter(chain.from_iterable(found), np.int64)
        told = self.counts == 1
        told[grouped] = True
        texts = np.concatenate([grouped, np.flatnonzero(~told)])
        sizes = np.concatenate([np.fromiter(map(len, found), np.int64), np.ones(len(texts) - len(grouped), np.int64)])
        row, place = runs(self.counts[texts])
        documents, cluster = self.members[self.starts[texts[row]] + place], runs(sizes)[0][row]
        first = np.full(len(sizes), len(self.sizes))
        np.minimum.at(first, cluster, documents)
        order = np.lexsort((documents, first[cluster]))
        return documents[order], np.flatnonzero(np.diff(first[cluster[order]], prepend=-1))


def _ranks(policy: tuple[NDArray[np.int64], ...], ids: Sequence[str]) -> NDArray[np.int64]:
    """By document, its place among all: the one to keep first is 0. Of documents alike, that with the lower id."""
    order = np.lexsort(policy[::-1])
    alike = np.ones(max(0, len(order) - 1), np.bool_)
    for column in policy:
        alike &= column[order[1:]] == column[order[:-1]]
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], alike, [False]]).astype(np.int8))).reshape(-1, 2)
    for first, last in bounds.tolist():
        order[first : last + 1] = sorted(order[first : last + 1].tolist(), key=ids.__getitem__)
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _policy(whole: Sketches, settings: DuplicateSettings) -> tuple[NDArray[np.int64], ...]:
    """Columns that sort the documents to keep first: preferred sources, the policy, longest, earliest, digest."""
    preferred = np.full(whole.size, len(settings.preferred_sources), np.int64)
    for place, source in reversed(list(enumerate(settings.preferred_sources))):
        preferred[whole.sources == source_hash(source)] = place
    days = whole.days.astype(np.int64)
    earliest = np.where(days == NO_DAY, np.iinfo(np.int64).max, days)
    newest = np.where(days == NO_DAY, np.iinfo(np.int64).max, -days)
    longest = -whole.lengths.astype(np.int64)
    first = {"longest": longest, "earliest": earliest, "newest": newest}[settings.keep]
    return preferred, first, longest, earliest, whole.digests.view(np.int64)
