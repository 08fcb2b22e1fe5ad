"""The SQLite file of a `DuplicateIndex`: articles, document frequencies, and the segments that find articles."""

import contextlib
import datetime
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.index import story_store
from newsclean.duplicates.index.postings import SCHEMA, Segments
from newsclean.duplicates.index.story_store import StoryStore
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.short import FRAME_SLOTS
from newsclean.duplicates.sketching import VERSION, Sketches
from newsclean.errors import InputError
from newsclean.settings import DuplicateSettings

SLOTS = 1 << 20  # of document frequencies: 4 MB, written with every batch
_WAIT = 60.0  # seconds that a writer waits for another one
_LAYOUT = 8  # of the tables
_JOURNAL = 1 << 26  # bytes of the write-ahead log that are kept: merging large segments writes hundreds of megabytes
_PAGE = 8192  # bytes: a bucket of postings, or three articles
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
  number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, day INTEGER NOT NULL, seen INTEGER NOT NULL,
  source INTEGER NOT NULL, language INTEGER NOT NULL, length INTEGER NOT NULL, digest INTEGER NOT NULL,
  head INTEGER NOT NULL, agency INTEGER NOT NULL, words BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS marks (number INTEGER PRIMARY KEY, sampled INTEGER NOT NULL, mark BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS by_digest ON articles (digest, number);
CREATE INDEX IF NOT EXISTS by_seen ON articles (seen, day);
{SCHEMA}{story_store.SCHEMA}"""


def _connected(path: str, read_only: bool) -> sqlite3.Connection:
    """A connection that any thread may use; one that only reads makes no file, and needs none that can be written."""
    if not read_only:
        return sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    if not os.path.isfile(path):
        raise InputError(f"{path}: no such index")
    # A log of another process can be read only where its memory can be shared. Without a log, the file is all there is.
    alone = not os.access(os.path.dirname(os.path.abspath(path)), os.W_OK) and not os.path.exists(f"{path}-wal")
    address = f"{Path(path).absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    return sqlite3.connect(address, timeout=_WAIT, isolation_level=None, check_same_thread=False, uri=True)


class Statistics(NamedTuple):
    """Document frequencies by slot and articles by language."""

    counts: NDArray[np.int64]
    articles: NDArray[np.int64]
    frames: NDArray[np.int64]
    """By slot: short texts that have a frame."""


class Stored(NamedTuple):
    """What is compared of articles in the file; see `Sketches`."""

    words: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    days: NDArray[np.int32]
    languages: NDArray[np.uint8]
    sources: NDArray[np.uint32]
    heads: NDArray[np.int32]

    @property
    def spans(self) -> NDArray[np.int64]:
        """n x 2: where an article's words begin and end."""
        return np.stack([self.bounds[:-1], self.bounds[1:]], axis=1)


class Store:
    """One connection to the file."""

    def __init__(self, path: str, settings: DuplicateSettings | None, read_only: bool = False) -> None:
        """Without settings, a file that exists is used with the bands and rows that it was made with."""
        self._lock = threading.RLock()  # one transaction at a time, whichever thread asks
        self._base = _connected(path, read_only)
        self.settings = settings or self._known_settings()
        bands, rows = self.settings.bands, self.settings.rows
        shape = json.dumps({"version": VERSION, "layout": _LAYOUT, "bands": bands, "rows": rows})
        if read_only and not self._tables():
            raise InputError(f"{path} is not an index")
        if not self._tables():
            self._base.execute(f"PRAGMA page_size = {_PAGE}")
            self._base.execute("PRAGMA journal_mode = WAL")
            with self.writing():
                for statement in _SCHEMA.split(";"):
                    self._base.execute(statement)
                self._base.execute("INSERT OR IGNORE INTO about VALUES ('shape', ?)", (shape,))
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute(f"PRAGMA journal_size_limit = {_JOURNAL}")
        self._base.execute("PRAGMA cache_size = -200000")  # 200 MB: candidates are spread over the whole file
        self.segments = Segments(self._base, bands)
        self.stories = StoryStore(self._base)
        self._width = bands * rows
        known = self._about("shape")
        if known != shape:
            raise InputError(f"{path} is an index made with {known!r}, not with {shape!r}: use another file")

    def _tables(self) -> bool:
        rows = self._base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'about'").fetchone()
        return bool(rows[0])

    def _known_settings(self) -> DuplicateSettings:
        """Settings with the bands and rows of the file, if it has any."""
        try:
            known = json.loads(self._about("shape") or "{}") if self._tables() else {}
            return DuplicateSettings(**{name: known[name] for name in ("bands", "rows") if name in known})
        except (ValueError, TypeError):  # said where the shape is compared
            return DuplicateSettings()

    def _about(self, name: str) -> str | bytes | None:
        row = self._base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._base.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that other writers wait for; undone if it is not finished."""
        with self._lock:
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
        with self._lock:
            self._base.execute("BEGIN")
            try:
                yield
            finally:
                self._base.execute("COMMIT")

    def statistics(self) -> Statistics:
        """Document frequencies of the whole index."""
        counts, articles, frames = (self._about(name) for name in ("counts", "articles", "frames"))
        if not isinstance(counts, bytes) or not isinstance(articles, bytes) or not isinstance(frames, bytes):
            return Statistics(np.zeros(SLOTS, np.int64), np.zeros(256, np.int64), np.zeros(FRAME_SLOTS, np.int64))
        tables = (np.frombuffer(table, np.uint32).astype(np.int64) for table in (counts, frames))
        return Statistics(next(tables), np.frombuffer(articles, np.int64), next(tables))

    def save_statistics(self, statistics: Statistics) -> None:
        """Replace the document frequencies."""
        counts, frames = (
            np.maximum(table, 0).astype(np.uint32).tobytes() for table in (statistics.counts, statistics.frames)
        )
        rows = (("counts", counts), ("articles", statistics.articles.tobytes()), ("frames", frames))
        self._base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)

    def next(self) -> int:
        """A number that no article has, and no dead one had."""
        last = int(self._base.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone()[0])
        return max(last, int(self.segments.dead().max(initial=0)), self.stories.last()) + 1

    def extent(self) -> tuple[int, int | None, int | None]:
        """Number of articles, their first and their last day."""
        query = "SELECT count(*), min(nullif(day, ?)), max(nullif(day, ?)) FROM articles"
        count, first, last = self._base.execute(query, (NO_DAY, NO_DAY)).fetchone()
        return count, first, last

    def insert(self, names: Sequence[str], new: Sketches, first: int, sampled: NDArray[np.int64]) -> None:
        """Add articles, numbered from `first`, with so many sampled shingles."""
        today = datetime.date.today().toordinal()
        days, digests = new.days.tolist(), new.digests.view(np.int64).tolist()
        rows: list[tuple[Any, ...]] = []
        for row, name in enumerate(names):
            words = new.words[new.bounds[row] : new.bounds[row + 1]].tobytes()
            numbers = (
                int(new.sources[row]),
                int(new.languages[row]),
                int(new.lengths[row]),
                digests[row],
                int(new.heads[row]),
                int(new.agencies[row]),
            )
            seen = today if days[row] == NO_DAY else days[row]
            rows.append((first + row, name, days[row], seen, *numbers, words))
        lowest = new.signatures.astype(np.uint8)
        marks = ((first + row, sampled[row].item(), lowest[row].tobytes()) for row in range(len(names)))
        self._base.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._base.executemany("INSERT INTO marks VALUES (?, ?, ?)", marks)

    def delete(self, numbers: Sequence[int]) -> list[int]:
        """Remove articles; returns those which have the same words as some that were the first to have them."""
        rows = [(number,) for number in numbers]
        query = "SELECT digest FROM articles WHERE number = ?"
        first: dict[int, int] = {}
        for row in sorted(rows):
            first.setdefault(self._base.execute(query, row).fetchone()[0], row[0])
        for table in ("articles", "marks"):
            self._base.executemany(f"DELETE FROM {table} WHERE number = ?", rows)
        self.segments.bury(numbers, self._base.execute("SELECT count(*) FROM articles").fetchone()[0])
        heirs = ((number, self.with_digest(digest)) for digest, number in first.items() if digest)
        return sorted(heir for number, heir in heirs if heir is not None and heir > number)

    def load(self, numbers: Sequence[int]) -> Stored:
        """Articles, in the order of their numbers."""
        query = "SELECT words, day, language, source, head FROM articles WHERE number = ?"
        rows = [self._base.execute(query, (number,)).fetchone() for number in numbers]
        words, days, languages, sources, heads = zip(*rows, strict=True) if rows else ((), (), (), (), ())
        return Stored(
            np.frombuffer(b"".join(words), np.uint32),
            np.cumsum([0, *(len(each) // 4 for each in words)], dtype=np.int64),
            np.array(days, np.int32),
            np.array(languages, np.uint8),
            np.array(sources, np.uint32),
            np.array(heads, np.int32),
        )

    def everything(self) -> tuple[list[str], Stored, dict[str, NDArray[Any]]]:
        """Ids of all articles, in order of their numbers, what is compared of them, and other columns of `Sketches`."""
        query = "SELECT number, id, length, digest, agency FROM articles ORDER BY number"
        rows = self._base.execute(query).fetchall()
        numbers, names, lengths, digests, agencies = zip(*rows, strict=True) if rows else ((),) * 5
        others: dict[str, NDArray[Any]] = {
            "lengths": np.array(lengths, np.int64),
            "digests": np.array(digests, np.int64).view(np.uint64),
            "agencies": np.array(agencies, np.uint8),
        }
        return list(names), self.load(numbers), others

    def count(self) -> int:
        """How many articles there are."""
        return int(self._base.execute("SELECT count(*) FROM articles").fetchone()[0])

    def all(self) -> list[int]:
        """The numbers of all articles."""
        return [row[0] for row in self._base.execute("SELECT number FROM articles ORDER BY number")]

    def marks(self, numbers: Sequence[int]) -> NDArray[np.uint8]:
        """The lowest bytes of the signatures of articles."""
        query = "SELECT mark FROM marks WHERE number = ?"
        rows = [self._base.execute(query, (number,)).fetchone()[0] for number in numbers]
        return np.frombuffer(b"".join(rows), np.uint8).reshape(-1, self._width)

    def sampled(self, numbers: Sequence[int]) -> NDArray[np.int64]:
        """How many sampled shingles articles have."""
        query = "SELECT sampled FROM marks WHERE number = ?"
        return np.array([self._base.execute(query, (number,)).fetchone()[0] for number in numbers], np.int64)

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

    def days(self, numbers: Iterable[int]) -> list[int]:
        """When articles appeared."""
        query = "SELECT day FROM articles WHERE number = ?"
        return [self._base.execute(query, (number,)).fetchone()[0] for number in numbers]

    def lengths(self, numbers: Iterable[int]) -> dict[int, int]:
        """Code points of articles."""
        query = "SELECT length FROM articles WHERE number = ?"
        return {number: self._base.execute(query, (number,)).fetchone()[0] for number in numbers}

    def digest(self, number: int) -> int:
        """The signed digest of an article's words."""
        return int(self._base.execute("SELECT digest FROM articles WHERE number = ?", (number,)).fetchone()[0])

    def older(self, day: int, limit: int) -> list[int]:
        """Some numbers of articles from before a day."""
        query = "SELECT number FROM articles WHERE seen < ? ORDER BY seen, number LIMIT ?"
        return [row[0] for row in self._base.execute(query, (day, limit))]

    def with_digest(self, digest: int, limit: int = 1 << 62) -> int | None:
        """The first article with the same words (a signed digest) and a number below `limit`."""
        query = "SELECT number FROM articles WHERE digest = ? AND number < ? ORDER BY number LIMIT 1"
        row = self._base.execute(query, (digest, limit)).fetchone()
        return row[0] if row else None

    def earliest(self, digest: int) -> list[tuple[int, int]]:
        """Day and number of the first two dated articles with the same words (a signed digest)."""
        query = "SELECT day, number FROM articles WHERE digest = ? AND day != ? ORDER BY day, number LIMIT 2"
        return self._base.execute(query, (digest, NO_DAY)).fetchall()
