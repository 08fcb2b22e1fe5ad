"""What all formats share: chunks of raw input, documents, rows that pass through, and rejects."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, TypedDict
from urllib.parse import urlsplit

CHUNK_BYTES = 4 << 20
"""Raw bytes that go to a worker at once; only speed and memory depend on it, never the output."""
MAX_RECORD = 256 << 20
"""Bytes of the longest record that is read, and of the longest file that can only be read whole."""


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


@dataclasses.dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record that hold what the stages need."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    date: str = "date"
    source: str = "source"
    lang: str = "lang"


class Source(NamedTuple):
    """One input file. `name` is unique among the inputs of a run and does not depend on where they lie."""

    path: str
    name: str
    format: str


STDIN = "-"


class Chunk(NamedTuple):
    """A piece of an input that a worker decodes on its own. `first` is the line or row number of its first record."""

    source: Source
    first: int
    data: Any
    consumed: int
    """Bytes of the input file that this chunk took, for progress; 0 if unknown."""

    def digest(self) -> str:
        """A fingerprint of everything that decides what this chunk decodes to."""
        data = self.data if isinstance(self.data, bytes) else repr(self.data).encode("utf-8", "surrogatepass")
        head = "\0".join((*self.source, str(self.first), "")).encode("utf-8", "surrogateescape")
        return hashlib.blake2b(head + data, digest_size=16).hexdigest()


class Rows(Protocol):
    """Decoded records, in order, with whatever else they hold."""

    documents: list[Document]
    places: list[tuple[str, int | None]]
    """File and line (or row) of each record; no line where a file is one record."""
    names: frozenset[str]
    """Names of all fields that some record has."""

    def save(self, directory: Path, texts: Sequence[str]) -> None:
        """Write all records into `directory`, with `texts` instead of the texts they came with."""


Added = Mapping[str, Sequence[Any]]
"""Fields that an output adds to selected rows: name → one value for each."""


class Format(NamedTuple):
    """How a format is read: cut into chunks by one process, decoded by many."""

    name: str
    chunks: Callable[[Source, BinaryIO | None, int], Iterator[Chunk | Reject]]
    """Cut a source, or standard input, into chunks; records of more bytes than the last argument are rejected."""
    decode: Callable[[Chunk, Fields], tuple[Rows, list[Reject]]]


def document(
    values: dict[str, Any], fields: Fields, default_id: str, file: str, line: int
) -> tuple[Document | None, Reject | None]:
    """The document that a record's `values` hold, or the reason why there is none."""
    identifier = values.get(fields.id)
    if identifier is None:
        identifier = default_id
    elif isinstance(identifier, bool) or not isinstance(identifier, (str, int)):
        kind = type(identifier).__name__
        return None, Reject(file, line, f"field {fields.id!r} must be a string or an integer, not {kind}")
    identifier = str(identifier)
    if fields.text not in values:
        there = ", ".join(sorted(values)[:12]) or "none at all"
        reason = f"no field {fields.text!r} (fields: {there}); name it with --field text=NAME"
        return None, Reject(file, line, reason, identifier)
    text = values[fields.text]
    if not isinstance(text, str):
        kind = "null" if text is None else type(text).__name__
        return None, Reject(file, line, f"field {fields.text!r} must be a string, not {kind}", identifier)
    if not text.strip():
        return None, Reject(file, line, f"field {fields.text!r} is empty", identifier)
    source = _string(values.get(fields.source)) or _host(values.get("url"))
    return Document(
        id=identifier,
        text=text,
        title=_string(values.get(fields.title)),
        date=_string(values.get(fields.date)),
        source=source,
        lang=_string(values.get(fields.lang)),
    ), None


def _string(value: Any) -> str | None:
    """An optional field as a string: dates and times in ISO format, other types ignored."""
    if isinstance(value, str):
        return value or None
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else None


def _host(url: Any) -> str | None:
    """The site an article comes from, where only its address is known."""
    if not isinstance(url, str):
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
