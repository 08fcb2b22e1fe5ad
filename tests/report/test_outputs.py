"""Outputs of a run are read again as they were written."""

import json
from pathlib import Path

import pytest

import newsclean
from newsclean.errors import InputError
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


def test_records_of_one_id_keep_their_own_edits(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": f"The café number {place} is open.".replace("é", "Ã©")} for place in range(3)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    newsclean.run([tmp_path / "in.jsonl"], tmp_path / "out", steps=["repair"], on_repeated_id="keep-first")
    found = list(RunOutputs(tmp_path / "out").articles())
    assert [article.raw for article in (found[0], found[-1])] == [rows[0]["text"], rows[-1]["text"]]


def test_damaged_edits_are_named(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text("{}")
    (tmp_path / "edits.jsonl").write_text('{"id": "a", "edits": [], "flags": []}\n{"id":')
    with pytest.raises(InputError, match=r"edits\.jsonl line 2 is damaged"):
        list(RunOutputs(tmp_path).articles())
