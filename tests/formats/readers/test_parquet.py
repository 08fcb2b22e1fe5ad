"""Parquet: row groups, large ones in pieces, and partitions as columns."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.formats.readers.common import read


def test_large_row_groups_come_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Text {n}." for n in range(100)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "x.parquet", row_group_size=60)
    monkeypatch.setattr("newsclean.formats.readers.parquet._GROUP_BYTES", 100)
    documents, rejects = read(tmp_path)
    assert [each["text"] for each in documents] == texts
    assert documents[-1]["id"] == "x.parquet:100"
    assert not rejects


def test_partitions_are_columns(tmp_path: Path) -> None:
    for host, text in (("b%20c", "B."), ("__HIVE_DEFAULT_PARTITION__", "None.")):
        folder = tmp_path / f"source={host}" / "year=2025"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"text": [text]}), folder / "part-0.parquet")
    assert {each["text"]: each["source"] for each in read(tmp_path)[0]} == {"B.": "b c", "None.": None}


def test_rows_that_are_too_long_are_rejected(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["x" * 10_000]}), tmp_path / "x.parquet")
    [reject] = read(tmp_path, limit=1000)[1]
    assert "longer than" in reject.reason
