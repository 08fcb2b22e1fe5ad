"""JSON files: an array of records, an object that holds one (as news services answer), or JSON Lines by another name.

A file of one JSON value is read whole, so its size is bounded by the limit of one record.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import msgspec

from newsclean.formats.base import CHUNK_BYTES, Chunk, Decoded, Format, Reject, Source
from newsclean.formats.compression import blocks, read_whole
from newsclean.formats.fields import SAMPLE
from newsclean.formats.json_rows import decode_records, loads, split
from newsclean.formats.readers import jsonl

_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_BOM = b"\xef\xbb\xbf"


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """Records of the array, about `CHUNK_BYTES` at a time; `line` is the number of a record."""
    data = read_whole(raw, source.compression, limit)
    if isinstance(data, str):
        if not raw.seekable() or not _is_lines(source, raw):
            yield Reject(source.path, None, f"{data}; as JSON Lines a file may be of any size")
            return
        yield from _line_chunks(source, raw, limit)
        return
    data = data.removeprefix(_BOM)
    try:
        records = _records(data)
    except (ValueError, RecursionError) as error:
        if _first_line_is_object(data):
            yield from _line_chunks(source, io.BytesIO(data), limit, plain=True)
        else:
            yield Reject(source.path, None, f"not JSON: {error}")
        return
    if not records:
        yield Reject(source.path, None, "the file is empty")
    first, held = 0, 0
    for number, record in enumerate(records):
        held += len(record)
        if held >= CHUNK_BYTES or number + 1 == len(records):
            yield Chunk(source, first + 1, records[first : number + 1], held)
            first, held = number + 1, 0


def _line_chunks(source: Source, raw: BinaryIO, limit: int, plain: bool = False) -> Iterator[Chunk | Reject]:
    """The chunks of a file that turns out to be JSON Lines, with its own name as the source."""
    found = jsonl.chunks(source._replace(compression="") if plain else source, raw, limit)
    for chunk in found:
        yield chunk._replace(source=source) if isinstance(chunk, Chunk) else chunk


def _is_lines(source: Source, raw: BinaryIO) -> bool:
    raw.seek(0)
    head = next(blocks(raw, source.compression, 1 << 20), b"")
    raw.seek(0)
    return isinstance(head, bytes) and _first_line_is_object(head)


def _first_line_is_object(data: bytes) -> bool:
    try:
        split(data.removeprefix(_BOM).lstrip().partition(b"\n")[0])
    except ValueError:
        return False
    return True


def _records(data: bytes) -> list[bytes]:
    """The elements of an array, of the one array of objects within an object, or the object itself.

    Raises:
        ValueError: it is not JSON, or no object or array.
    """
    data.decode("utf-8")
    head = data.lstrip()[:1]
    if not head:
        return []
    if head == b"[":
        return [bytes(item) for item in _decoded(data)]
    if head != b"{":
        raise ValueError("neither an array nor an object")
    fields = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    lists = [value for value in map(bytes, fields.values()) if value.startswith(b"[")]
    lists = [value for value in lists if value[1:].lstrip().startswith(b"{")]
    return [bytes(item) for item in _decoded(lists[0])] if len(lists) == 1 else [data]


def _decoded(data: bytes) -> list[msgspec.Raw | bytes]:
    try:
        return cast("list[msgspec.Raw | bytes]", _items(data))
    except msgspec.DecodeError:  # NaN and lone surrogates, as Python writes them
        import json

        return [json.dumps(item).encode() for item in json.loads(data)]


def decode(chunk: Chunk) -> Decoded:
    """The records of a chunk."""
    if isinstance(chunk.data, bytes):
        return jsonl.decode(chunk)
    records, rejects = [], []
    for number, record in enumerate(chunk.data, chunk.first):
        try:
            records.append((number, split(record)))
        except ValueError as error:
            rejects.append(Reject(chunk.source.path, number, str(error)))
    rows, more, counts = decode_records(chunk, records)
    return Decoded(rows, sorted([*rejects, *more], key=lambda reject: reject.line or 0), counts)


def sample(chunk: Chunk) -> list[dict[str, Any]]:
    """The first records."""
    if isinstance(chunk.data, bytes):
        return jsonl.sample(chunk)
    return [value for record in chunk.data[:SAMPLE] if isinstance(value := loads(record), dict)]


FORMAT = Format("json", chunks, decode, sample)
