"""CSV and TSV: a header line, then a record a row; quoted fields may hold line breaks. The delimiter is found out."""

import csv
import itertools
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from newsclean.formats.base import CHUNK_BYTES, STDIN, Chunk, Decoded, Format, Reject, Source
from newsclean.formats.compression import blocks, too_long
from newsclean.formats.fields import SAMPLE
from newsclean.formats.json_rows import Record, decode_records, dumps

_DELIMITERS = ",;\t|"
_MOST_FIELDS = 1_000_000  # of a line; each takes more memory than its delimiter on the disk
_CELL = 64  # bytes that a list or string takes besides its content
_Row = tuple[int, list[str]]


class _Lines:
    """Lines of text, with their breaks, from a stream of bytes. What is not UTF-8 comes as lone surrogates.

    A line that is longer than `limit` bytes, or nothing but delimiters, ends the stream: `problem` says why it ended.
    """

    def __init__(self, source: Source, raw: BinaryIO, limit: int) -> None:
        self._blocks = blocks(raw, source.compression, CHUNK_BYTES)
        self._limit = limit
        self.problem: str | None = None

    def __iter__(self) -> Iterator[str]:
        held: list[bytes] = []  # pieces of a line that has no end yet
        first, size = True, 0
        for block in self._blocks:
            if isinstance(block, str):
                self.problem = block
                return
            if first:
                block, first = block.removeprefix(b"\xef\xbb\xbf"), False
            size += len(block)
            if not _ends_line(block) and not (held and held[-1].endswith(b"\r")):
                held.append(block)
            else:
                *lines, last = _split(b"".join((*held, block)))
                for line in lines:
                    if self._refuses(line):
                        return
                    yield line.decode("utf-8", "surrogateescape")
                held, size = [last], len(last)
            if size > self._limit:
                self.problem = _beyond(too_long("a line", self._limit))
                return
        last = b"".join(held)
        if last and not self._refuses(last):
            yield last.decode("utf-8", "surrogateescape")

    def _refuses(self, line: bytes) -> bool:
        if len(line) > self._limit:
            self.problem = _beyond(too_long("a line", self._limit))
        elif len(line) > _MOST_FIELDS and (
            max(line.count(each.encode()) for each in _DELIMITERS) > max(_MOST_FIELDS, len(line) // 4)
        ):
            self.problem = _beyond(f"a line has more than {_MOST_FIELDS:,} fields")
        return self.problem is not None


def _ends_line(block: bytes) -> bool:
    return b"\n" in block or b"\r" in block


def _split(data: bytes) -> list[bytes]:
    """Lines with their breaks, and what stands behind the last one."""
    if b"\r" not in data:
        *lines, last = data.split(b"\n")
        return [*(line + b"\n" for line in lines), last]
    lines = data.splitlines(keepends=True)
    return lines if lines[-1][-1:] not in b"\r\n" or lines[-1].endswith(b"\r") else [*lines, b""]


def _beyond(reason: str) -> str:
    return f"{reason}; nothing beyond it is read"


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """The header with some rows, about `CHUNK_BYTES` at a time. A row is numbered by its first line."""
    lines = _Lines(source, raw, limit)
    waiting = iter(lines)
    head = next(waiting, "")
    if not head.strip():
        yield Reject(source.path, None, lines.problem or "the file is empty")
        return
    if head.startswith(("\udcff\udcfe", "\udcfe\udcff")):
        yield Reject(source.path, None, "not UTF-8 but UTF-16; read it with --encoding auto")
        return
    delimiter = "\t" if source.format == "tsv" else max(_DELIMITERS, key=head.count)
    csv.field_size_limit(min(limit, 2**31 - 1))
    reader = csv.reader(itertools.chain([head], waiting), delimiter=delimiter)
    header: list[str] = []
    rows: list[_Row] = []
    held, counted, line, failed = 0, 0, 1, False
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            reason = too_long("a field", limit) if "field larger" in str(error) else f"not {source.format}: {error}"
            yield Reject(source.path, start, _beyond(reason))
            failed = True
            break
        if lines.problem:  # the row goes on where nothing can be read
            break
        if not header:
            header = _header(row)
        elif row:
            line = start
            rows.append((line, row))
            held += sum(map(len, row)) + _CELL * (1 + len(row))
        if held >= CHUNK_BYTES:
            position = 0 if source.path == STDIN else raw.tell()
            yield Chunk(source, rows[0][0], (header, rows), position - counted)
            counted, rows, held = position, [], 0
    if rows:
        yield Chunk(source, rows[0][0], (header, rows), (0 if source.path == STDIN else raw.tell()) - counted)
    elif line == 1 and not lines.problem and not failed:
        yield Reject(source.path, None, "the file has a header but no rows")
    if lines.problem:
        yield Reject(source.path, reader.line_num + 1, lines.problem)


def _header(row: list[str]) -> list[str]:
    """Names of the columns: those without one are numbered, repeated ones too."""
    names: dict[str, None] = {}
    for number, name in enumerate(row, 1):
        name = name.strip() or f"column_{number}"
        while name in names:
            name = f"{name}_{number}"
        names[name] = None
    return [*names]


def decode(chunk: Chunk) -> Decoded:
    """A record of strings for each row."""
    header, rows = chunk.data
    records: list[tuple[int, Record]] = []
    rejects: list[Reject] = []
    for line, row in rows:
        if len(row) != len(header):
            reason = f"the row has {len(row)} fields, the header {len(header)}"
            rejects.append(Reject(chunk.source.path, line, reason))
        elif not _is_utf8(row):
            rejects.append(Reject(chunk.source.path, line, "not UTF-8; read the file with --encoding auto"))
        else:
            values = zip(header, row, strict=True)
            records.append((line, {name: msgspec.Raw(dumps(value)) for name, value in values}))
    found, more, counts = decode_records(chunk, records)
    return Decoded(found, sorted([*rejects, *more], key=lambda reject: reject.line or 0), counts)


def _is_utf8(row: list[str]) -> bool:
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return False
    return True


def sample(chunk: Chunk) -> list[dict[str, Any]]:
    """The first rows."""
    header, rows = chunk.data
    return [dict(zip(header, row, strict=False)) for _, row in rows[:SAMPLE]]


FORMAT = Format("csv", chunks, decode, sample)
