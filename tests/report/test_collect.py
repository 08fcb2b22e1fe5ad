"""Counts and samples of a run."""

from pathlib import Path

import pytest

from newsclean.errors import InputError
from newsclean.report import collect


def test_counts_are_those_of_the_summary(seeds_run: Path) -> None:
    report = collect(seeds_run)
    assert sum(group.articles for group in report.figures.sources.values()) == report.summary["read"]
    assert sum(report.figures.edits_by_rule.values()) == sum(report.summary["rules"].values())


def test_the_least_sure_changes_come_first(seeds_run: Path) -> None:
    report = collect(seeds_run)
    sure = [article.edits[place].confidence for article, place in report.samples.borderline]
    assert sure == sorted(sure)
    assert len(sure) > 5


def test_pairs_are_shown_with_their_articles(seeds_run: Path) -> None:
    report = collect(seeds_run)
    assert [pair.relation for pair in report.samples.pairs] == ["same_story"]
    assert {report.samples.pairs[0].left, report.samples.pairs[0].right} <= report.samples.texts.keys()


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished run"):
        collect(tmp_path)


def test_a_damaged_file_is_named(seeds_run: Path, tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text("{}")
    (tmp_path / "pairs.jsonl").write_text('{"left":')
    with pytest.raises(InputError, match=r"pairs.jsonl line 1 is damaged"):
        collect(tmp_path)
