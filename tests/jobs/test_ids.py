"""Repeated ids: rejected with their text, dropped, or renamed; nothing is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

import newsclean

ROWS = [
    {"id": "a", "text": "The cafÃ© is open."},
    {"id": "a", "text": "The cafÃ© is closed."},
    {"id": "a#2", "text": "The storm took the bridge."},
    {"id": "b", "text": "Nothing happened."},
]


def run(tmp_path: Path, policy: Any) -> tuple[newsclean.Summary, dict[str, list[dict[str, Any]]]]:
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    summary = newsclean.run([tmp_path / "x.jsonl"], tmp_path / "out", steps=["repair"], on_repeated_id=policy)
    names = ("articles", "dropped", "edits", "rejects")
    files = {name: (tmp_path / "out" / f"{name}.jsonl").read_text().splitlines() for name in names}
    return summary, {name: [json.loads(line) for line in lines] for name, lines in files.items()}


def test_a_rejected_record_keeps_its_raw_text_and_is_counted_once(tmp_path: Path) -> None:
    summary, files = run(tmp_path, "reject")
    assert (summary.read, summary.kept, summary.changed, summary.rejected) == (3, 3, 1, 1)
    assert summary.rules == {"utf-8>windows-1252": 1}
    [reject] = files["rejects"]
    assert (reject["line"], reject["id"], reject["text"]) == (2, "a", ROWS[1]["text"])


def test_the_first_is_kept(tmp_path: Path) -> None:
    summary, files = run(tmp_path, "keep-first")
    assert (summary.read, summary.kept, summary.dropped, summary.rejected) == (4, 3, {"repeated_id": 1}, 0)
    [dropped] = files["dropped"]
    assert (dropped["text"], dropped["kept"], dropped["relation"]) == ("The café is closed.", "a", "repeated_id")


def test_the_second_is_renamed(tmp_path: Path) -> None:
    summary, files = run(tmp_path, "rename")
    assert (summary.read, summary.kept, summary.renamed) == (4, 4, 1)
    assert [row["newsclean_id"] for row in files["articles"]] == ["a", "a#3", "a#2", "b"]
    assert [row["id"] for row in files["edits"]] == ["a", "a#3"]


@pytest.mark.parametrize("policy", ["reject", "keep-first", "rename"])
def test_what_is_read_adds_up(tmp_path: Path, policy: Any) -> None:
    summary, files = run(tmp_path, policy)
    assert summary.read == len(files["articles"]) + len(files["dropped"])
    assert len(ROWS) == summary.read + summary.rejected
