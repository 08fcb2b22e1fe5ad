"""Chunks of inputs in any encoding: what a chunk holds is made UTF-8 before its format, which knows no other, reads it.

Each file, page, line or row is read by itself, so that the result does not depend on where chunks are cut.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean import damage
from newsclean.damage import Decoded
from newsclean.errors import SettingsError
from newsclean.formats.base import Chunk, Document, Reject
from newsclean.formats.kinds import reader

if TYPE_CHECKING:
    from newsclean.formats.readers.html import Page

AUTO = "auto"
DECODED, UNDECODABLE, DOUBTFUL = "decoded", "undecodable", "doubtful-encoding"
"""Flags of articles: read in another encoding than UTF-8; with bytes that have no character in it; perhaps wrongly."""
SURE_READING = 0.8  # confidence below which a reading is flagged as doubtful
_SURROGATES = re.compile("[\ud800-\udfff]")
Place = tuple[str, int | None]
Flags = tuple[str, ...]


class Utf8Chunk(NamedTuple):
    """A chunk of UTF-8, and the flags of its records by their places."""

    chunk: Chunk
    flags: Mapping[Place, Flags]


def check_encoding(name: str | None) -> None:
    """Raise SettingsError for an encoding that nobody knows."""
    if name not in (None, AUTO) and damage.encoding_of(name or "") is None:
        raise SettingsError(f"encoding must be auto or the name of one, such as windows-1251, got {name!r}")


def as_utf8(chunk: Chunk, encoding: str | None) -> Utf8Chunk:
    """A chunk whose texts are UTF-8. `encoding` is `auto`, or that of all inputs; None: web pages are read as with
    `auto`, everything else has to be UTF-8."""
    convert = _CONVERTERS.get(chunk.source.format)
    if convert is None or (encoding is None and chunk.source.format not in _PAGES):
        return Utf8Chunk(chunk, {})
    found: dict[Place, Flags] = {}

    def read(data: bytes, line: int | None, path: str = chunk.source.path, declared: str | None = None) -> bytes:
        text, flags = decoded(data, encoding or AUTO, declared)
        if flags:
            found[path, line] = flags
        return text

    return Utf8Chunk(chunk._replace(data=convert(chunk, read), origin=None), found)


def read_documents(chunks: Iterable[Chunk | Reject], encoding: str | None = None) -> Iterator[Document | Reject]:
    """The documents of chunks, and what cannot be read, in order: of each chunk first its rejects."""
    for chunk in chunks:
        if isinstance(chunk, Reject):
            yield chunk
        else:
            found = reader(chunk.source.format).decode(as_utf8(chunk, encoding).chunk)
            yield from found.rejects
            yield from found.rows.documents


def decoded(data: bytes, encoding: str, declared: str | None = None) -> tuple[bytes, Flags]:
    """Bytes as UTF-8, U+FFFD for those that cannot be read, and the flags of the article that they are of."""
    if data.isascii() and b"\0" not in data and b"\x1b" not in data and b"~{" not in data:
        return data, ()
    known = damage.decode(data, declared) if encoding == AUTO else damage.decode_as(data, encoding)
    if known.encodings in (("utf-8",), ("ascii",)) and not known.unreadable:
        return known.mark + data.removeprefix(known.mark), ()
    return _SURROGATES.sub("\ufffd", known.text).encode(), _flags(known)


def _flags(known: Decoded) -> Flags:
    names = " + ".join(name for name in known.encodings if name != "ascii")
    flags = {
        f"{DECODED} ({names})": known.encodings != ("utf-8",),
        UNDECODABLE: known.unreadable > 0,
        DOUBTFUL: known.confidence < SURE_READING,
    }
    return tuple(flag for flag, holds in flags.items() if holds)


def _files(chunk: Chunk, read: Callable[..., bytes]) -> Any:
    return [(path, name, read(data, None, path)) for path, name, data in chunk.data]


def _lines(chunk: Chunk, read: Callable[..., bytes]) -> Any:
    if not isinstance(chunk.data, bytes):  # records of a file that is JSON as a whole
        return [read(record, number) for number, record in enumerate(chunk.data, chunk.first)]
    return b"\n".join(read(line, number) for number, line in enumerate(chunk.data.split(b"\n"), chunk.first))


def _rows(chunk: Chunk, read: Callable[..., bytes]) -> Any:
    """Rows whose bytes came as lone surrogates. A row is read as a whole: one field is short."""
    header, rows = chunk.data
    converted = []
    for line, row in rows:
        raw = "\x1f".join(row).encode("utf-8", "surrogateescape")
        fields = read(raw, line).decode("utf-8").split("\x1f")
        converted.append((line, fields if len(fields) == len(row) else row))
    names = read("\x1f".join(header).encode("utf-8", "surrogateescape"), 1).decode("utf-8").split("\x1f")
    return names if len(names) == len(header) else header, converted


def _pages(chunk: Chunk, read: Callable[..., bytes]) -> Any:
    pages: list[Page] = chunk.data
    single = chunk.source.format == "html"
    return [
        page._replace(
            data=read(
                page.data,
                None if single else page.number,
                declared=page.kind.partition("charset=")[2].strip(" \"'") or None,
            )
        )
        for page in pages
    ]


_PAGES = ("html", "warc")
_CONVERTERS: dict[str, Callable[[Chunk, Callable[..., bytes]], Any]] = {
    "txt": _files,
    "jsonl": _lines,
    "json": _lines,
    "csv": _rows,
    "tsv": _rows,
    "html": _pages,
    "warc": _pages,
}
"""How the bytes of each format are found; Parquet and Arrow hold text already."""
