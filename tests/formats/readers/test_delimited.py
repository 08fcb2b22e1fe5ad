"""CSV and TSV as spreadsheets and data bases write them."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean.formats.base import Source
from newsclean.formats.readers.delimited import chunks
from tests.formats.readers.common import read

CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=30)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "text"], ["a", 'One, "two"; and\nthree | four']]
    with (tmp_path / "x.csv").open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert [(each["id"], each["text"]) for each in read(tmp_path)[0]] == [("a", rows[1][1])]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(CELLS.filter(lambda text: text.strip() != ""), min_size=1, max_size=5), st.sampled_from([1, 5, 50, 5000])
)
def test_what_csv_writes_is_read_wherever_chunks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: list[str], size: int
) -> None:
    monkeypatch.setattr("newsclean.formats.readers.delimited.CHUNK_BYTES", size)
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([["id", "text"], *([f"i{n}", text] for n, text in enumerate(texts))])
    (tmp_path / "x.csv").write_bytes(buffer.getvalue().encode())
    documents, rejects = read(tmp_path)
    assert not rejects
    assert [each["text"] for each in documents] == texts


def test_a_bad_row_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('text,n\n"a\nb",1\nc\nd,2\n')
    documents, rejects = read(tmp_path)
    assert [each["id"] for each in documents] == ["x.csv:2", "x.csv:5"]
    assert [(each.line, each.reason) for each in rejects] == [(4, "the row has 1 fields, the header 2")]


def test_what_is_read_of_a_broken_file_is_whole(tmp_path: Path) -> None:
    rows = b"text,n\r\n" + b"".join(b'"The storm %d\r\ntook it.",1\r\n' % n for n in range(9_000))
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(rows)[:-3_000])
    documents, [reject] = read(tmp_path)
    assert len(documents) > 1_000
    assert {each["text"][-8:] for each in documents} == {"took it."}
    assert "cut off" in reject.reason


@pytest.mark.parametrize("size", [1, 7, 5_000])
@pytest.mark.parametrize(
    ("content", "texts", "reason"),
    [
        (b"text\r\na\r\nb\r\n", ["a", "b"], None),
        (b"text\ra\rb", ["a", "b"], None),
        (b"text\na\n\n\nb", ["a", "b"], None),
        (b"text\na\n" + b"x" * 3_000 + b"\nb\n", ["a"], "a line is longer than 2,000 bytes"),
        (b'text\na\n"' + b"x\n" * 2_000 + b'"\nb\n', ["a"], "a field is longer than 2,000 bytes"),
    ],
)
def test_lines_end_wherever_blocks_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, content: bytes, texts: list[str], reason: str | None
) -> None:
    monkeypatch.setattr("newsclean.formats.readers.delimited.CHUNK_BYTES", size)
    (tmp_path / "x.csv").write_bytes(content)
    documents, rejects = read(tmp_path, limit=2_000)
    assert [each["text"] for each in documents] == texts
    assert [reason is not None and each.reason.startswith(reason) for each in rejects] == [True] * (reason is not None)


def test_a_line_of_nothing_but_delimiters_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.formats.readers.delimited._MOST_FIELDS", 100)
    (tmp_path / "x.csv").write_bytes(b"text,n\n" + b"x, " * 50 + b"\n" + b"," * 200 + b"\n")
    _, [first, second] = read(tmp_path)
    assert "51 fields, the header 2" in first.reason
    assert (second.line, second.reason) == (3, "a line has more than 100 fields; nothing beyond it is read")


def test_empty_cells_take_room_too(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"text,n\n" + b",\n" * 100_000)
    found = list(chunks(Source("x", "x", "csv"), (tmp_path / "x.csv").open("rb"), 1 << 20))
    assert len(found) > 2


def test_columns_of_one_name_have_different_ones(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"n,n_3,n,,text\n1,2,3,4,storm\n")
    [document], rejects = read(tmp_path)
    assert (document["text"], rejects) == ("storm", [])
