"""Identical documents, gathered into texts, and which document of several is to be kept."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, Ragged, fresh, runs
from newsclean.duplicates.matching import Corpus
from newsclean.duplicates.metadata import NO_DAY, source_hash
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.sketching import Sketches
from newsclean.settings import DuplicateSettings


class Groups:
    """The different texts of some documents, numbered by date and digest, so that the order of input is irrelevant.

    Documents without words belong to no text. `best[text]` is the document to keep, `counts[text]` is how many there
    are, and `members` has them, best first, from `starts[text]`.
    """

    def __init__(
        self,
        whole: Sketches,
        ids: Sequence[str],
        settings: DuplicateSettings,
        reference: int = 0,
        scratch: Scratch = IN_MEMORY,
    ) -> None:
        """The first `reference` documents are kept before all others."""
        kept = self._kept = scratch.kept
        self.scratch = scratch
        self.sizes = kept(np.diff(whole.bounds).astype(np.int32))
        self.reference = reference
        self.days, self.agencies = whole.days, whole.agencies
        self.ranks = kept(_ranks(_policy(whole, settings, reference, scratch), ids))
        present = np.flatnonzero(whole.digests)
        self.members = kept(present[np.lexsort((self.ranks[present], whole.digests[present]))])
        digests = kept(whole.digests[self.members])
        starts = np.flatnonzero(fresh(digests))
        best = self.members[starts]
        order = np.lexsort((whole.digests[best], whole.days[best]))
        self.best, self.starts = kept(best[order]), kept(starts[order])
        self.counts = kept(np.diff(np.append(starts, len(digests)))[order])

    def corpus(self, whole: Sketches) -> Corpus:
        """The different texts."""
        best, kept = self.best, self._kept
        spans = self.scratch.empty((len(best), 2), np.int64)
        spans[:, 0], spans[:, 1] = whole.bounds[best], whole.bounds[best + 1]
        return Corpus(
            whole.words,
            spans,
            whole.signatures,
            best,
            kept(whole.days[best]),
            kept(whole.languages[best]),
            kept(whole.heads[best].astype(np.int64)),
            kept(np.argsort(self.ranks[best])),
            kept(whole.sources[best]),
            scratch=self.scratch,
        )

    def new(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Which pairs of texts are not two that the reference has."""
        had = self.best < self.reference
        both: NDArray[np.bool_] = had[pairs[:, 0]] & had[pairs[:, 1]]
        return ~both

    def clusters(self, found: Ragged) -> Ragged:
        """All documents of groups of texts, and of texts in none that several documents have, in order of input."""
        told = self.counts == 1
        told[found.values] = True
        texts = np.concatenate([found.values, np.flatnonzero(~told)])
        sizes = np.concatenate([found.sizes, np.ones(len(texts) - len(found.values), np.int64)])
        row, place = runs(self.counts[texts])
        documents, cluster = self.members[self.starts[texts[row]] + place], runs(sizes)[0][row]
        first = np.full(len(sizes), len(self.sizes))
        np.minimum.at(first, cluster, documents)
        order = np.lexsort((documents, first[cluster]))
        starts = np.flatnonzero(np.diff(first[cluster[order]], prepend=-1))
        return Ragged(self._kept(documents[order]), np.append(starts, len(documents)))


def _ranks(policy: Sequence[NDArray[Any]], ids: Sequence[str]) -> NDArray[np.int64]:
    """By document, its place among all: the one to keep first is 0. Of documents alike, that with the lower id."""
    order = in_order(policy, ids.__getitem__)
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def in_order(columns: Sequence[NDArray[Any]], name: Callable[[int], Any]) -> NDArray[np.int64]:
    """The places that sort by the first column, then by the next ones, and at last by what `name` says of a place."""
    order = np.lexsort(tuple(reversed(columns)))
    alike = np.ones(max(0, len(order) - 1), np.bool_)
    for column in columns:
        alike &= ~fresh(column[order])[1:]
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], alike, [False]]).astype(np.int8))).reshape(-1, 2)
    for first, last in bounds.tolist():
        order[first : last + 1] = sorted(order[first : last + 1].tolist(), key=name)
    return order


def _policy(whole: Sketches, settings: DuplicateSettings, reference: int, scratch: Scratch) -> Sequence[NDArray[Any]]:
    """Columns that sort the documents to keep first: had already, of preferred sources, the policy, longest, earliest,
    digest."""
    first = np.full(whole.size, len(settings.preferred_sources) + 1, np.int32)
    for place, source in reversed(list(enumerate(settings.preferred_sources))):
        first[whole.sources == source_hash(source)] = place + 1
    first[:reference] -= len(settings.preferred_sources) + 2
    last = np.iinfo(np.int32).max
    days = {
        "earliest": np.where(whole.days == NO_DAY, last, whole.days),
        "newest": np.where(whole.days == NO_DAY, last, -whole.days),
    }
    chosen = [days[settings.keep]] if settings.keep in days else []
    longest = scratch.kept(-whole.lengths)
    return [*map(scratch.kept, (first, *chosen)), longest, scratch.kept(days["earliest"]), whole.digests.view(np.int64)]
