"""Web archives, as Common Crawl and CC-NEWS publish them. Needs the extra `web`.

WET files hold the plain text of pages (conversion records), WARC files their HTML (response records).
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from newsclean.errors import InputError
from newsclean.formats.base import CHUNK_BYTES, STDIN, Chunk, Decoded, Format, Reject, Source
from newsclean.formats.compression import blocks, too_long
from newsclean.formats.readers.html import Page, decode_pages

try:
    from fastwarc.warc import ArchiveIterator, WarcRecordType
except ImportError as error:
    raise InputError("reading web archives needs FastWARC: pip install 'newsclean[web]'") from error

_HTML = ("text/html", "application/xhtml+xml")


class _Stream:
    """The decompressed bytes of a file, with `problem` set where they end too early."""

    def __init__(self, source: Source, raw: BinaryIO) -> None:
        self._blocks = blocks(raw, source.compression, CHUNK_BYTES)
        self._held = b""
        self._read = 0
        self.problem: str | None = None

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; nothing at the end."""
        if not self._held:
            block = next(self._blocks, b"")
            if isinstance(block, str):
                self.problem, block = block, b""
            self._held = block
        taken, self._held = (self._held, b"") if size < 0 else (self._held[:size], self._held[size:])
        self._read += len(taken)
        return taken

    def tell(self) -> int:
        """Bytes given so far."""
        return self._read


class _Record(NamedTuple):
    page: Page
    whole: bool


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """Pages, about `CHUNK_BYTES` of them at a time; records of other kinds hold none and are passed over."""
    stream = _Stream(source, raw)
    pages: list[Page] = []
    held, counted, number = 0, 0, 0
    try:
        for number, (page, whole) in enumerate(_pages(stream, limit), 1):
            if len(page.data) > limit:
                yield Reject(source.path, number, too_long("the page", limit), page.url)
                continue
            if not whole:
                stream.problem = stream.problem or "the archive is cut off within this page"
                number -= 1
                break
            pages.append(page._replace(number=number))
            held += len(page.data)
            if held >= CHUNK_BYTES:
                position = 0 if source.path == STDIN else raw.tell()
                yield Chunk(source, pages[0].number, pages, position - counted)
                pages, held, counted = [], 0, position
    except (OSError, ValueError) as error:
        stream.problem = stream.problem or f"not a web archive beyond this point: {error}"
    if pages:
        yield Chunk(source, pages[0].number, pages, (0 if source.path == STDIN else raw.tell()) - counted)
    if stream.problem:
        yield Reject(source.path, number + 1, stream.problem)
    elif not number:
        yield Reject(source.path, None, "no page in it: not a WARC or WET file?")


def _pages(stream: Any, limit: int) -> Iterator[_Record]:
    """Each page, cut off one byte beyond `limit`, and whether its record is whole."""
    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    for record in ArchiveIterator(stream, record_types=kinds, parse_http=True):
        headers = record.headers
        is_text = record.record_type == WarcRecordType.conversion
        kind = "text/plain" if is_text else _kind(record)
        if headers.get("Content-Length") is not None and not is_text and not (kind or "").startswith(_HTML):
            continue
        data = record.reader.read(limit + 1)
        rest = 0 if len(data) > limit else record.content_length - len(data)
        url, date = headers.get("WARC-Target-URI"), headers.get("WARC-Date")
        whole = rest <= 0 and headers.get("Content-Length") is not None  # else its head is cut off
        yield _Record(Page(0, url, date, "" if is_text else kind or "text/html", data), whole)


def _kind(record: Any) -> str | None:
    kind = record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")
    charset = record.http_charset if record.http_headers is not None else None
    return f"{kind}; charset={charset}" if kind and charset else kind


def decode(chunk: Chunk) -> Decoded:
    """A record of `id` (the page's address), `url`, `date` and `text` for each page, HTML with `title` and `lang`."""
    return decode_pages(chunk, chunk.data)


FORMAT = Format("warc", chunks, decode)
