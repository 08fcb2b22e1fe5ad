"""The index commands never make a file that they were asked to read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsclean.cli.index import app
from newsclean.errors import InputError

ROW = json.dumps({"id": "a", "text": "The storm took the bridge of Ardenburg on Monday night."}) + "\n"


@pytest.mark.parametrize(
    "command", [["query", "{}", "x.jsonl"], ["info", "{}"], ["evict", "{}", "--before", "2025-01-01"]]
)
def test_an_index_that_is_missing_is_not_made(tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "missing.index"
    (tmp_path / "x.jsonl").write_text(ROW)
    arguments = [each.format(path) if each == "{}" else each for each in command]
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, InputError)
    assert "no such index" in str(result.exception)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"no index", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_damaged_index_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.index"
    path.write_bytes(content)
    result = CliRunner().invoke(app, ["info", str(path)])
    assert isinstance(result.exception, InputError)
    assert "damaged.index" in str(result.exception)
