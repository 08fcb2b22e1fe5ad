"""Outputs of a run are read again as they were written."""

import json
from pathlib import Path

import pytest

import newsclean
from newsclean.report.outputs import RunOutputs
from tests.paths import SEEDS


@pytest.mark.parametrize("format_name", ["jsonl", "parquet", "txt"])
def test_raw_texts_come_back(tmp_path: Path, format_name: str) -> None:
    rows = {path.stem: path.read_text(encoding="utf-8") for path in SEEDS}
    rows["copy"] = rows[SEEDS[0].stem]
    lines = (json.dumps({"id": name, "text": text}) for name, text in rows.items())
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    newsclean.run([str(tmp_path / "in.jsonl")], str(tmp_path / "out"), workers=1, format=format_name)
    found = {article.document["id"]: article for article in RunOutputs(tmp_path / "out").articles()}
    assert {name: article.raw for name, article in found.items()} == rows
    assert sum(article.is_dropped for article in found.values()) == 1


def test_edits_that_do_not_fit_their_text_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text("{}")
    (tmp_path / "articles.jsonl").write_text('{"id":"a","text":"Changed by hand."}\n')
    edit = {"start": 3, "before": "", "after": "other", "rule": "x", "confidence": 1.0}
    (tmp_path / "edits.jsonl").write_text(json.dumps({"id": "a", "edits": [edit], "flags": []}) + "\n")
    [article] = RunOutputs(tmp_path).articles()
    assert article.edits == ()
    assert article.raw == "Changed by hand."
