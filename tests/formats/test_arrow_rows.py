"""Arrow tables keep their types, whatever the text is held in."""

import pyarrow as pa
import pytest

from newsclean.formats.arrow_rows import OWN_ID, ArrowRows, decode, string_array, table_chunks, with_texts
from newsclean.formats.base import Source
from newsclean.formats.fields import Fields

SOURCE = Source("x.arrow", "x.arrow", "arrow")


def decoded(table: pa.Table, fields: Fields = Fields(text="text", id="id")) -> ArrowRows:
    [chunk] = table_chunks(SOURCE, table, 1, 10)
    rows = decode(chunk._replace(fields=fields)).rows
    assert isinstance(rows, ArrowRows)
    return rows


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())], ids=str
)
def test_texts_are_put_in_their_own_type(kind: pa.DataType) -> None:
    assert string_array(["a", None, "\ud83d"], kind).type == kind
    assert string_array(["a", None, "\ud83d"], kind).to_pylist() == ["a", None, "\ufffd"]


def test_a_dictionary_that_is_full_grows() -> None:
    texts = [str(number) for number in range(300)]
    assert string_array(texts, pa.dictionary(pa.int8(), pa.string())).to_pylist() == texts


def test_a_field_of_a_struct_is_set() -> None:
    table = pa.table({"a": [{"b": "old", "n": 1}, None], "x": [1, 2]})
    new = with_texts(table, "a.b", ["new", None])
    assert new["a"].to_pylist() == [{"b": "new", "n": 1}, None]
    assert new.schema == table.schema


def test_ids_are_written_where_they_fit() -> None:
    assert decoded(pa.table({"text": ["a", "b"]})).table["id"].to_pylist() == ["x.arrow:1", "x.arrow:2"]
    assert decoded(pa.table({"text": ["a", "b"], "id": ["u", None]})).table["id"].to_pylist() == ["u", "x.arrow:2"]
    numbers = decoded(pa.table({"text": ["a", "b"], "id": [7, None]})).table
    assert numbers["id"].to_pylist() == [7, None]
    assert numbers[OWN_ID].to_pylist() == ["7", "x.arrow:2"]


def test_large_tables_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.formats.arrow_rows._BATCH_BYTES", 1000)
    table = pa.table({"text": ["x" * 100] * 95})
    chunks = list(table_chunks(SOURCE, table, 1, 100))
    assert len(chunks) > 5
    assert [chunk.first for chunk in chunks][:2] == [1, chunks[1].first]
    assert sum(len(decode(chunk._replace(fields=Fields(text="text"))).rows.documents) for chunk in chunks) == 95
