"""WET files of web archives: the plain text of crawled pages, one conversion record a page. Needs the extra `warc`."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import msgspec

from newsclean.errors import InputError
from newsclean.formats.base import CHUNK_BYTES, MAX_RECORD, Chunk, Fields, Format, Reject, Source, document
from newsclean.formats.compression import blocks, compression_suffix, too_long
from newsclean.formats.jsonl import JsonRows, dumps

try:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
except ImportError as error:
    raise InputError("reading WET files needs warcio: pip install 'newsclean[warc]'") from error


class _Stream:
    """The decompressed bytes of a file, with `problem` set where they end too early."""

    def __init__(self, raw: BinaryIO, suffix: str) -> None:
        self._blocks = blocks(raw, suffix, CHUNK_BYTES)
        self._held = b""
        self.problem: str | None = None

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; nothing at the end."""
        if not self._held:
            block = next(self._blocks, b"")
            if isinstance(block, str):
                self.problem, block = block, b""
            self._held = block
        taken, self._held = (self._held, b"") if size < 0 else (self._held[:size], self._held[size:])
        return taken


def chunks(source: Source, stdin: BinaryIO | None = None, limit: int = MAX_RECORD) -> Iterator[Chunk | Reject]:
    """Conversion records, about `CHUNK_BYTES` of text at a time; other records have no text and are passed over."""
    with open(source.path, "rb") as raw:
        stream = _Stream(raw, compression_suffix(source.path))
        pages: list[tuple[int, str | None, str | None, bytes]] = []
        held, told, number = 0, 0, 0
        for number, page in enumerate(_pages(cast(Any, stream), limit), 1):
            if len(page[2]) > limit:
                yield Reject(source.path, number, too_long("the page", limit), page[0])
                continue
            pages.append((number, *page))
            held += len(page[2])
            if held >= CHUNK_BYTES:
                told, before = raw.tell(), told
                yield Chunk(source, pages[0][0], pages, told - before)
                pages, held = [], 0
        if pages:
            yield Chunk(source, pages[0][0], pages, raw.tell() - told)
        if stream.problem:
            yield Reject(source.path, number + 1, stream.problem)
        elif not number:
            yield Reject(source.path, None, "no conversion record in it: not a WET file?")


def _pages(stream: Any, limit: int) -> Iterator[tuple[str | None, str | None, bytes]]:
    """Address, date and text of each page, the text cut off one byte beyond `limit`."""
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type == "conversion":
                headers = record.rec_headers
                address, date = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
                yield address, date, _read(record.content_stream(), limit + 1)
    except ArchiveLoadFailed as error:
        stream.problem = stream.problem or f"not a web archive beyond this point: {error}"


def _read(content: Any, most: int) -> bytes:
    """Up to `most` bytes: one call gives only what is at hand."""
    pieces = []
    while most > 0 and (piece := content.read(min(most, CHUNK_BYTES))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def decode(chunk: Chunk, fields: Fields) -> tuple[JsonRows, list[Reject]]:
    """A record of `id` (the page's address), `url`, `date` and `text` for each page. Lines are numbers of pages."""
    rows, rejects = JsonRows(), list[Reject]()
    rows.names = frozenset({"id", "url", "date", "text"})
    path = chunk.source.path
    for number, address, date, data in chunk.data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            rejects.append(Reject(path, number, f"not UTF-8: byte 0x{data[error.start]:02x}", address))
            continue
        values = {"id": address, "url": address, "date": date, "text": text}
        found, reject = document(values, Fields(), f"{chunk.source.name}:{number}", path, number)
        if found is None:
            rejects += [reject] if reject else []
            continue
        rows.documents.append(found)
        rows.places.append((path, number))
        rows.records.append({name: msgspec.Raw(dumps(values[name])) for name in ("id", "url", "date")})
    return rows, rejects


FORMAT = Format("wet", chunks, decode)
