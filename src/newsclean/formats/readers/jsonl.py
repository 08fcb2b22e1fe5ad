"""JSON Lines. Fields other than the text are never decoded: their bytes go from the input line to the output line."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from newsclean.formats.base import CHUNK_BYTES, STDIN, Chunk, Decoded, Format, Origin, Reject, Source
from newsclean.formats.compression import blocks, too_long
from newsclean.formats.fields import SAMPLE
from newsclean.formats.json_rows import decode_records, loads, split, stamp_of
from newsclean.formats.places import is_remote

_BOM = b"\xef\xbb\xbf"


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """Whole lines, about `CHUNK_BYTES` at a time; lines of more than `limit` bytes are rejected."""
    pending: list[bytes] = []  # pieces of a line not yet handed on
    held = 0  # bytes of it, counted on where it is too long to be kept
    first, rejected = 1, False
    failure, counted, holds = None, 0, False
    start_of, position = _origins(source, raw)
    for block in blocks(raw, source.compression, CHUNK_BYTES):
        if isinstance(block, str):
            failure = block
            break
        position += len(block)
        start, end = 0, block.rfind(b"\n") + 1
        if end and held:
            start = block.index(b"\n") + 1
            pending.append(block[:start])
            held += start
            if held > limit:
                yield Reject(source.path, first, too_long("the line", limit))
                rejected = True
                pending = []
                first += 1
            held = 0
        if end:
            data = b"".join((*pending, memoryview(block)[start:end]))
            origin = start_of(position - len(block) + end, data)
            if len(block) > limit:
                data, rejects = _without_long_lines(source, first, data, limit)
                yield from rejects
                rejected, origin = rejected or bool(rejects), None if rejects else origin
            counted, before = _position(source, raw), counted
            holds = holds or not _is_blank(data)
            if data and holds:
                yield Chunk(source, first, data, counted - before, origin=origin)
            first += data.count(b"\n")
            pending = []
        held += len(block) - end
        pending = [*pending, block[end:]] if held <= limit else []
    if failure is not None:
        # The last piece of a broken stream is no whole line: it is part of what is missing.
        yield Reject(source.path, first, failure)
    elif held > limit:
        yield Reject(source.path, first, too_long("the line", limit))
    elif held and not (not holds and _is_blank(b"".join(pending))):
        data = b"".join(pending)
        yield Chunk(source, first, data, _position(source, raw) - counted, origin=start_of(position, data))
    elif not holds and not rejected:
        yield Reject(source.path, None, "the file is empty")


def _origins(source: Source, raw: BinaryIO) -> tuple[Callable[[int, bytes], Origin | None], int]:
    """What tells the origin of a chunk by where its data end, and where reading begins."""
    if source.compression or source.path == STDIN or is_remote(source.path):
        return lambda end, data: None, 0
    try:
        stamp = stamp_of(raw.fileno())
    except OSError:  # no file: bytes in memory
        return lambda end, data: None, 0
    return lambda end, data: Origin(source.path, end - len(data), len(data), stamp), raw.tell()


def _without_long_lines(source: Source, first: int, data: bytes, limit: int) -> tuple[bytes, list[Reject]]:
    """Lines with those of more than `limit` bytes left blank, which keeps the numbers of the others."""
    lines = data.split(b"\n")
    long = [number for number, line in enumerate(lines) if len(line) > limit]
    for number in long:
        lines[number] = b""
    return b"\n".join(lines), [Reject(source.path, first + number, too_long("the line", limit)) for number in long]


def _is_blank(data: bytes) -> bool:
    data = data.removeprefix(_BOM)
    return not data or data.isspace()


def _position(source: Source, raw: BinaryIO) -> int:
    """Bytes read of the file itself, for progress; a pipe does not know."""
    return 0 if source.path == STDIN else raw.tell()


def _lines(chunk: Chunk) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers."""
    data: bytes = chunk.data
    if chunk.first == 1:
        data = data.removeprefix(_BOM)
    for number, line in enumerate(data.split(b"\n"), chunk.first):
        if line and not line.isspace():
            yield number, line


def decode(chunk: Chunk) -> Decoded:
    """The records of a chunk, and the lines that hold none. Blank lines are skipped."""
    records, rejects = [], []
    for number, line in _lines(chunk):
        try:
            records.append((number, split(line)))
        except ValueError as error:
            rejects.append(Reject(chunk.source.path, number, str(error)))
    rows, more, counts = decode_records(chunk, records)
    return Decoded(rows, sorted([*rejects, *more], key=lambda reject: reject.line or 0), counts)


def sample(chunk: Chunk) -> list[dict[str, Any]]:
    """The first records that can be read."""
    found: list[dict[str, Any]] = []
    for _, line in _lines(chunk):
        try:
            line = line.decode("utf-8", "replace").encode()  # names of fields are ASCII in any encoding
            split(line)
            found.append(loads(line))
        except (ValueError, RecursionError):
            continue
        if len(found) == SAMPLE:
            break
    return found


FORMAT = Format("jsonl", chunks, decode, sample)
