"""Records of Arrow tables: columns other than the text keep their types. They reach workers as Arrow streams."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from newsclean.formats.base import Chunk, Decoded, Document, Source, spread
from newsclean.formats.documents import Reader
from newsclean.formats.fields import ROLES, SAMPLE, value_at
from newsclean.formats.json_rows import OWN_ID

ROWS = "rows.arrow"
_BATCH_BYTES = 64 << 20


class ArrowRows:
    """Records of one chunk, those without a text left out."""

    def __init__(self, table: pa.Table, text_field: str, documents: list[Document], places: Sequence[Any]) -> None:
        self.documents = documents
        self.places: list[tuple[str, int | None]] = list(places)
        self.table = table
        self.names = tuple(table.column_names)
        self.text_field = text_field

    def save(self, directory: Path, texts: Sequence[str]) -> None:
        """Write `rows.arrow`."""
        table = with_texts(self.table, self.text_field, texts)
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        path = str(directory / ROWS)
        with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema, options=options) as writer:
            writer.write_table(table)

    def thin(self, most: int) -> None:
        """Keep so many records, spread over all."""
        rows = spread(len(self.documents), most)
        self.documents = [self.documents[row] for row in rows]
        self.places = [self.places[row] for row in rows]
        self.table = self.table.take(rows)


def read_rows(directory: Path) -> pa.Table:
    """The rows that `ArrowRows.save` saved."""
    with pa.memory_map(str(directory / ROWS)) as source:
        return pa.ipc.open_file(source).read_all()


def with_texts(table: pa.Table, path: str, texts: Sequence[str | None]) -> pa.Table:
    """A table with other texts in a column, or in a field of a column of structs."""
    head, _, rest = path.partition(".")
    name = path if path in table.column_names or not rest else head
    if name not in table.column_names or not len(texts):
        return table
    index = table.column_names.index(name)
    column = table.column(index)
    new = string_array(texts, column.type) if name == path else _within(column.combine_chunks(), rest, texts)
    return table.set_column(index, pa.field(name, new.type, metadata=table.schema.field(index).metadata), new)


def _within(structs: Any, path: str, texts: Sequence[str | None]) -> pa.Array:
    head, _, rest = path.partition(".")
    structs = structs.chunk(0) if isinstance(structs, pa.ChunkedArray) else structs
    fields = list(structs.type)
    arrays = structs.flatten()
    index = structs.type.get_field_index(head)
    arrays[index] = _within(arrays[index], rest, texts) if rest else string_array(texts, arrays[index].type)
    fields = [field.with_type(array.type) for field, array in zip(fields, arrays, strict=True)]
    mask = structs.is_null()
    return pa.StructArray.from_arrays(arrays, fields=fields, mask=mask)


def string_array(texts: Sequence[str | None], kind: pa.DataType) -> pa.Array:
    """Texts as Arrow strings of a type; what UTF-8 cannot hold (lone surrogates) becomes U+FFFD."""
    try:
        array = pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        valid = [text and text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts]
        array = pa.array(valid, pa.large_string())
    if pa.types.is_null(kind):
        return array
    if not pa.types.is_dictionary(kind):
        return array.cast(kind)
    encoded = array.cast(kind.value_type).dictionary_encode()
    try:
        return pa.DictionaryArray.from_arrays(encoded.indices.cast(kind.index_type), encoded.dictionary)
    except pa.ArrowInvalid:  # more texts than the index can number
        return encoded


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds strings, of any of Arrow's kinds."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def table_chunks(source: Source, table: pa.Table | pa.RecordBatch, first: int, size: int) -> Iterator[Chunk]:
    """A table as chunks of at most some 64 MB, each an Arrow stream in bytes."""
    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    pieces = max(1, -(-table.nbytes // _BATCH_BYTES))
    rows = max(1, -(-table.num_rows // pieces))
    for start in range(0, table.num_rows, rows):
        piece = table.slice(start, rows)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, piece.schema) as writer:
            writer.write_table(piece)
        yield Chunk(source, first + start, sink.getvalue().to_pybytes(), size * piece.num_rows // table.num_rows)


def _table(chunk: Chunk) -> pa.Table:
    """The rows of a chunk. Views become plain strings: Arrow cannot select rows of views."""
    table = pa.ipc.open_stream(chunk.data).read_all()
    for index, field in enumerate(table.schema):
        for is_view, kind in (
            (pa.types.is_string_view, pa.large_string()),
            (pa.types.is_binary_view, pa.large_binary()),
        ):
            if is_view(field.type):
                table = table.set_column(index, field.with_type(kind), table.column(index).cast(kind))
    return table


def decode(chunk: Chunk) -> Decoded:
    """The rows of a chunk that hold a text, and rejects for the others."""
    table, fields = _table(chunk), chunk.fields
    reader = Reader(chunk.source.path, chunk.source.name, fields)
    documents, kept, owns = list[Document](), list[int](), list[bool]()
    names = table.column_names
    for index, values in enumerate(_values(table, chunk)):
        line = chunk.first + index
        if isinstance(values, str):
            reader.reject(line, values)
            continue
        found, own = reader.document(values, line, names)
        if found is not None:
            documents.append(found)
            kept.append(index)
            owns.append(own)
    places = [(chunk.source.path, chunk.first + index) for index in kept]
    table = _with_ids(table.take(pa.array(kept, pa.int64())), fields.id or "id", documents, owns)
    return Decoded(ArrowRows(table, fields.text or "text", documents, places), reader.rejects, reader.counts)


def _with_ids(table: pa.Table, name: str, documents: Sequence[Document], owns: Sequence[bool]) -> pa.Table:
    """The table with the ids that rows got because they had none."""
    if all(owns):
        return table
    ids = pa.array([document["id"] for document in documents], pa.string())
    if name not in table.column_names and "." not in name:
        return table.append_column(name, ids)
    if name in table.column_names and is_text(table.schema.field(name).type):
        index = table.column_names.index(name)
        return table.set_column(index, name, string_array(ids.to_pylist(), table.schema.field(name).type))
    return table.append_column(OWN_ID, ids)


def _values(table: pa.Table, chunk: Chunk) -> Iterator[dict[str, Any] | str]:
    """What each row holds in each role or, if it is not UTF-8, the reason."""
    paths = {role: path for role in ROLES if (path := getattr(chunk.fields, role)) is not None}
    heads = {path if path in table.column_names else path.partition(".")[0] for path in paths.values()}
    columns = table.select([name for name in table.column_names if name in heads])
    for index in range(table.num_rows):
        try:
            row = columns.slice(index, 1).to_pylist()[0] if columns.num_columns else {}
        except UnicodeDecodeError as error:
            yield f"not UTF-8: {error.reason} at byte {error.start} of a field"
            continue
        except (ValueError, OverflowError) as error:
            yield f"a value cannot be read: {error}"
            continue
        yield {role: value_at(row, path) for role, path in paths.items()}


def sample(chunk: Chunk) -> list[dict[str, Any]]:
    """The first rows, those that can be read."""
    rows = []
    table = _table(chunk).slice(0, SAMPLE)
    for index in range(table.num_rows):
        try:
            rows += table.slice(index, 1).to_pylist()
        except (ValueError, OverflowError):
            continue
    return rows or [dict.fromkeys(table.column_names)]


def first_line(error: BaseException) -> str:
    """The first line of an error's message."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
