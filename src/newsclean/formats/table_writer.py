"""Writing Parquet and Arrow files: one schema for all rows, whichever format they came in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newsclean.errors import OutputError
from newsclean.formats import arrow_rows, json_rows
from newsclean.formats.base import Added, Saved
from newsclean.formats.json_rows import loads

_ADDED = {
    "story": pa.string(),
    "origin": pa.string(),
    "agency": pa.string(),
    "kept": pa.string(),
    "relation": pa.string(),
    "similarity": pa.float64(),
    "id": pa.string(),
}


class TableWriter:
    """Parquet (Zstandard, one row group a part) or Arrow IPC, as the suffix says."""

    def __init__(self, path: Path, parts: Sequence[Saved]) -> None:
        self._path = path
        self._rows = _unified([read_schema(part) for part in parts])
        self._writer: Any = None

    def write(self, rows: Saved, select: Sequence[int], added: Added) -> None:
        """See `Writer`."""
        try:
            found = read_rows(rows).take(pa.array(select, pa.int64()))
            table = pa.concat_tables([self._rows.empty_table(), found], promote_options="permissive")
            table = table.select(self._rows.names).cast(self._rows)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
            raise _conflict(error) from error
        for name, values in added.items():
            kind = _ADDED[name.removeprefix("newsclean_")]
            table = table.append_column(name, pa.array(values, kind))
        if self._writer is None:
            self._writer = self._open(table.schema)
        if table.num_rows:
            self._writer.write_table(table)

    def _open(self, schema: pa.Schema) -> Any:
        if self._path.suffix == ".arrow":
            return pa.ipc.new_file(str(self._path), schema)
        return pq.ParquetWriter(self._path, schema, compression="zstd")

    def close(self) -> None:
        """See `Writer`."""
        if self._writer is None:
            self._writer = self._open(self._rows)
        self._writer.close()


def read_rows(rows: Saved) -> pa.Table:
    """Saved rows as a table."""
    saved = json_rows.saved_records(rows)
    if saved is None:
        return arrow_rows.read_rows(rows.directory)
    records = list(map(loads, json_rows.join(saved)))
    names = dict.fromkeys(name for record in records for name in record)
    try:
        return pa.table({name: pa.array([record.get(name) for record in records]) for name in names})
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError) as error:
        raise _conflict(error) from error


def read_schema(rows: Saved) -> pa.Schema:
    """The schema of saved rows."""
    path = rows.directory / arrow_rows.ROWS
    if path.exists():
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).schema
    return read_rows(rows).schema


def _unified(schemas: list[pa.Schema]) -> pa.Schema:
    try:
        return pa.unify_schemas(schemas, promote_options="permissive").remove_metadata()
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise _conflict(error) from error


def _conflict(error: Exception) -> OutputError:
    return OutputError(f"the rows do not fit one Parquet schema ({error}); use --format jsonl")
