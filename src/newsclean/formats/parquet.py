"""Parquet, a row group at a time. Columns other than the text keep their Arrow types."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from newsclean.formats.base import MAX_RECORD, Chunk, Document, Fields, Format, Reject, Source, document

ROWS = "rows.arrow"


class ArrowRows:
    """Records of one row group, those without a text left out."""

    def __init__(
        self, table: pa.Table, text_field: str, documents: list[Document], places: list[tuple[str, int | None]]
    ) -> None:
        self.documents, self.places = documents, places
        self.table = table
        self.names = frozenset(table.column_names)
        self.text_field = text_field

    def save(self, directory: Path, texts: Sequence[str]) -> None:
        """Write `rows.arrow`."""
        table = self.table
        if self.text_field in table.column_names:
            index = table.column_names.index(self.text_field)
            field = table.schema.field(index)
            table = table.set_column(index, field, string_array(texts, field.type))
        with pa.OSFile(str(directory / ROWS), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)


def string_array(texts: Sequence[str | None], kind: pa.DataType) -> pa.Array:
    """Texts as Arrow strings; what UTF-8 cannot hold (lone surrogates) becomes U+FFFD."""
    try:
        return pa.array(texts, pa.large_string()).cast(kind)
    except UnicodeEncodeError:
        valid = [text and text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts]
        return pa.array(valid, pa.large_string()).cast(kind)


def chunks(source: Source, stdin: BinaryIO | None = None, limit: int = MAX_RECORD) -> Iterator[Chunk | Reject]:
    """One chunk a row group; a worker reads it from the file itself."""
    path = source.path
    try:
        stat = Path(path).stat()
        with pq.ParquetFile(path) as file:
            groups = [file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)]
    except (OSError, pa.ArrowException) as error:
        yield Reject(path, None, f"not a readable Parquet file: {_first_line(error)}")
        return
    first = 1
    for index, count in enumerate(groups):
        data = (path, index, stat.st_size, stat.st_mtime_ns)
        yield Chunk(source, first, data, stat.st_size // len(groups))
        first += count
    if first == 1:
        yield Reject(path, None, "the file is empty")


def decode(chunk: Chunk, fields: Fields) -> tuple[ArrowRows, list[Reject]]:
    """The rows of a row group that hold a text, and rejects for the others."""
    path, group = chunk.data[:2]
    try:
        with pq.ParquetFile(path) as file:
            table = file.read_row_group(group, use_threads=False)
    except (OSError, pa.ArrowException) as error:
        reason = f"row group {group} cannot be read: {_first_line(error)}"
        return ArrowRows(pa.table({}), fields.text, [], []), [Reject(path, chunk.first, reason)]
    documents, rejects, kept = list[Document](), list[Reject](), list[int]()
    for index, values in enumerate(_records(table, fields)):
        line = chunk.first + index
        if isinstance(values, str):
            rejects.append(Reject(path, line, values))
            continue
        found, reject = document(values, fields, f"{chunk.source.name}:{line}", path, line)
        if found is None:
            rejects += [reject] if reject else []
            continue
        documents.append(found)
        kept.append(index)
    places: list[tuple[str, int | None]] = [(path, chunk.first + index) for index in kept]
    return ArrowRows(table.take(pa.array(kept, pa.int64())), fields.text, documents, places), rejects


def _records(table: pa.Table, fields: Fields) -> Iterator[dict[str, Any] | str]:
    """The values of each row that the stages need or, if they are not UTF-8, the reason."""
    wanted = (fields.text, fields.id, fields.title, fields.date, fields.source, fields.lang, "url")
    names = [name for name in wanted if name in table.column_names]
    others = dict.fromkeys(name for name in table.column_names if name not in names)
    columns = table.select(names)
    for index in range(table.num_rows):
        try:
            yield others | (columns.slice(index, 1).to_pylist()[0] if names else {})
        except UnicodeDecodeError as error:
            yield f"not UTF-8: {error.reason} at byte {error.start} of a field"


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


FORMAT = Format("parquet", chunks, decode)
