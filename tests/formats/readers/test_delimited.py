"""CSV and TSV as spreadsheets and data bases write them."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
