"""Parquet, a row group at a time; the directories of a partitioned data set (`source=bbc/`) are columns."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from newsclean.formats.arrow_rows import decode, first_line, sample, table_chunks
from newsclean.formats.base import Chunk, Format, Reject, Source
from newsclean.formats.compression import too_long

_GROUP_BYTES = 64 << 20  # larger row groups are read in pieces


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """One chunk a row group, more where it is large."""
    first, rejected = 1, False
    try:
        with pq.ParquetFile(raw) as file:
            count = file.num_row_groups
            size = _size(raw) // max(1, count)
            for number in range(count):
                for found in _group(file, number, limit):
                    if isinstance(found, str):
                        yield Reject(source.path, first, found)
                        rejected = True
                    else:
                        yield from table_chunks(source, _partitioned(found, source), first, size)
                        first += found.num_rows
    except (OSError, pa.ArrowException) as error:
        yield Reject(source.path, None, f"not a readable Parquet file: {first_line(error)}")
        return
    if first == 1 and not rejected:
        yield Reject(source.path, None, "the file is empty")


def _group(file: Any, number: int, limit: int) -> Iterator[pa.Table | str]:
    """The rows of a group as tables, or the reason why they are not given."""
    group = file.metadata.row_group(number)
    rows = group.num_rows
    if rows and group.total_byte_size // rows > limit:
        yield f"row group {number}: {too_long('a row', limit)}"
        return
    pieces = max(1, -(-group.total_byte_size // _GROUP_BYTES))
    try:
        for batch in file.iter_batches(max(1, -(-rows // pieces)), row_groups=[number], use_threads=False):
            yield pa.Table.from_batches([batch])
    except (OSError, pa.ArrowException) as error:
        yield f"row group {number} cannot be read: {first_line(error)}"


def _partitioned(table: pa.Table, source: Source) -> pa.Table:
    """The table with the values that the names of its directories hold."""
    for part in PurePosixPath(source.path.replace("\\", "/")).parts[:-1]:
        name, equals, value = part.partition("=")
        if equals and name.isidentifier() and name not in table.column_names:
            text = None if value == "__HIVE_DEFAULT_PARTITION__" else unquote(value)
            table = table.append_column(name, pa.array([text] * table.num_rows, pa.string()))
    return table


def _size(raw: BinaryIO) -> int:
    position = raw.tell()
    size = raw.seek(0, 2)
    raw.seek(position)
    return size


FORMAT = Format("parquet", chunks, decode, sample)
