"""JSON Lines, plain or compressed with gzip or Zstandard.

Fields other than the text are never decoded: their bytes go from the input line to the output line.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from newsclean.formats.base import (
    CHUNK_BYTES,
    MAX_RECORD,
    STDIN,
    Chunk,
    Document,
    Fields,
    Format,
    Reject,
    Source,
    document,
)
from newsclean.formats.compression import blocks, compression_suffix, sniffed_suffix, too_long

ROWS = "rows.jsonl"
_BOM = b"\xef\xbb\xbf"
_split = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_value = msgspec.json.Decoder().decode
_join = msgspec.json.Encoder().encode


class JsonRows:
    """Records of JSON Lines. Each is a mapping from field name to the field's raw JSON."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.places: list[tuple[str, int | None]] = []
        self.records: list[dict[str, msgspec.Raw]] = []
        self.names: frozenset[str] = frozenset()
        self.text_field = "text"

    def save(self, directory: Path, texts: Sequence[str]) -> None:
        """Write `rows.jsonl`."""
        with (directory / ROWS).open("wb") as file:
            for record, text in zip(self.records, texts, strict=True):
                record[self.text_field] = msgspec.Raw(dumps(text))
                file.write(_join(record) + b"\n")


def dumps(value: Any) -> bytes:
    """Compact JSON in UTF-8; strings with lone surrogates, which UTF-8 cannot hold, are escaped.

    >>> dumps({"a": "é"}).decode()
    '{"a":"é"}'
    >>> dumps("\\ud83d")
    b'"\\\\ud83d"'
    """
    try:
        return _join(value)
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), default=msgspec.to_builtins).encode()


def loads(data: bytes | msgspec.Raw) -> Any:
    """The value of a piece of JSON, lone surrogates and NaN included.

    >>> loads(b'{"a": [1, NaN]}')
    {'a': [1, nan]}
    """
    try:
        return _value(data)
    except msgspec.DecodeError:
        return json.loads(bytes(data))


def chunks(source: Source, stdin: BinaryIO | None = None, limit: int = MAX_RECORD) -> Iterator[Chunk | Reject]:
    """Whole lines, about `CHUNK_BYTES` at a time; lines of more than `limit` bytes are rejected."""
    if stdin is not None:
        yield from _line_chunks(source, *sniffed_suffix(stdin), limit)
        return
    with open(source.path, "rb") as raw:
        yield from _line_chunks(source, raw, compression_suffix(source.path), limit)


def _line_chunks(source: Source, raw: BinaryIO, suffix: str, limit: int) -> Iterator[Chunk | Reject]:
    pending: list[bytes] = []  # pieces of a line not yet handed on
    held = 0  # bytes of it, counted on where it is too long to be kept
    first = 1
    failure, told = None, 0
    for block in blocks(raw, suffix, CHUNK_BYTES):
        if isinstance(block, str):
            failure = block
            break
        start, end = 0, block.rfind(b"\n") + 1
        if end and held:
            start = block.index(b"\n") + 1
            pending.append(block[:start])
            held += start
            if held > limit:
                yield Reject(source.path, first, too_long("the line", limit))
                pending = []
                first += 1
            held = 0
        if end:
            data = b"".join((*pending, block[start:end]))
            if len(block) > limit:
                data, rejects = _without_long_lines(source, first, data, limit)
                yield from rejects
            told, before = _told(source, raw), told
            if data:
                yield Chunk(source, first, data, told - before)
            first += data.count(b"\n")
            pending = []
        held += len(block) - end
        pending = [*pending, block[end:]] if held <= limit else []
    if failure is not None:
        # The last piece of a broken stream is no whole line: it is part of what is missing.
        yield Reject(source.path, first, failure)
    elif held > limit:
        yield Reject(source.path, first, too_long("the line", limit))
    elif held:
        yield Chunk(source, first, b"".join(pending), _told(source, raw) - told)
    elif first == 1:
        yield Reject(source.path, None, "the file is empty")


def _without_long_lines(source: Source, first: int, data: bytes, limit: int) -> tuple[bytes, list[Reject]]:
    """Lines with those of more than `limit` bytes left blank, which keeps the numbers of the others."""
    lines = data.split(b"\n")
    long = [number for number, line in enumerate(lines) if len(line) > limit]
    for number in long:
        lines[number] = b""
    return b"\n".join(lines), [Reject(source.path, first + number, too_long("the line", limit)) for number in long]


def _told(source: Source, raw: BinaryIO) -> int:
    """Bytes read of the file itself, for progress; a pipe does not know."""
    return 0 if source.path == STDIN else raw.tell()


def decode(chunk: Chunk, fields: Fields) -> tuple[JsonRows, list[Reject]]:
    """The records of a chunk, and the lines that hold none. Blank lines are skipped."""
    rows, rejects = JsonRows(), list[Reject]()
    names: set[str] = set()
    rows.text_field = fields.text
    data: bytes = chunk.data
    if chunk.first == 1:
        data = data.removeprefix(_BOM)
    wanted = {fields.text, fields.id, fields.title, fields.date, fields.source, fields.lang, "url"}
    file = chunk.source.path
    for number, line in enumerate(data.split(b"\n"), chunk.first):
        if not line or line.isspace():
            continue
        try:
            record = _record(line)
        except ValueError as error:
            rejects.append(Reject(file, number, str(error)))
            continue
        values = {name: loads(raw) if name in wanted else None for name, raw in record.items()}
        found, reject = document(values, fields, f"{chunk.source.name}:{number}", file, number)
        if found is None:
            rejects += [reject] if reject else []
            continue
        rows.documents.append(found)
        rows.places.append((file, number))
        rows.records.append(record)
        names.update(record)
    rows.names = frozenset(names)
    return rows, rejects


def _record(line: bytes) -> dict[str, msgspec.Raw]:
    """The fields of one line.

    Raises:
        ValueError: the line is not UTF-8, not JSON or not an object; the message says which.
    """
    try:
        line.decode("utf-8")
        return _split(line)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte 0x{line[error.start]:02x} at byte {error.start} of the line") from None
    except RecursionError:
        raise ValueError("JSON nested more deeply than can be read") from None
    except (msgspec.DecodeError, msgspec.ValidationError):
        return _lenient(line)


def _lenient(line: bytes) -> dict[str, msgspec.Raw]:
    """What Python's own `json` writes though the standard has no room for it (NaN, lone surrogates) is taken too."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise ValueError(f"not a JSON object but {type(value).__name__}")
    return {name: msgspec.Raw(json.dumps(item).encode()) for name, item in value.items()}


FORMAT = Format("jsonl", chunks, decode)
