"""A persistent index of sketches: today's articles against those of the last days, in one SQLite file.

One process writes, any number read at the same time (SQLite's write-ahead log). A batch is written in one transaction,
so that a process that is killed leaves whole batches; adding a batch again replaces what is there of it, so that
nothing is lost and nothing doubled. The index stores sketches, never texts.
"""

import datetime
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates import sketches as sk
from newsclean.duplicates.candidates import band_keys
from newsclean.duplicates.pairs import CONTAINED, IDENTICAL, NEAR_DUPLICATE, SAME_STORY
from newsclean.duplicates.results import Pair
from newsclean.duplicates.salience import blend, count_terms
from newsclean.duplicates.salient_pairs import KEY_TERMS
from newsclean.duplicates.store import SLOTS, Statistics, Store
from newsclean.duplicates.vectors import select_salient
from newsclean.duplicates.verify import Corpus, compare_terms, compare_words
from newsclean.errors import InputError
from newsclean.settings import DuplicateSettings

_BATCH = 500  # articles in one transaction; what they are compared with is in memory at once, about 100 MB
_SHARED_BAND = 8  # articles looked up for one band: the oldest, as in candidates.LEADERS
_SHARED_TERM = 256  # articles looked up for one salient term: the newest within the window
_REPORTS = 40  # articles compared exactly because of their salient terms, those that share most of them

Document = str | Mapping[str, Any]


class IndexInfo(NamedTuple):
    """What an index holds."""

    articles: int
    first_day: datetime.date | None
    last_day: datetime.date | None
    bytes: int
    settings: DuplicateSettings


class DuplicateIndex:
    """Sketches of articles in a file, to find the copies of, and reports on the event of, new ones.

    A file that does not exist is made; one that exists must have been made with the same bands and rows.

    Raises:
        InputError: the file is not an index, or of another version or with other bands or rows.
    """

    def __init__(self, path: str | os.PathLike[str], settings: DuplicateSettings = DuplicateSettings()) -> None:
        self.path = os.fspath(path)
        self.settings = settings
        try:
            self._store = Store(self.path, settings)
        except sqlite3.Error as error:
            raise InputError(f"cannot use {self.path} as an index: {error}") from error

    def __enter__(self) -> "DuplicateIndex":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def add(self, documents: Iterable[Document]) -> list[Pair]:
        """Put articles into the index; pairs of each with all that were there before it, older first.

        Every article needs an `id`; one whose id is there already is replaced. Of a `contained` pair the contained
        article comes first. An article with the same words as one in the index is paired with that one only.

        Raises:
            TypeError: a document has no text or no id.
        """
        pairs: list[Pair] = []
        for batch in _batches(documents):
            latest = {_identifier(document): document for document in batch}
            with self._store.writing():
                pairs += self._add(list(latest), sk.sketch_batch(list(latest.values()), self.settings))
        return pairs

    def query(self, documents: Iterable[Document]) -> list[Pair]:
        """Pairs of the articles of the index (left, unless contained in it) and `documents`, which are not put into it.

        Documents without an id are named by their position.
        """
        pairs: list[Pair] = []
        seen = 0
        for batch in _batches(documents):
            names = [
                str(seen + at) if isinstance(document, str) or document.get("id") is None else str(document["id"])
                for at, document in enumerate(batch)
            ]
            seen += len(batch)
            new = sk.sketch_batch(batch, self.settings)
            with self._store.reading():
                weights = self._weights(self._store.statistics())
                pairs += self._pairs(names, new, weights, [self._store.last() + 1] * new.size)
        return pairs

    def evict(self, before: datetime.date | str) -> int:
        """Remove the articles dated, or if they have no date added, before a day; returns how many.

        Raises:
            ValueError: `before` is not a date.
        """
        day = sk.day_of(before)
        if day == sk.NO_DAY:
            raise ValueError(f"before must be a date or a string YYYY-MM-DD, got {before!r}")
        removed = 0
        while True:
            with self._store.writing():
                numbers = self._store.older(day, _BATCH)
                self._remove(numbers)
            removed += len(numbers)
            if len(numbers) < _BATCH:
                return removed

    def info(self) -> IndexInfo:
        """How many articles there are, of which days, and how large the file is."""
        with self._store.reading():
            count, first, last = self._store.extent()
        days = [None if day is None else datetime.date.fromordinal(day) for day in (first, last)]
        return IndexInfo(count, days[0], days[1], os.path.getsize(self.path), self.settings)

    def _add(self, names: Sequence[str], new: sk.Sketches) -> list[Pair]:
        """Write one batch and find its pairs."""
        self._remove(self._store.numbers(names))
        statistics = self._count(self._store.statistics(), new, 1)
        weights = self._weights(statistics)
        first = self._store.last() + 1
        self._store.insert(names, new, first, self._keys(new), self._terms(new, weights))
        self._store.save_statistics(statistics)
        return self._pairs(names, new, weights, range(first, first + new.size))

    def _remove(self, numbers: Sequence[int]) -> None:
        """Delete articles with all their keys."""
        if not numbers:
            return
        old = self._store.load(numbers)
        self._store.save_statistics(self._count(self._store.statistics(), old, -1))
        self._store.delete(numbers, self._bands(old))

    def _count(self, statistics: Statistics, changed: sk.Sketches, sign: int) -> Statistics:
        """Document frequencies after articles came or went."""
        counts = count_terms(changed.words, changed.spans, changed.languages, SLOTS)
        articles = np.bincount(changed.languages, minlength=256)
        return Statistics(statistics.counts + sign * counts.astype(np.int64), statistics.articles + sign * articles)

    def _weights(self, statistics: Statistics) -> NDArray[np.float32]:
        return blend(np.maximum(statistics.counts, 0).astype(np.uint32), np.maximum(statistics.articles, 0))

    def _keys(self, new: sk.Sketches) -> list[tuple[int, ...]]:
        """Band keys of each article; none where the same text is in the index, which is found by its digest."""
        kept: list[tuple[int, ...]] = []
        seen = {0}
        for row, digest in zip(self._bands(new), new.digests.tolist(), strict=True):
            kept.append(() if digest in seen or self._store.with_digest(digest) else row)
            seen.add(digest)
        return kept

    def _bands(self, sketches: sk.Sketches) -> list[tuple[int, ...]]:
        """Band keys of each article."""
        shape = self.settings.bands, self.settings.rows
        return list(
            zip(
                *(keys.tolist() for keys in band_keys(sketches.signatures, np.arange(sketches.size), *shape)),
                strict=True,
            )
        )

    def _terms(self, new: sk.Sketches, weights: NDArray[np.float32]) -> list[list[int]]:
        """The most salient terms of each article."""
        terms = select_salient(new.words, new.spans, new.languages, weights).terms[:, :KEY_TERMS]
        return [[term for term in row if term] for row in terms.tolist()]

    def _pairs(
        self, names: Sequence[str], new: sk.Sketches, weights: NDArray[np.float32], limits: Sequence[int]
    ) -> list[Pair]:
        """Pairs of articles with those of the index whose numbers are below each one's limit."""
        terms, days, bands = self._terms(new, weights), new.days.tolist(), self._bands(new)
        edges: list[tuple[int, int]] = []  # number of an article of the index, row of a new one
        found: list[tuple[int, int, Pair]] = []
        for row, (digest, limit) in enumerate(zip(new.digests.tolist(), limits, strict=True)):
            same = self._store.with_digest(digest, limit) if digest else None
            if same is not None:
                found.append((row, same, Pair(self._store.name(same), names[row], IDENTICAL, 1.0, 1.0)))
            elif digest:
                numbers = self._store.sharing_bands(bands[row], limit, _SHARED_BAND)
                if self.settings.stories:
                    window = None if days[row] == sk.NO_DAY else self.settings.story_days
                    numbers |= self._store.sharing_terms(terms[row], days[row], window, limit, _SHARED_TERM, _REPORTS)
                edges += ((number, row) for number in sorted(numbers))
        found += self._compared(edges, names, new, weights)
        return [pair for _, _, pair in sorted(found, key=lambda item: item[:2])]

    def _compared(
        self, edges: list[tuple[int, int]], names: Sequence[str], new: sk.Sketches, weights: NDArray[np.float32]
    ) -> Iterator[tuple[int, int, Pair]]:
        """Pairs among candidates, compared exactly."""
        numbers = sorted({number for number, _ in edges})
        if not numbers:
            return
        both = sk.join([self._store.load(numbers), new])
        place = {number: at for at, number in enumerate(numbers)}
        pairs = np.array([(place[number], len(numbers) + row) for number, row in edges])
        every = np.arange(both.size)
        corpus = Corpus(both.words, both.spans, both.signatures, every, both.days, both.languages, every)
        settings = self.settings
        compare = compare_terms(corpus, pairs, weights, settings) if settings.stories else compare_words(corpus, pairs)
        sizes = np.diff(both.bounds)
        old = self._store.names(numbers)
        for at in np.flatnonzero(
            (compare.copy >= settings.copy_threshold) | (compare.story >= settings.story_threshold)
        ):
            number, row = edges[at]
            ends = old[number], names[row]
            relation = SAME_STORY
            if compare.copy[at] >= settings.copy_threshold:
                relation = CONTAINED if compare.contained[at] else NEAR_DUPLICATE
                if compare.contained[at] and sizes[pairs[at, 0]] > sizes[pairs[at, 1]]:
                    ends = ends[1], ends[0]
            yield row, number, Pair(*ends, relation, float(compare.shared[at]), float(compare.story[at]))


def _identifier(document: Document) -> str:
    if isinstance(document, str) or document.get("id") is None:
        raise TypeError("an article in an index needs an id, so that its pairs can name it")
    return str(document["id"])


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    source = iter(documents)
    while batch := list(islice(source, _BATCH)):
        yield batch
