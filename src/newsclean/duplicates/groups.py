"""Identical documents, gathered into texts, and which document of several is to be kept."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.sketches import NO_DAY, Sketches, source_hash
from newsclean.duplicates.verify import Corpus
from newsclean.settings import DuplicateSettings


class Groups:
    """The different texts of some documents, numbered by date and digest, so that the order of input is irrelevant.

    Documents without words belong to no text. `best[text]` is the document to keep; `several[document]` lists all
    documents with the same text as a best one, best first, where there are more than one.
    """

    def __init__(self, whole: Sketches, ids: Sequence[str], settings: DuplicateSettings) -> None:
        self.ids = ids
        self.sizes = np.diff(whole.bounds)
        self.policy = _policy(whole, settings)
        self.several: dict[int, list[int]] = {}
        present = np.flatnonzero(whole.digests)
        order = present[np.lexsort((*(column[present] for column in self.policy[::-1]), whole.digests[present]))]
        digests = whole.digests[order]
        starts = np.flatnonzero(np.concatenate([[True], digests[1:] != digests[:-1]])) if len(order) else order
        best = order[starts]  # but for ties between documents that differ in their ids only
        counts = np.diff(np.append(starts, len(order)))
        for group in np.flatnonzero(counts > 1).tolist():
            documents = order[starts[group] : starts[group] + counts[group]].tolist()
            documents.sort(key=self.rank)
            best[group] = documents[0]
            self.several[documents[0]] = documents
        self.best = best[np.lexsort((whole.digests[best], whole.days[best]))]

    def rank(self, document: int) -> tuple[Any, ...]:
        """Sorts the document to keep first."""
        return (*(int(column[document]) for column in self.policy), self.ids[document])

    def documents(self, text: int) -> list[int]:
        """The documents with this text, best first."""
        document = int(self.best[text])
        return self.several.get(document, [document])

    def corpus(self, whole: Sketches) -> Corpus:
        """The different texts."""
        best = self.best
        spans = np.stack([whole.bounds[best], whole.bounds[best + 1]], axis=1)
        order = np.lexsort([column[best] for column in self.policy[::-1]])
        return Corpus(whole.words, spans, whole.signatures[best[order]], whole.days[best], whole.languages[best], order)

    def all(self, texts: Iterable[int]) -> list[int]:
        """All documents of several texts, in order of input."""
        return sorted(document for text in texts for document in self.documents(text))


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
