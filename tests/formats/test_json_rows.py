"""Bytes of JSON go through untouched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.formats.base import Chunk, Source
from newsclean.formats.compression import read_packed
from newsclean.formats.fields import Fields
from newsclean.formats.json_rows import ROWS, JsonRows, decode_records, dumps, loads, put, split

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_what_is_written_is_read(value: object) -> None:
    assert loads(dumps(value)) == value


def test_other_fields_keep_their_bytes(tmp_path: Path) -> None:
    line = b'{"n":1.50,"big":123456789012345678901234567890,"u":"\\u00e9","text":"a"}'
    chunk = Chunk(Source("x", "x", "jsonl"), 1, b"", 0, Fields(text="text"))
    rows = decode_records(chunk, [(1, split(line))]).rows
    rows.save(tmp_path, ["b"])
    assert read_packed(tmp_path / ROWS) == line[:-1].replace(b'"a"', b'"b"') + b',"id":":1"}\n'.replace(b":1", b"x:1")


def test_a_field_within_an_object_is_set() -> None:
    record = split(b'{"a":{"b":{"c":1.50,"d":2}},"x":1}')
    put(record, "a.b.d", "new")
    put(record, "y.z", "flat where there is no object")
    assert dumps(record) == b'{"a":{"b":{"c":1.50,"d":"new"}},"x":1,"y.z":"flat where there is no object"}'


@pytest.mark.parametrize("line", [b"[]", b"5", b"{", b"\xff", b""])
def test_what_is_no_object_says_why(line: bytes) -> None:
    with pytest.raises(ValueError, match="not"):
        split(line)


def test_a_field_whose_name_is_no_text_is_refused() -> None:
    with pytest.raises(ValueError, match="lone surrogate"):
        split(b'{"text":"a","\\ud800":1}')


def test_rows_are_thinned(tmp_path: Path) -> None:
    chunk = Chunk(Source("x", "x", "jsonl"), 1, b"", 0, Fields(text="text"))
    rows = decode_records(chunk, [(n, split(b'{"text":"a"}')) for n in range(5)]).rows
    assert isinstance(rows, JsonRows)
    rows.thin(2)
    assert (len(rows.documents), len(rows.places), len(rows.records)) == (2, 2, 2)
