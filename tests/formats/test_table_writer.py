"""Tables of rows of different shapes have one schema."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsclean.errors import OutputError
from newsclean.formats import arrow_rows, json_rows
from newsclean.formats.base import Saved
from newsclean.formats.compression import write_packed
from newsclean.formats.table_writer import TableWriter, read_rows


def part(folder: Path, *lines: bytes) -> Saved:
    folder.mkdir()
    write_packed(folder / json_rows.ROWS, b"".join(line + b"\n" for line in lines))
    return Saved(folder, (), "text")


@pytest.mark.parametrize("name", ["articles.parquet", "articles.arrow"])
def test_columns_of_all_parts_are_united(tmp_path: Path, name: str) -> None:
    parts = [part(tmp_path / "a", b'{"text":"x","n":1}'), part(tmp_path / "b", b'{"text":"y","n":1.5,"m":"z"}')]
    writer = TableWriter(tmp_path / name, parts)
    for each in parts:
        writer.write(each, [0], {"story": [None]})
    writer.close()
    found = pq.read_table(tmp_path / name) if name.endswith("t") else pa.ipc.open_file(str(tmp_path / name)).read_all()
    assert found.to_pydict() == {"text": ["x", "y"], "n": [1.0, 1.5], "m": [None, "z"], "story": [None, None]}


def test_rows_that_fit_no_schema_say_so(tmp_path: Path) -> None:
    parts = [part(tmp_path / "a", b'{"text":"x","n":1}'), part(tmp_path / "b", b'{"text":"y","n":["a"]}')]
    with pytest.raises(OutputError, match="--format jsonl"):
        TableWriter(tmp_path / "articles.parquet", parts)


def test_saved_arrow_rows_are_read(tmp_path: Path) -> None:
    table = pa.table({"text": ["x"], "when": pa.array([1], pa.timestamp("us"))})
    with pa.ipc.new_file(str(tmp_path / arrow_rows.ROWS), table.schema) as writer:
        writer.write_table(table)
    assert read_rows(Saved(tmp_path, (), "text")) == table
