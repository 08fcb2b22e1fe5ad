"""Records of JSON: mappings from field name to the field's raw bytes, which go untouched from input to output."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np

from newsclean.errors import InputError
from newsclean.formats.base import Chunk, Decoded, Document, Origin, Saved, digest_of, spread
from newsclean.formats.compression import read_packed, write_packed
from newsclean.formats.documents import Reader
from newsclean.formats.fields import MISSING, ROLES, value_at

ROWS, LINES = "rows.jsonl.zst", "lines.npy"
BOM = b"\xef\xbb\xbf"
_SPARE_ESCAPE = re.compile(rb"\\[u/]")  # one pass, where two searches for two bytes take five times as long
_DIGITS = 4_000  # Python makes no number of more than 4,300
Record = dict[str, msgspec.Raw]
_value = msgspec.json.Decoder().decode
_split = msgspec.json.Decoder(Record).decode
_join = msgspec.json.Encoder().encode
_join_lines = msgspec.json.Encoder().encode_lines


class JsonRows:
    """Decoded records of JSON, with the field that holds the text."""

    def __init__(self, text_field: str, chunk: Chunk | None = None) -> None:
        """`chunk`: that of which each record is a line, if it can be read again."""
        self.text_field = text_field
        self.documents: list[Document] = []
        self.places: list[tuple[str, int | None]] = []
        self.records: list[Record] = []
        self.names: tuple[str, ...] = ()
        self._first = None if chunk is None or chunk.origin is None else chunk.first
        self.own: set[int] = set()
        """Lines whose records got an id."""

    def save(self, directory: Path, texts: Sequence[str]) -> None:
        """Write `rows.jsonl.zst`: all records or, if the others can be read again, those that are not what their lines
        say. Where they can, `lines.npy` says where each one stands."""
        lines = [-1] * len(texts)
        written: list[Record] = []
        values = [record.get(self.text_field) for record in self.records]
        plain = None not in values and not _may_spare(b"".join(cast(list[bytes], values)))
        for row, (record, document, text) in enumerate(zip(self.records, self.documents, texts, strict=True)):
            if text is not document["text"] or not (plain or _is_plain(record.get(self.text_field))):
                put(record, self.text_field, text)
            elif self._first is not None and (line := self.places[row][1]) is not None and line not in self.own:
                lines[row] = line - self._first
                continue
            written.append(record)
        if self._first is not None:
            np.save(directory / LINES, np.array(lines, np.int32))
        if written or self._first is None:
            write_packed(directory / ROWS, _join_lines(written))

    def thin(self, most: int) -> None:
        """Keep so many records, spread over all."""
        rows = spread(len(self.documents), most)
        self.documents = [self.documents[row] for row in rows]
        self.places = [self.places[row] for row in rows]
        self.records = [self.records[row] for row in rows]


def saved_records(rows: Saved) -> list[Record] | None:
    """The records that `JsonRows.save` saved; None if it saved none.

    Raises:
        InputError: the input has been changed since.
    """
    directory, origin = rows.directory, rows.origin
    made = read_packed(directory / ROWS).split(b"\n")[:-1] if (directory / ROWS).exists() else None
    if origin is None:
        return None if made is None else _records(made)
    lines = np.load(directory / LINES).tolist()
    written, found = iter(made or ()), read_again(origin).split(b"\n")
    if lines and lines[0] == 0:  # perhaps the first line of the file
        found[0] = found[0].removeprefix(BOM)
    return _records([next(written) if line < 0 else found[line] for line in lines])


def _records(lines: Sequence[bytes]) -> list[Record]:
    """The records of lines that were read once."""
    try:
        return list(map(_split, lines))
    except (msgspec.MsgspecError, RecursionError):
        return list(map(split, lines))


def stamp_of(file: int) -> tuple[int, ...]:
    """What tells a file from another one, and from itself after a change."""
    found = os.fstat(file)
    return found.st_ino, found.st_size, found.st_mtime_ns


def read_again(origin: Origin) -> bytes:
    """The bytes of a chunk as they were read.

    Raises:
        InputError: they have been changed since.
    """
    try:
        with open(origin.path, "rb") as file:
            same = stamp_of(file.fileno()) == tuple(origin.stamp)
            file.seek(origin.offset)
            data = file.read(origin.size)
    except OSError as error:
        raise InputError(f"{origin.path} cannot be read a second time: {error.strerror or error}") from error
    if len(data) < origin.size or not (same or digest_of(data) == origin.digest):
        raise InputError(f"{origin.path} has been changed since it was read; run the same command again")
    return data


def _is_plain(value: msgspec.Raw | None) -> bool:
    """Whether a string is JSON as `dumps` writes it: with no escapes but those that there have to be."""
    return value is not None and _SPARE_ESCAPE.search(value) is None


def _may_spare(data: bytes) -> bool:
    """Whether there is an escape in JSON that it can do without. In no part of most inputs there is: a search in each
    text takes three times as long."""
    codes = np.frombuffer(data, np.uint8)
    behind = codes[np.flatnonzero(codes[:-1] == ord("\\")) + 1]
    return bool(((behind == ord("u")) | (behind == ord("/"))).any())


def put(record: Record, path: str, value: Any) -> None:
    """Set a field, or a field within an object, and leave all others as they are.

    >>> record = split(b'{"a":{"b":1.50,"c":2}}')
    >>> put(record, "a.c", "x")
    >>> dumps(record).decode()
    '{"a":{"b":1.50,"c":"x"}}'
    """
    head, _, rest = path.partition(".")
    if path in record or not rest or head not in record:
        record[path] = msgspec.Raw(dumps(value))
        return
    inner = split(bytes(record[head]))
    put(inner, rest, value)
    record[head] = msgspec.Raw(_join(inner))


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


def dump_lines(values: Sequence[Any]) -> bytes:
    """JSON Lines, each as `dumps` makes it.

    >>> dump_lines([{"a": 1}, "b"])
    b'{"a":1}\\n"b"\\n'
    """
    try:
        return _join_lines(values)
    except UnicodeEncodeError:
        return b"".join([dumps(value) + b"\n" for value in values])


def loads(data: bytes | msgspec.Raw) -> Any:
    """The value of a piece of JSON, lone surrogates and NaN included.

    >>> loads(b'{"a": [1, NaN]}')
    {'a': [1, nan]}
    """
    try:
        return _value(data)
    except msgspec.DecodeError:
        return json.loads(bytes(data), parse_int=_integer)


def _integer(digits: str) -> int | str:
    """A number as Python holds it, or its digits, where they are too many for that."""
    return int(digits) if len(digits) <= _DIGITS else digits


def join(records: Sequence[Record]) -> list[bytes]:
    """Each record as a piece of compact JSON."""
    return list(map(_join, records))


def split(line: bytes) -> Record:
    """The fields of one record.

    Raises:
        ValueError: it is not UTF-8, not JSON or not an object; the message says which.
    """
    try:
        if not line.isascii():
            line.decode("utf-8")
        return _split(line)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte 0x{line[error.start]:02x} at byte {error.start} of the line") from None
    except RecursionError:
        raise ValueError("JSON nested more deeply than can be read") from None
    except (msgspec.DecodeError, msgspec.ValidationError):
        return _lenient(line)


def _lenient(line: bytes) -> Record:
    """What Python's own `json` writes though the standard has no room for it (NaN, lone surrogates) is taken too."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise ValueError(f"not a JSON object but {type(value).__name__}")
    try:
        "".join(value).encode()
    except UnicodeEncodeError:
        raise ValueError("the name of a field has a lone surrogate, which is no character") from None
    # Text stays as it is; NaN is something that only Python's own encoder writes.
    return {name: msgspec.Raw(dumps(v) if isinstance(v, str) else json.dumps(v).encode()) for name, v in value.items()}


def decode_records(chunk: Chunk, records: Sequence[tuple[int, Record]]) -> Decoded:
    """Rows of records, each with its line, and rejects for those that hold no article."""
    reader = Reader(chunk.source.path, chunk.source.name, chunk.fields)
    rows = JsonRows(chunk.fields.text or "text", chunk)
    names: dict[str, None] = {}
    paths = [(role, path) for role in ROLES if (path := getattr(chunk.fields, role)) is not None]
    for line, record in records:
        try:
            values = {role: _value(record[path]) for role, path in paths}
        except (KeyError, msgspec.DecodeError):
            values = {role: _at(record, path) for role, path in paths}
        found, own = reader.document(values, line, record)
        if found is None:
            continue
        if not own:
            put(record, _id_field(record, chunk.fields.id or "id"), found["id"])
            rows.own.add(line)
        rows.documents.append(found)
        rows.places.append((chunk.source.path, line))
        rows.records.append(record)
        if not names.keys() >= record.keys():
            names.update(dict.fromkeys(record))
    rows.names = tuple(names)
    return Decoded(rows, reader.rejects, reader.counts)


OWN_ID = "newsclean_id"
"""Field of the ids that records got where their field for ids holds something else."""


def _id_field(record: Record, name: str) -> str:
    value = _at(record, name)
    return name if value is MISSING or value is None or value == "" else OWN_ID


def _at(record: Mapping[str, msgspec.Raw], path: str) -> Any:
    if path in record:
        return loads(record[path])
    head, _, rest = path.partition(".")
    if not rest or head not in record:
        return MISSING
    inner = loads(record[head])
    return value_at(inner, rest) if isinstance(inner, Mapping) else MISSING
