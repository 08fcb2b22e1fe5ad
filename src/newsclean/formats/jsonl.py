"""JSON Lines, plain or compressed with gzip or Zstandard.

Fields other than the text are never decoded: their bytes go from the input line to the output line.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from newsclean.formats.base import CHUNK_BYTES, STDIN, Chunk, Document, Fields, Format, Reject, Source, document
from newsclean.formats.compression import blocks, compression_suffix, sniffed_suffix

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


def chunks(source: Source, stdin: BinaryIO | None = None) -> Iterator[Chunk | Reject]:
    """Whole lines, about `CHUNK_BYTES` at a time."""
    if stdin is not None:
        yield from _line_chunks(source, *sniffed_suffix(stdin))
        return
    with open(source.path, "rb") as raw:
        yield from _line_chunks(source, raw, compression_suffix(source.path))


def _line_chunks(source: Source, raw: BinaryIO, suffix: str) -> Iterator[Chunk | Reject]:
    pending: list[bytes] = []  # pieces of a line, or of lines, not yet handed on
    first = 1
    failure, told = None, 0
    for block in blocks(raw, suffix, CHUNK_BYTES):
        if isinstance(block, str):
            failure = block
            break
        cut = block.rfind(b"\n") + 1
        if cut:
            data = b"".join((*pending, block[:cut]))
            told, before = _told(source, raw), told
            yield Chunk(source, first, data, told - before)
            first += data.count(b"\n")
            pending = []
        pending.append(block[cut:])
    rest = b"".join(pending)
    if failure is not None:
        # The last piece of a broken stream is no whole line: it is part of what is missing.
        yield Reject(source.path, first, failure)
    elif rest:
        yield Chunk(source, first, rest, _told(source, raw) - told)
    elif first == 1:
        yield Reject(source.path, None, "the file is empty")


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
