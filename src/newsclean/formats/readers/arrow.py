"""Arrow IPC files and streams (Feather 2), and the shards of saved Hugging Face datasets."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from newsclean.formats.arrow_rows import decode, first_line, sample, table_chunks
from newsclean.formats.base import Chunk, Format, Reject, Source
from newsclean.formats.compression import read_whole


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """One chunk a record batch, more where it is large."""
    if source.compression:
        data = read_whole(raw, source.compression, limit)
        if isinstance(data, str):
            yield Reject(source.path, None, data)
            return
        raw = io.BytesIO(data)
    first = 1
    try:
        for batch in _batches(raw):
            yield from table_chunks(source, batch, first, batch.nbytes)
            first += batch.num_rows
    except (OSError, pa.ArrowException) as error:
        line = first if first > 1 else None
        yield Reject(source.path, line, f"not a readable Arrow file beyond this point: {first_line(error)}")
        return
    if first == 1:
        yield Reject(source.path, None, "the file is empty")


def _batches(raw: BinaryIO) -> Iterator[Any]:
    head = raw.read(6)
    if not head:
        return
    if raw.seekable():
        raw.seek(0)
    else:
        raw = io.BytesIO(head + raw.read())
    if head == b"ARROW1":
        with pa.ipc.open_file(raw) as file:
            for number in range(file.num_record_batches):
                yield file.get_batch(number)
    elif head.startswith(b"FEA1"):
        raise pa.ArrowInvalid("Feather version 1 is too old; write it again with pyarrow.feather")
    else:
        with pa.ipc.open_stream(raw) as stream:
            yield from stream


FORMAT = Format("arrow", chunks, decode, sample)
