"""What all formats share: chunks of raw input, documents, rows that pass through, and rejects."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, TypedDict

from newsclean.formats.fields import Fields

CHUNK_BYTES = 4 << 20
"""Raw bytes that go to a worker at once; only speed and memory depend on it, never the output."""
MAX_RECORD = 256 << 20
"""Bytes of the longest record that is read, and of the longest file that can only be read whole."""
STDIN = "-"


class Document(TypedDict):
    """What the stages need to know of an article. Everything else of a record passes through untouched."""

    id: str
    text: str
    title: str | None
    date: str | None
    source: str | None
    lang: str | None


class Reject(NamedTuple):
    """A record, or a whole file (`line` is None), that could not be used, and why. Lines and rows count from 1."""

    file: str
    line: int | None
    reason: str
    id: str | None = None
    text: str | None = None
    """The text, where there is one."""

    def __str__(self) -> str:
        return f"{self.file}{'' if self.line is None else f':{self.line}'}: {self.reason}"


class Source(NamedTuple):
    """One input file. `name` is unique among the inputs of a run and does not depend on where they lie."""

    path: str
    name: str
    format: str
    compression: str = ""
    """`.gz` and the like, or nothing."""


class Origin(NamedTuple):
    """Where the bytes of a chunk stand as they are: in a file of this machine that is not compressed."""

    path: str
    offset: int
    size: int
    stamp: tuple[int, ...]
    """Number, size and time of the file as it was read."""
    digest: str = ""
    """Of the bytes, once it is known."""


class Chunk(NamedTuple):
    """A piece of an input that a worker decodes on its own. `first` is the line or row number of its first record."""

    source: Source
    first: int
    data: Any
    consumed: int
    """Bytes of the input file that this chunk took, for progress; 0 if unknown."""
    fields: Fields = Fields()
    """Where its records hold what, for those roles that its file has."""
    origin: Origin | None = None
    """Where `data` can be read again; None if nowhere."""

    def data_digest(self) -> str:
        """A fingerprint of `data`."""
        return digest_of(
            self.data if isinstance(self.data, bytes) else repr(self.data).encode("utf-8", "surrogatepass")
        )

    def digest(self, data: str | None = None) -> str:
        """A fingerprint of everything that decides what this chunk decodes to. `data` is its `data_digest`, if it is
        known."""
        parts = (*self.source, str(self.first), repr(self.fields), data or self.data_digest())
        return digest_of("\0".join(parts).encode("utf-8", "surrogatepass"))


def digest_of(data: bytes) -> str:
    """A fingerprint of bytes, by SHA-256, of which processors have an instruction: half the time of BLAKE2."""
    return hashlib.sha256(data).hexdigest()


class Rows(Protocol):
    """Decoded records, in order, with whatever else they hold."""

    documents: list[Document]
    places: list[tuple[str, int | None]]
    """File and line (or row) of each record; no line where a file is one record."""
    names: tuple[str, ...]
    """Names of all fields that some record has, in the order in which they come."""
    text_field: str

    def save(self, directory: Path, texts: Sequence[str]) -> None:
        """Write all records into `directory`, with `texts` instead of the texts they came with. Those that stand in
        the origin of their chunk as they are to be written stay there."""

    def thin(self, most: int) -> None:
        """Keep so many records, spread over all."""


class Decoded(NamedTuple):
    """What a chunk holds."""

    rows: Rows
    rejects: list[Reject]
    counts: dict[str, int]
    """How many records have each role (`has:title`), and dates that could not be read (`date-unread:` and the date)."""


Added = Mapping[str, Sequence[Any]]
"""Fields that an output adds to selected rows: name → one value for each."""


class Format(NamedTuple):
    """How a format is read: cut into chunks by one process, decoded by many."""

    name: str
    chunks: Callable[[Source, BinaryIO, int], Iterator[Chunk | Reject]]
    """Cut an open file into chunks; records of more bytes than the last argument are rejected."""
    decode: Callable[[Chunk], Decoded]
    sample: Callable[[Chunk], list[dict[str, Any]]] | None = None
    """The first records of a chunk as plain values, to find out which fields they have; None if that is fixed."""


class Saved(NamedTuple):
    """Rows that a worker saved in a directory, all fields that they have, and the one that holds the text."""

    directory: Path
    names: Sequence[str]
    text_field: str
    origin: Origin | None = None
    """Where the rows stand that the worker did not write."""


def spread(count: int, most: int) -> list[int]:
    """At most so many of the numbers below `count`, at equal distances.

    >>> spread(10, 4), spread(2, 4)
    ([0, 2, 5, 7], [0, 1])
    """
    most = min(count, most)
    return [place * count // most for place in range(most)]
