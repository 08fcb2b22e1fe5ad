"""JSON files of every shape that services give."""

import json
from pathlib import Path

import pytest

from tests.formats.readers.common import read

ROWS = [{"id": n, "text": f"Text {n}."} for n in range(3)]
SHAPES = {
    "array": json.dumps(ROWS),
    "pretty": json.dumps(ROWS, indent=2),
    "lines": "\n".join(map(json.dumps, ROWS)),
    "answer": json.dumps({"status": "ok", "total": 3, "articles": ROWS}),
    "bom": "\ufeff" + json.dumps(ROWS),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_records_are_found(tmp_path: Path, shape: str) -> None:
    (tmp_path / "x.json").write_text(SHAPES[shape], encoding="utf-8")
    documents, rejects = read(tmp_path)
    assert [(each["id"], each["text"]) for each in documents] == [(str(row["id"]), row["text"]) for row in ROWS]
    assert not rejects


def test_one_object_is_one_record(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(ROWS[0] | {"tags": ["a"]}, indent=1))
    assert [each["id"] for each in read(tmp_path)[0]] == ["0"]


def test_large_lines_under_another_name_are_streamed(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text((SHAPES["lines"] + "\n") * 50)
    documents, rejects = read(tmp_path, limit=200)
    assert len(documents) > 100
    assert not rejects


def test_a_large_array_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(SHAPES["array"])
    [reject] = read(tmp_path, limit=20)[1]
    assert "JSON Lines" in reject.reason


def test_what_python_writes_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('[{"text": "A.", "n": NaN}]')
    assert [each["text"] for each in read(tmp_path)[0]] == ["A."]
