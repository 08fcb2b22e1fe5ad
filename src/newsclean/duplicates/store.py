"""The SQLite file of a `DuplicateIndex`: articles, their band keys and salient terms, and document frequencies."""

import contextlib
import datetime
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.sketches import NO_DAY, VERSION, Sketches, join
from newsclean.errors import InputError
from newsclean.settings import DuplicateSettings

SLOTS = 1 << 20  # of document frequencies: 4 MB, written with every batch
_WAIT = 60.0  # seconds that a writer waits for another one
_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
  number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, day INTEGER NOT NULL, seen INTEGER NOT NULL,
  source INTEGER NOT NULL, language INTEGER NOT NULL, length INTEGER NOT NULL, digest INTEGER NOT NULL,
  signature BLOB NOT NULL, words BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS by_digest ON articles (digest, number);
CREATE INDEX IF NOT EXISTS by_seen ON articles (seen);
CREATE TABLE IF NOT EXISTS bands (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS terms (term INTEGER, day INTEGER, number INTEGER, PRIMARY KEY (term, day, number))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_number ON terms (number);
"""


class Statistics(NamedTuple):
    """Document frequencies by slot and articles by language."""

    counts: NDArray[np.int64]
    articles: NDArray[np.int64]


class Store:
    """One connection to the file."""

    def __init__(self, path: str, settings: DuplicateSettings) -> None:
        self._base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        shape = json.dumps({"version": VERSION, "bands": settings.bands, "rows": settings.rows})
        if not self._tables():
            self._base.execute("PRAGMA journal_mode = WAL")
            with self.writing():
                for statement in _SCHEMA.split(";"):
                    self._base.execute(statement)
                self._base.execute("INSERT OR IGNORE INTO about VALUES ('shape', ?)", (shape,))
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("PRAGMA cache_size = -200000")  # 200 MB: keys are spread over the whole file
        known = self._about("shape")
        if known != shape:
            raise InputError(f"{path} is an index made with {known!r}, not with {shape!r}: use another file")

    def _tables(self) -> bool:
        rows = self._base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'about'").fetchone()
        return bool(rows[0])

    def _about(self, name: str) -> str | bytes | None:
        row = self._base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Close the connection."""
        self._base.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that other writers wait for; undone if it is not finished."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction in which everything is read as of one moment."""
        self._base.execute("BEGIN")
        try:
            yield
        finally:
            self._base.execute("COMMIT")

    def statistics(self) -> Statistics:
        """Document frequencies of the whole index."""
        counts, articles = self._about("counts"), self._about("articles")
        if not isinstance(counts, bytes) or not isinstance(articles, bytes):
            return Statistics(np.zeros(SLOTS, np.int64), np.zeros(256, np.int64))
        return Statistics(np.frombuffer(counts, np.uint32).astype(np.int64), np.frombuffer(articles, np.int64))

    def save_statistics(self, statistics: Statistics) -> None:
        """Replace the document frequencies."""
        counts = np.maximum(statistics.counts, 0).astype(np.uint32)
        rows = (("counts", counts.tobytes()), ("articles", statistics.articles.tobytes()))
        self._base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)

    def last(self) -> int:
        """The highest number given to an article."""
        return int(self._base.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone()[0])

    def extent(self) -> tuple[int, int | None, int | None]:
        """Number of articles, their first and their last day."""
        query = "SELECT count(*), min(nullif(day, ?)), max(nullif(day, ?)) FROM articles"
        count, first, last = self._base.execute(query, (NO_DAY, NO_DAY)).fetchone()
        return count, first, last

    def insert(
        self,
        names: Sequence[str],
        new: Sketches,
        first: int,
        keys: Sequence[Sequence[int]],
        terms: Sequence[Sequence[int]],
    ) -> None:
        """Add articles, numbered from `first`, with their band keys and salient terms."""
        today = datetime.date.today().toordinal()
        rows: list[tuple[Any, ...]] = []
        bands: list[tuple[int, int]] = []
        salient: list[tuple[int, int, int]] = []
        for row, name in enumerate(names):
            number, day = first + row, int(new.days[row])
            words = new.words[new.bounds[row] : new.bounds[row + 1]]
            numbers = (
                int(new.sources[row]),
                int(new.languages[row]),
                int(new.lengths[row]),
                _signed(int(new.digests[row])),
            )
            seen = today if day == NO_DAY else day
            rows.append((number, name, day, seen, *numbers, new.signatures[row].tobytes(), words.tobytes()))
            bands += ((band << 32 | key, number) for band, key in enumerate(keys[row]))
            salient += ((term, day, number) for term in terms[row])
        self._base.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._base.executemany("INSERT INTO bands VALUES (?, ?)", sorted(bands))
        self._base.executemany("INSERT INTO terms VALUES (?, ?, ?)", sorted(salient))

    def delete(self, numbers: Sequence[int], keys: Sequence[Sequence[int]]) -> None:
        """Remove articles and their band keys, which the next article with the same words inherits."""
        rows = [(number,) for number in numbers]
        bands = [
            (band << 32 | int(key), number)
            for number, row in zip(numbers, keys, strict=True)
            for band, key in enumerate(row)
        ]
        digests = [
            self._base.execute("SELECT digest FROM articles WHERE number = ?", row).fetchone()[0] for row in rows
        ]
        self._base.executemany("DELETE FROM articles WHERE number = ?", rows)
        heirs = [
            (band << 32 | int(key), heir)
            for digest, row in zip(digests, keys, strict=True)
            if digest and (heir := self.with_digest(digest)) is not None
            for band, key in enumerate(row)
        ]
        self._base.executemany("DELETE FROM bands WHERE key = ? AND number = ?", sorted(bands))
        self._base.executemany("DELETE FROM terms WHERE number = ?", rows)
        self._base.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", heirs)

    def load(self, numbers: Sequence[int]) -> Sketches:
        """The sketches of articles, in the order of their numbers."""
        query = "SELECT day, source, language, length, digest, signature, words FROM articles WHERE number = ?"
        rows = [self._base.execute(query, (number,)).fetchone() for number in numbers]
        if not rows:
            return join([])
        words = [np.frombuffer(row[6], np.uint32) for row in rows]
        return Sketches(
            np.concatenate(words),
            np.cumsum([0, *map(len, words)], dtype=np.int64),
            np.stack([np.frombuffer(row[5], np.uint32) for row in rows]),
            np.array([row[4] for row in rows], np.int64).view(np.uint64),
            np.array([row[0] for row in rows], np.int32),
            np.array([row[1] for row in rows], np.uint32),
            np.array([row[2] for row in rows], np.uint8),
            np.array([row[3] for row in rows], np.int64),
        )

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Numbers of the articles with these ids, as far as there are any."""
        found = (self._base.execute("SELECT number FROM articles WHERE id = ?", (name,)).fetchone() for name in names)
        return sorted(row[0] for row in found if row)

    def names(self, numbers: Iterable[int]) -> dict[int, str]:
        """Ids of articles."""
        return {number: self.name(number) for number in numbers}

    def name(self, number: int) -> str:
        """Id of an article."""
        return str(self._base.execute("SELECT id FROM articles WHERE number = ?", (number,)).fetchone()[0])

    def older(self, day: int, limit: int) -> list[int]:
        """Some numbers of articles from before a day."""
        query = "SELECT number FROM articles WHERE seen < ? ORDER BY seen, number LIMIT ?"
        return [row[0] for row in self._base.execute(query, (day, limit))]

    def with_digest(self, digest: int, limit: int = 1 << 62) -> int | None:
        """The first article with the same words and a number below `limit`."""
        query = "SELECT number FROM articles WHERE digest = ? AND number < ? ORDER BY number LIMIT 1"
        row = self._base.execute(query, (_signed(digest), limit)).fetchone()
        return row[0] if row else None

    def sharing_bands(self, keys: Sequence[int], limit: int, most: int) -> set[int]:
        """For each band, the first few articles below `limit` with the same key."""
        query = "SELECT number FROM bands WHERE key = ? AND number < ? ORDER BY number LIMIT ?"
        found: set[int] = set()
        for band, key in enumerate(keys):
            found.update(row[0] for row in self._base.execute(query, (band << 32 | key, limit, most)))
        return found

    def sharing_terms(
        self, terms: Sequence[int], day: int, window: int | None, limit: int, most: int, best: int
    ) -> set[int]:
        """The articles below `limit` that share most, and at least two, of these terms.

        For each term the newest are looked at, within `window` days of `day` or without a date; all days if it is None.
        """
        low, high = (NO_DAY, 1 << 31) if window is None else (day - window, day + window)
        query = (
            "SELECT number FROM terms WHERE term = ? AND day BETWEEN ? AND ? AND number < ?"
            " ORDER BY day DESC, number DESC LIMIT ?"
        )
        shared: Counter[int] = Counter()
        for term in terms:
            shared.update(row[0] for row in self._base.execute(query, (term, low, high, limit, most)))
            if window is not None:
                shared.update(row[0] for row in self._base.execute(query, (term, NO_DAY, NO_DAY, limit, most)))
        several = [(-count, -number) for number, count in shared.items() if count > 1]
        return {-number for _, number in sorted(several)[:best]}


def _signed(value: int) -> int:
    """An unsigned 64-bit number as SQLite stores it."""
    return value - (1 << 64) if value >= 1 << 63 else value
