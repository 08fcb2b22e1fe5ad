"""Each hostile file ends as it should, and a directory with all of them completes."""

import json
from pathlib import Path

import pytest

import newsclean
from newsclean.formats.json_rows import loads
from tests.jobs.hostile import CASES, LIMIT, Case


def ran(folder: Path, out: Path) -> tuple[newsclean.Summary, list[dict[str, object]]]:
    summary = newsclean.run([folder], out, steps=["repair"], format="jsonl", max_record=LIMIT)
    rejects = [json.loads(line) for line in (out / "rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    return summary, rejects


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 120
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.name))
def test_each_file_ends_as_it_should(tmp_path: Path, case: Case) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("The bridge of Ardenburg stood for a hundred years.", encoding="utf-8")
    case.make(folder / case.name)
    summary, rejects = ran(folder, tmp_path / "out")
    if case.read >= 0:
        assert summary.read == case.read + 1, rejects
    if case.rejected >= 0:
        assert summary.rejected == len(rejects) == sum(summary.reasons.values()) == case.rejected, rejects
    skipped = {name: reason for reason, names in summary.skipped.items() for name in names}
    assert len(skipped) == case.skipped, skipped
    said = [*(str(reject["reason"]) for reject in rejects), *skipped.values()]
    assert case.word == "" or any(case.word in each for each in said), said
    for reject in rejects:
        assert str(reject["file"]).startswith(str(folder))


def test_a_directory_with_all_of_them_completes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for case in CASES:
        case.make(folder / case.name)
    summary, rejects = ran(folder, tmp_path / "out")
    fixed = [case for case in CASES if case.read >= 0 and case.rejected >= 0]
    assert summary.read >= sum(case.read for case in fixed)
    assert len(rejects) >= sum(case.rejected for case in fixed)
    assert sum(map(len, summary.skipped.values())) == sum(case.skipped for case in CASES)
    edits = [loads(line)["id"] for line in (tmp_path / "out" / "edits.jsonl").read_bytes().splitlines()]
    articles = [loads(line) for line in (tmp_path / "out" / "articles.jsonl").read_bytes().splitlines()]
    assert len(articles) == summary.kept
    assert set(edits) <= {str(row["id"]) for row in articles}, (
        "every article that was changed can be joined to its edits"
    )
