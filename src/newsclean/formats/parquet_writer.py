"""Writing Parquet: one schema for all rows, whichever format they came in."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from newsclean.errors import OutputError
from newsclean.formats import jsonl, parquet
from newsclean.formats.base import Added

_ADDED = {"story": pa.string(), "kept": pa.string(), "relation": pa.string(), "similarity": pa.float64()}


class ParquetWriter:
    """Parquet, Zstandard-compressed, one row group a part."""

    def __init__(self, path: Path, parts: Sequence[Path]) -> None:
        self._path = path
        self._rows = _unified([read_schema(part) for part in parts])
        self._writer: pq.ParquetWriter | None = None

    def write(self, directory: Path, select: Sequence[int], added: Added) -> None:
        """See `Writer`."""
        try:
            rows = read_rows(directory).take(pa.array(select, pa.int64()))
            table = pa.concat_tables([self._rows.empty_table(), rows], promote_options="permissive")
            table = table.select(self._rows.names).cast(self._rows)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
            raise _conflict(error) from error
        for name, values in added.items():
            kind = _ADDED[name.removeprefix("newsclean_")]
            table = table.append_column(name, pa.array(values, kind))
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema, compression="zstd")
        if table.num_rows:
            self._writer.write_table(table)

    def close(self) -> None:
        """See `Writer`."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, self._rows, compression="zstd")
        self._writer.close()


def read_rows(directory: Path) -> pa.Table:
    """The rows saved in `directory`."""
    path = directory / parquet.ROWS
    if path.exists():
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()
    records = [jsonl.loads(line) for line in (directory / jsonl.ROWS).read_bytes().split(b"\n")[:-1]]
    names = dict.fromkeys(name for record in records for name in record)
    try:
        return pa.table({name: pa.array([record.get(name) for record in records]) for name in names})
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError) as error:
        raise _conflict(error) from error


def read_schema(directory: Path) -> pa.Schema:
    """The schema of the rows saved in `directory`."""
    path = directory / parquet.ROWS
    if path.exists():
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).schema
    return read_rows(directory).schema


def _unified(schemas: list[pa.Schema]) -> pa.Schema:
    try:
        return pa.unify_schemas(schemas, promote_options="permissive").remove_metadata()
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise _conflict(error) from error


def _conflict(error: Exception) -> OutputError:
    return OutputError(f"the rows do not fit one Parquet schema ({error}); use --format jsonl")
