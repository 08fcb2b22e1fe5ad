"""Postings of a `DuplicateIndex`: which articles have a key, in sorted segments that are merged as they grow.

A B-tree of 80 random keys an article rewrites most of its pages with every batch. Here every batch writes a segment of
its own. A few segments of one size are merged into the next size. So each posting is written once for every fourfold
growth, and always in order. Articles that are removed are only noted (`dead`), and left out when segments are merged.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import distinct

SCHEMA = """
CREATE TABLE IF NOT EXISTS segments (number INTEGER PRIMARY KEY, articles INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS bands (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS terms (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS passages (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""
FAN = 4  # segments of one size that become one of the next size
TERM_PARTS = 16  # that salient terms are dealt out to, as there are 16 terms an article: each has one of each article
PASSAGE_PARTS = 32  # that sampled shingles are dealt out to: of most articles, each has one or two
_BUCKET = 1024  # postings, about, that are read at once
_DEAD = 0.25  # share of the articles that may be dead before everything is written anew
_BITS = 20  # of a bucket's number
_KEY = np.uint64(32)  # the lower bits of a posting's order

Postings = NDArray[Any]


class Kind(NamedTuple):
    """A table of postings."""

    table: str
    dtype: np.dtype[Any]
    """`order`, of which the upper 32 bits are the key, and the number of the article."""


# Of a band, and of a passage: key << 32 | number. Of a term: its key << 32 | day, and the number.
BANDS = Kind("bands", np.dtype(np.uint64))
PASSAGES = Kind("passages", np.dtype(np.uint64))
TERMS = Kind("terms", np.dtype([("order", np.uint64), ("number", np.uint32)]))


class Segment(NamedTuple):
    """Postings of some articles, in parts (one for a band, for example), each in order and cut into buckets."""

    number: int
    articles: int

    @property
    def bits(self) -> int:
        """How many of a key's upper bits are the number of its bucket."""
        return min(_BITS, (self.articles // _BUCKET).bit_length())

    @property
    def level(self) -> int:
        """Its size, as segments of one size are merged."""
        return (self.articles.bit_length() - 1) // (FAN.bit_length() - 1)

    def place(self, part: int, bucket: int = 0) -> int:
        """Where a bucket stands in its table."""
        return (self.number << 16 | part) << _BITS | bucket


def ordered(postings: Postings) -> Postings:
    """The postings by key and number; of terms by key, day and number."""
    if postings.dtype.names is None:
        return np.sort(postings)
    found: Postings = postings[np.lexsort((postings["number"], postings["order"]))]
    return found


def numbers_of(postings: Postings) -> NDArray[np.uint32]:
    """The articles of postings."""
    found = postings if postings.dtype.names is None else postings["number"]
    return found.astype(np.uint32)  # but of terms, the lower half


def _keys_of(postings: Postings) -> NDArray[np.uint64]:
    """The keys of postings."""
    order: NDArray[np.uint64] = postings if postings.dtype.names is None else postings["order"]
    return order >> _KEY


class Segments:
    """All segments of one file."""

    def __init__(self, base: sqlite3.Connection, bands: int) -> None:
        self._base = base
        self.parts = {BANDS: bands, PASSAGES: PASSAGE_PARTS, TERMS: TERM_PARTS}

    def all(self) -> list[Segment]:
        """The segments, oldest first."""
        return [Segment(*row) for row in self._base.execute("SELECT number, articles FROM segments ORDER BY number")]

    def dead(self) -> NDArray[np.uint32]:
        """Numbers of articles that were removed and still have postings, sorted."""
        row = self._base.execute("SELECT value FROM about WHERE name = 'dead'").fetchone()
        return np.frombuffer(row[0] if row else b"", np.uint32)

    def alive(self, last: int) -> NDArray[np.uint8]:
        """By number up to `last`: 0 for an article that was removed."""
        marks = np.ones(last + 1, np.uint8)
        marks[self.dead()] = 0
        return marks

    def read(self, kind: Kind, segment: Segment, part: int, keys: NDArray[np.uint64] | None = None) -> Postings:
        """The postings of one part in order: all, or the buckets that these keys fall into."""
        if keys is None:
            query = f"SELECT data FROM {kind.table} WHERE place BETWEEN ? AND ? ORDER BY place"
            found = self._base.execute(query, (segment.place(part), segment.place(part, (1 << _BITS) - 1)))
            return np.frombuffer(b"".join(row[0] for row in found), kind.dtype)
        query = f"SELECT data FROM {kind.table} WHERE place = ?"
        buckets = distinct(keys >> np.uint64(32 - segment.bits)).tolist()
        rows = (self._base.execute(query, (segment.place(part, bucket),)).fetchone() for bucket in buckets)
        return np.frombuffer(b"".join(row[0] for row in rows if row), kind.dtype)

    def add(self, articles: int, postings: Mapping[Kind, Sequence[Postings]]) -> None:
        """Write a segment of the postings, by part, of so many new articles; merge segments if there are many."""
        segment = self._new(articles)
        for kind, parts in postings.items():
            for part, rows in enumerate(parts):
                self._write(kind, segment, part, rows)
        while crowded := self._crowded():
            self._merge(crowded, sum(segment.articles for segment in crowded))

    def bury(self, numbers: Sequence[int], articles: int) -> None:
        """Note that articles were removed, so that `articles` are left."""
        dead = distinct(np.concatenate([self.dead(), np.array(numbers, np.uint32)]))
        self._note(dead)
        if len(dead) > max(_BUCKET, _DEAD * articles):
            self._merge(self.all(), articles)
            self._note(dead[:0])

    def _note(self, dead: NDArray[np.uint32]) -> None:
        self._base.execute("INSERT OR REPLACE INTO about VALUES ('dead', ?)", (dead.tobytes(),))

    def _crowded(self) -> list[Segment]:
        """All segments of one level, if there are too many."""
        levels: dict[int, list[Segment]] = {}
        for segment in self.all():
            levels.setdefault(segment.level, []).append(segment)
        return next((levels[level] for level in sorted(levels) if len(levels[level]) >= FAN), [])

    def _new(self, articles: int) -> Segment:
        """A segment without postings."""
        number = self._base.execute("INSERT INTO segments (articles) VALUES (?)", (articles,)).lastrowid
        assert number is not None
        return Segment(number, articles)

    def _write(self, kind: Kind, segment: Segment, part: int, rows: Postings) -> None:
        """Write one part of a segment."""
        self._base.executemany(f"INSERT INTO {kind.table} VALUES (?, ?)", _buckets(segment, part, rows))

    def _merge(self, segments: Sequence[Segment], articles: int) -> None:
        """Replace segments by one of so many articles, part by part, without the postings of dead articles."""
        dead, new = self.dead(), self._new(articles)
        for kind, parts in self.parts.items():
            for part in range(parts):
                rows = [np.empty(0, kind.dtype), *(self.read(kind, segment, part) for segment in segments)]
                postings = np.concatenate(rows)
                kept = postings[~np.isin(numbers_of(postings), dead)] if len(dead) else postings
                self._write(kind, new, part, kept)
            delete = f"DELETE FROM {kind.table} WHERE place BETWEEN ? AND ?"
            places = ((segment.place(0), segment.place(parts) - 1) for segment in segments)
            self._base.executemany(delete, places)
        self._base.executemany("DELETE FROM segments WHERE number = ?", ((segment.number,) for segment in segments))


def _buckets(segment: Segment, part: int, rows: Postings) -> Iterator[tuple[int, bytes]]:
    """The buckets of one part, each with its place."""
    rows = ordered(rows)
    buckets = _keys_of(rows) >> np.uint64(32 - segment.bits)
    starts = np.flatnonzero(np.diff(buckets, prepend=np.uint64(1 << _BITS))).tolist()
    for start, end in pairwise([*starts, len(rows)]):
        yield segment.place(part, int(buckets[start])), rows[start:end].tobytes()
