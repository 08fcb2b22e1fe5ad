"""A persistent index of sketches: today's articles against those of the last days, in one SQLite file.

One process writes, any number read at the same time (SQLite's write-ahead log). A batch is written in one transaction,
so that a process that is killed leaves whole batches; adding a batch again replaces what is there of it, so that
nothing is lost and nothing doubled. The index stores sketches, never texts.
"""

import datetime
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Packed, distinct
from newsclean.duplicates.candidates import AGREEING, KEY_TERMS
from newsclean.duplicates.index import queries
from newsclean.duplicates.index.store import SLOTS, Statistics, Store, Stored
from newsclean.duplicates.matching import Corpus, compare_terms, compare_words
from newsclean.duplicates.metadata import NO_DAY, day_of
from newsclean.duplicates.results import CONTAINED, IDENTICAL, NEAR_DUPLICATE, SAME_STORY, Pair
from newsclean.duplicates.sketching import Sketches, band_keys, sign, sketch_batch
from newsclean.duplicates.tfidf import blend, count_terms, select_salient
from newsclean.errors import InputError
from newsclean.settings import DuplicateSettings

_BATCH = 5_000  # articles in one transaction, which reads most of the postings there are: half a second at a million
_TOGETHER = 500  # articles compared at once: with what they are compared with, about 100 MB
_SHARED_BAND = 8  # articles looked up for one band: the oldest, as in candidates.LEADERS
_SHARED_TERM = 256  # articles looked up for one salient term: the newest within the window
_REPORTS = 40  # articles compared exactly because of their salient terms, those that share most of them
_READ = 1 << 16  # pairs whose signatures are compared at once
_LOW = np.uint64(0xFFFFFFFF)

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
                pairs += self._add(list(latest), sketch_batch(list(latest.values()), self.settings))
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
            new = sketch_batch(batch, self.settings)
            with self._store.reading():
                weights = self._weights(self._store.statistics())
                terms, limits = self._terms(new, weights), np.full(new.size, self._store.next())
                pairs += self._pairs(names, new, weights, terms, limits)
        return pairs

    def evict(self, before: datetime.date | str) -> int:
        """Remove the articles dated, or if they have no date added, before a day; returns how many.

        Raises:
            ValueError: `before` is not a date.
        """
        day = day_of(before)
        if day == NO_DAY:
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

    def _add(self, names: Sequence[str], new: Sketches) -> list[Pair]:
        """Write one batch and find its pairs."""
        self._remove(self._store.numbers(names))
        statistics = self._count(self._store.statistics(), new, 1)
        weights = self._weights(statistics)
        fresh, terms = self._fresh(new), self._terms(new, weights)
        numbers = self._store.next() + np.arange(new.size)
        self._store.insert(names, new, int(numbers[0]))
        self._store.segments.add(
            new.size,
            queries.band_postings(self._bands(new.signatures[fresh]), numbers[fresh]),
            queries.term_postings(terms, new.days, numbers),
        )
        self._store.save_statistics(statistics)
        return self._pairs(names, new, weights, terms, numbers)

    def _remove(self, numbers: Sequence[int]) -> None:
        """Delete articles; who has the same words as one of them is found by its bands in its place."""
        if not numbers:
            return
        self._store.save_statistics(self._count(self._store.statistics(), self._store.load(numbers), -1))
        heirs = self._store.delete(numbers)
        if heirs:
            old = self._store.load(heirs)
            signatures, _ = sign(old.words, old.bounds, self.settings.bands * self.settings.rows)
            bands = queries.band_postings(self._bands(signatures), np.array(heirs))
            self._store.segments.add(len(heirs), bands, ())

    def _count(self, statistics: Statistics, changed: Sketches | Stored, sign: int) -> Statistics:
        """Document frequencies after articles came or went."""
        counts = count_terms(changed.words, changed.spans, changed.languages, SLOTS)
        articles = np.bincount(changed.languages, minlength=256)
        return Statistics(statistics.counts + sign * counts.astype(np.int64), statistics.articles + sign * articles)

    def _weights(self, statistics: Statistics) -> NDArray[np.float32]:
        return blend(np.maximum(statistics.counts, 0).astype(np.uint32), np.maximum(statistics.articles, 0))

    def _fresh(self, new: Sketches) -> NDArray[np.int64]:
        """The rows of texts that are not in the index: others are found by their digest, not by their bands."""
        firsts: dict[int, int] = {}
        for row, digest in enumerate(new.digests.view(np.int64).tolist()):
            firsts.setdefault(digest, row)
        firsts.pop(0, None)
        return np.array([row for digest, row in firsts.items() if self._store.with_digest(digest) is None], np.int64)

    def _bands(self, signatures: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Band keys, a row for each article."""
        keys = band_keys(signatures, np.arange(len(signatures)), self.settings.bands, self.settings.rows)
        return np.stack(list(keys), axis=1)

    def _terms(self, new: Sketches, weights: NDArray[np.float32]) -> NDArray[np.uint32]:
        """The most salient terms, a row for each article, filled up with 0."""
        return select_salient(new.words, new.spans, new.languages, weights).terms[:, :KEY_TERMS]

    def _pairs(
        self,
        names: Sequence[str],
        new: Sketches,
        weights: NDArray[np.float32],
        terms: NDArray[np.uint32],
        limits: NDArray[np.int64],
    ) -> list[Pair]:
        """Pairs of articles with those of the index whose numbers are below each one's limit."""
        found: list[tuple[int, int, Pair]] = []
        others: list[int] = []
        for row, (digest, limit) in enumerate(zip(new.digests.view(np.int64).tolist(), limits.tolist(), strict=True)):
            same = self._store.with_digest(digest, limit) if digest else None
            if same is not None:
                found.append((row, same, Pair(self._store.name(same), names[row], IDENTICAL, 1.0, 1.0)))
            elif digest:
                others.append(row)
        edges = self._candidates(new, terms, np.array(others, np.int64), limits)
        bounds = np.searchsorted(edges >> np.uint64(32), np.arange(0, new.size + _TOGETHER, _TOGETHER))
        for start, end in pairwise(bounds.tolist()):
            found += self._compared(edges[start:end], names, new, weights)
        return [pair for _, _, pair in sorted(found, key=lambda item: item[:2])]

    def _candidates(
        self, new: Sketches, terms: NDArray[np.uint32], rows: NDArray[np.int64], limits: NDArray[np.int64]
    ) -> Packed:
        """What some rows are compared with, as row << 32 | number of an article of the index."""
        segments = self._store.segments
        copies = queries.sharing_bands(segments, self._bands(new.signatures), rows, limits, _SHARED_BAND)
        copies = copies[self._agree(new, copies)]
        if not self.settings.stories:
            return copies
        most, window = (_SHARED_TERM, _REPORTS), self.settings.story_days
        reports = queries.sharing_terms(segments, terms, new.days, window, rows, limits, most)
        return distinct(np.concatenate([copies, reports]))

    def _agree(self, new: Sketches, pairs: Packed) -> NDArray[np.bool_]:
        """Whether enough of the lowest bytes of both signatures is equal."""
        own, agree = new.signatures.astype(np.uint8), np.empty(len(pairs), np.bool_)
        order = np.argsort(pairs & _LOW, kind="stable")  # so that each old article is read once, and few at a time
        for start in range(0, len(pairs), _READ):
            part = pairs[order[start : start + _READ]]
            numbers = distinct(part & _LOW)
            marks = self._store.marks(numbers.tolist())
            same = own[part >> np.uint64(32)] == marks[np.searchsorted(numbers, part & _LOW)]
            enough = np.count_nonzero(same, axis=1) * 128 >= AGREEING * own.shape[1]
            agree[order[start : start + _READ]] = enough
        return agree

    def _compared(
        self, edges: Packed, names: Sequence[str], new: Sketches, weights: NDArray[np.float32]
    ) -> Iterator[tuple[int, int, Pair]]:
        """Pairs among candidates, compared exactly."""
        if not len(edges):
            return
        numbers, rows = (edges & _LOW).astype(np.int64), (edges >> np.uint64(32)).astype(np.int64)
        olds, news = distinct(numbers), distinct(rows)
        order = np.lexsort((rows, numbers))  # so that each old article is looked at once
        numbers, rows = numbers[order], rows[order]
        corpus = self._corpus(olds, news, new)
        pairs = np.stack([np.searchsorted(olds, numbers), len(olds) + np.searchsorted(news, rows)], axis=1)
        settings = self.settings
        compare = compare_terms(corpus, pairs, weights, settings) if settings.stories else compare_words(corpus, pairs)
        sizes = np.diff(corpus.spans)[:, 0]
        for at in np.flatnonzero(
            (compare.copy >= settings.copy_threshold) | (compare.story >= settings.story_threshold)
        ):
            number, row = int(numbers[at]), int(rows[at])
            ends = self._store.name(number), names[row]
            relation = SAME_STORY
            if compare.copy[at] >= settings.copy_threshold:
                relation = CONTAINED if compare.contained[at] else NEAR_DUPLICATE
                if compare.contained[at] and sizes[pairs[at, 0]] > sizes[pairs[at, 1]]:
                    ends = ends[1], ends[0]
            yield row, number, Pair(*ends, relation, float(compare.shared[at]), float(compare.story[at]))

    def _corpus(self, numbers: NDArray[np.int64], rows: NDArray[np.int64], new: Sketches) -> Corpus:
        """Articles of the index, and rows of new ones behind them; without signatures, which are not compared."""
        old = self._store.load(numbers.tolist())
        words, shifted = np.concatenate([old.words, new.words]), new.spans[rows] + len(old.words)
        spans, days = np.concatenate([old.spans, shifted]), np.concatenate([old.days, new.days[rows]])
        languages, every = np.concatenate([old.languages, new.languages[rows]]), np.arange(len(spans))
        return Corpus(words, spans, new.signatures[:0], every, days, languages, every)


def _identifier(document: Document) -> str:
    if isinstance(document, str) or document.get("id") is None:
        raise TypeError("an article in an index needs an id, so that its pairs can name it")
    return str(document["id"])


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    source = iter(documents)
    while batch := list(islice(source, _BATCH)):
        yield batch
