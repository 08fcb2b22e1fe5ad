"""The outputs of a run agree with each other and with the summary."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import newsclean
from newsclean.jobs.schema import LINES, as_object

ROWS = [
    {"text": "The cafÃ© is open.", "source": "a", "date": "13.11.2025"},
    {"text": "The storm took the bridge.", "source": "a", "date": "03/04/2025"},
    {"text": 5, "source": "b"},
    {"text": "Nothing happened.", "source": "b"},
]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    newsclean.run([tmp_path / "x.jsonl"], tmp_path / "out", steps=["repair"])
    return tmp_path / "out"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_articles_without_an_id_can_be_joined_to_their_edits(out: Path) -> None:
    articles = {row["id"]: row for row in lines(out / "articles.jsonl")}
    assert list(articles) == ["x.jsonl:1", "x.jsonl:2", "x.jsonl:4"]
    [edits] = lines(out / "edits.jsonl")
    raw = newsclean.revert(articles[edits["id"]]["text"], [newsclean.Edit(**each) for each in edits["edits"]])
    assert raw == ROWS[0]["text"]


def test_the_summary_says_what_was_met(out: Path) -> None:
    summary = json.loads((out / "summary.json").read_text())
    assert (summary["read"], summary["kept"], summary["rejected"], summary["changed"]) == (3, 3, 1, 1)
    assert summary["reasons"] == {"field 'text' must be a string, not int": 1}
    assert (summary["dates_unread"], summary["unread_dates"]) == (1, ["03/04/2025"])
    assert summary["present"] == {"source": 3, "text": 3, "date": 2}
    assert summary["fields"] == {"text=text, date=date, source=source (of 3 fields)": 1}


def test_figures_of_sources(out: Path) -> None:
    figures = lines(out / "sources.jsonl")
    assert [(each["source"], each["read"], each["dropped"]) for each in figures] == [("a", 2, 0), ("b", 1, 0)]


@pytest.mark.parametrize("name", LINES)
def test_every_file_is_as_its_schema_says(out: Path, name: str) -> None:
    for line in (out / name).read_bytes().splitlines():
        msgspec.json.decode(line, type=as_object(LINES[name]))


def test_the_summary_is_as_its_schema_says(out: Path) -> None:
    found = msgspec.json.decode((out / "summary.json").read_bytes(), type=newsclean.Summary)
    assert found.read == 3
