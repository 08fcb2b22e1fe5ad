"""A persistent index of sketches: today's articles against those of the last days, in one SQLite file.

One process writes, any number read at the same time (SQLite's write-ahead log). A batch is written in one transaction,
so that a process that is killed leaves whole batches. Adding a batch again replaces what is there of it: nothing is
lost, and nothing doubled. The index stores sketches, never texts.
"""

import datetime
import functools
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.candidates import sampled_shingles
from newsclean.duplicates.index import queries
from newsclean.duplicates.index.linker import Linker
from newsclean.duplicates.index.origins import agencies, origins
from newsclean.duplicates.index.postings import BANDS, PASSAGES, TERMS
from newsclean.duplicates.index.search import Search
from newsclean.duplicates.index.store import SLOTS, Statistics, Store, Stored
from newsclean.duplicates.index.stories import Added, Edge, Story, read_story, story_id, story_number
from newsclean.duplicates.metadata import NO_DAY, day_of, source_hash
from newsclean.duplicates.results import Pair
from newsclean.duplicates.short import FRAME_SLOTS, Tables, are_short, count_frames
from newsclean.duplicates.sketching import Sketches, no_sketches, sign, sketch_batch
from newsclean.duplicates.tfidf import blend, count_terms, folded
from newsclean.errors import InputError
from newsclean.settings import DuplicateSettings

_BATCH = 5_000  # articles in one transaction, which reads most of the postings there are: half a second at a million

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

    A file that does not exist is made, unless it is to be `read_only`. One that exists must have been made with the
    same bands and rows; without settings, its own are taken. Any thread may use an index.

    >>> import tempfile
    >>> report = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."
    >>> with tempfile.TemporaryDirectory() as folder, DuplicateIndex(f"{folder}/news.index") as index:
    ...     _ = index.add([{"id": "a", "text": report}])
    ...     index.query([report.upper()])[0].relation
    'identical'

    Raises:
        InputError: the file is not an index, or of another version or with other bands or rows, or there is none.
    """

    def __init__(
        self, path: str | os.PathLike[str], settings: DuplicateSettings | None = None, *, read_only: bool = False
    ) -> None:
        self.path = os.fspath(path)
        try:
            self._store = Store(self.path, settings, read_only)
            self.settings = self._store.settings
            self._search = Search(self._store, self.settings)
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

    def add(self, documents: Iterable[Document]) -> Added:
        """Put articles into the index; pairs of each with all that were there before it, older first.

        Every article needs an `id`; one whose id is there already is replaced. Of a `contained` pair the contained
        article comes first. An article with the same words as one in the index is paired with that one only.
        What is returned is the list of pairs. Its `stories` and `events` say which stories the articles are in, its
        `origins` and `agencies` where they come from.

        Raises:
            TypeError: a document has no text or no id.
        """
        added = Added()
        for batch in _batches(documents):
            latest = {_identifier(document): document for document in batch}
            with self._store.writing():
                self._store.stories.note_outlets(_outlets(batch))
                self._add(list(latest), sketch_batch(list(latest.values()), self.settings), added)
        return added

    def story(self, name: str) -> Story | None:
        """The story with this id, or the one that it has become part of; none if there is no such story."""
        with self._store.reading():
            number = self._store.stories.heir(story_number(name))
            return None if number is None else read_story(self._store.stories, number)

    def stories(self, since: datetime.date | str | None = None) -> list[Story]:
        """All stories of two and more articles; those that were seen on or after a day, in the order they began.

        Raises:
            ValueError: `since` is not a date.
        """
        day = NO_DAY if since is None else day_of(since)
        if since is not None and day == NO_DAY:
            raise ValueError(f"since must be a date or a string YYYY-MM-DD, got {since!r}")
        with self._store.reading():
            return [read_story(self._store.stories, number) for number in self._store.stories.seen_since(day)]

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
                tables = self._tables(self._store.statistics())
                terms, limits = self._search.terms(new, tables.weights), np.full(new.size, self._store.next())
                found = self._search.found(names, new, tables, terms, limits)
                pairs += (each.pair for each in found if each.pair is not None)
        return pairs

    def sketches(self) -> tuple[list[str], Sketches]:
        """The ids of all articles and their sketches, in the order they were added."""
        with self._store.reading():
            names, old, others = self._store.everything()
        signatures, _ = sign(old.words, old.bounds, self.settings.bands * self.settings.rows)
        whole = no_sketches(len(names), self.settings)
        return names, whole._replace(signatures=signatures, **others, **old._asdict())

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

    def _add(self, names: Sequence[str], new: Sketches, added: Added) -> None:
        """Write one batch and find its pairs and stories."""
        numbers = self._store.next() + np.arange(new.size)
        kept = self._replace(names, new, numbers)
        statistics = self._count(self._store.statistics(), new, 1)
        tables = self._tables(statistics)
        fresh, terms = self._fresh(new), self._search.terms(new, tables.weights)
        keys, counts = sampled_shingles(new.words, new.spans)
        self._store.insert(names, new, int(numbers[0]), counts)
        postings = {
            BANDS: queries.band_postings(self._search.bands(new.signatures[fresh]), numbers[fresh]),
            PASSAGES: queries.passage_postings(keys[np.isin(keys & _LOW, fresh)], numbers),
            TERMS: queries.term_postings(terms, new.days, numbers),
        }
        self._store.segments.add(new.size, postings)
        self._store.save_statistics(statistics)
        found = self._search.found(names, new, tables, terms, numbers)
        added += (each.pair for each in found if each.pair is not None)
        added.origins |= origins(self._store, names, new, found)
        added.agencies |= agencies(names, new)
        if self.settings.stories:
            edges = [
                Edge(int(numbers[each.row]), each.number, each.follows)
                for each in found
                if int(numbers[each.row]) not in kept
            ]
            linker = Linker(self._store, functools.partial(self._search.stories_among, tables=tables), self.settings)
            added.events += linker.link(edges, int(numbers[0]))
            for name, number in zip(names, numbers.tolist(), strict=True):
                if (member := self._store.stories.member(number)) is not None:
                    added.stories[name] = story_id(member.story)

    def _replace(self, names: Sequence[str], new: Sketches, numbers: NDArray[np.int64]) -> set[int]:
        """Delete articles that are added again; who has the same words as before keeps his place in a story.

        Returns the new numbers of these.
        """
        kept = set()
        for name, number, digest in zip(names, numbers.tolist(), new.digests.view(np.int64).tolist(), strict=True):
            for old in self._store.numbers([name]):
                if self._store.digest(old) == digest:
                    self._store.stories.renumber(old, number)
                    kept.add(number)
        self._remove(self._store.numbers(names))
        return kept

    def _remove(self, numbers: Sequence[int]) -> None:
        """Delete articles; who has the same words as one of them is found in its place."""
        if not numbers:
            return
        self._store.save_statistics(self._count(self._store.statistics(), self._store.load(numbers), -1))
        for number in numbers:
            self._store.stories.remove(number)
        heirs = self._store.delete(numbers)
        if heirs:
            old = self._store.load(heirs)
            signatures, _ = sign(old.words, old.bounds, self.settings.bands * self.settings.rows)
            keys, _ = sampled_shingles(old.words, old.spans)
            postings = {
                BANDS: queries.band_postings(self._search.bands(signatures), np.array(heirs)),
                PASSAGES: queries.passage_postings(keys, np.array(heirs)),
            }
            self._store.segments.add(len(heirs), postings)

    def _count(self, statistics: Statistics, changed: Sketches | Stored, sign: int) -> Statistics:
        """Document frequencies after articles came or went."""
        counts = count_terms(changed.words, changed.spans, changed.languages, SLOTS)
        articles = np.bincount(changed.languages, minlength=256)
        short = changed.spans[are_short(changed.words, changed.spans)]
        frames = count_frames(changed.words, short, FRAME_SLOTS) if len(short) else np.zeros(FRAME_SLOTS, np.uint32)
        return Statistics(
            statistics.counts + sign * counts.astype(np.int64),
            statistics.articles + sign * articles,
            statistics.frames + sign * frames.astype(np.int64),
        )

    def _tables(self, statistics: Statistics) -> Tables:
        """Weights of terms, and how common frames are."""
        counts, frames = (np.maximum(table, 0).astype(np.uint32) for table in (statistics.counts, statistics.frames))
        articles = np.maximum(statistics.articles, 0)
        return Tables(blend(folded(counts, int(articles.sum())), articles), frames)

    def _fresh(self, new: Sketches) -> NDArray[np.int64]:
        """The rows of texts that are not in the index: others are found by their digest, not by their bands."""
        firsts: dict[int, int] = {}
        for row, digest in enumerate(new.digests.view(np.int64).tolist()):
            firsts.setdefault(digest, row)
        firsts.pop(0, None)
        return np.array([row for digest, row in firsts.items() if self._store.with_digest(digest) is None], np.int64)


def _outlets(documents: Sequence[Document]) -> list[tuple[int, str]]:
    """Hashes and names of all sources."""
    names = {document.get("source") for document in documents if not isinstance(document, str)}
    return [(source_hash(name), name) for name in sorted(name for name in names if isinstance(name, str) and name)]


def _identifier(document: Document) -> str:
    if isinstance(document, str) or document.get("id") is None:
        raise TypeError("an article in an index needs an id, so that its pairs can name it")
    return str(document["id"])


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    source = iter(documents)
    while batch := list(islice(source, _BATCH)):
        yield batch
