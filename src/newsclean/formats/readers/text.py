"""Plain text and Markdown: one UTF-8 file an article. The id is the file's path below the input, without `.txt`."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from newsclean.formats.base import CHUNK_BYTES, STDIN, Chunk, Decoded, Document, Format, Reject, Source
from newsclean.formats.compression import read_whole
from newsclean.formats.json_rows import JsonRows, dumps

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_FILES = 1_000  # small files that go to a worker together


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """One file of at most `limit` bytes; `pack` puts many small ones together."""
    data = read_whole(raw, source.compression, limit)
    if isinstance(data, str):
        yield Reject(source.path, None, data, source.name)
        return
    yield Chunk(source, 1, [(source.path, source.name, data)], 0 if source.path == STDIN else raw.tell())


def pack(singles: Iterator[Chunk | Reject]) -> Iterator[Chunk | Reject]:
    """Fewer, larger chunks: each of up to 1,000 files or about `CHUNK_BYTES`."""
    files: list[tuple[str, str, bytes]] = []
    first, size, consumed = Source("", "", "txt"), 0, 0
    for single in singles:
        if isinstance(single, Reject):
            yield single
            continue
        first = first if files else single.source
        files += single.data
        size += len(single.data[0][2])
        consumed += single.consumed
        if size >= CHUNK_BYTES or len(files) >= _FILES:
            yield Chunk(first, 1, files, consumed)
            files, size, consumed = [], 0, 0
    if files:
        yield Chunk(first, 1, files, consumed)


def decode(chunk: Chunk) -> Decoded:
    """One record, of an id and a text, for each file."""
    rows, rejects = JsonRows("text"), []
    rows.names = ("id", "text")
    for path, identifier, data in chunk.data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            rejects.append(Reject(path, None, not_utf8(data, error), identifier))
            continue
        if not text.strip():
            rejects.append(Reject(path, None, "the file is empty", identifier))
            continue
        rows.documents.append(Document(id=identifier, text=text, title=None, date=None, source=None, lang=None))
        rows.places.append((path, None))
        rows.records.append({"id": msgspec.Raw(dumps(identifier))})
    return Decoded(rows, rejects, {"has:text": len(rows.documents)})


def not_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    """What is wrong with a file that is not UTF-8, and what to do."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return f"not UTF-8 but {name}; read it with --encoding auto"
    return f"not UTF-8: byte 0x{data[error.start]:02x} at byte {error.start}; read it with --encoding auto"


FORMAT = Format("txt", chunks, decode)
