"""`newsclean explain` as a shell calls it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import newsclean
from newsclean.cli.main import app


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "x.jsonl"
    path.write_text(
        json.dumps({"id": "7", "text": "The caf\u00c3\u00a9 is open."}) + "\n" + json.dumps({"text": "Two."})
    )
    return path


def said(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, ["explain", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_record_by_its_id(dump: Path) -> None:
    assert "The caf[-\u00c3\u00a9-]{+\u00e9+} is open." in said(dump, "--id", "7")
    assert said(dump, "--id", "7", "--diff").splitlines()[1] == "-The caf[-\u00c3\u00a9-] is open."
    assert json.loads(said(dump, "--id", "7", "--json"))["edits"][0]["rule"] == "utf-8>windows-1252"


def test_an_article_of_a_run_shows_what_the_run_did(dump: Path, tmp_path: Path) -> None:
    newsclean.run([dump], tmp_path / "out", steps=["repair"])
    assert "utf-8>windows-1252" in said(tmp_path / "out", "--id", "7")
