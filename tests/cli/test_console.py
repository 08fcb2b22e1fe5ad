"""The summary as a person reads it."""

import pytest

from newsclean.cli.console import counted, print_summary, progress
from newsclean.jobs import LogProgress, Summary

SUMMARY = Summary(
    read=2_000,
    kept=1_998,
    dropped={"identical": 1, "repeated_id": 1},
    stories=1,
    boilerplate=0,
    rejected=3,
    reasons={"not JSON": 2, "[red]no field": 1},
    changed=5,
    characters_removed=10,
    characters_left=90,
    rules={f"rule-{n}": 1 for n in range(10)},
    flags={"too-long": 1},
    fields={"text=body (of 3 fields)": 1},
    dates_unread=1,
    unread_dates=("03/04/2025",),
    renamed=1,
    skipped={"a device, not a file": ["/dev/[/x]"]},
    files=("articles.jsonl",),
)


def test_every_figure_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(SUMMARY, "out", ["repair"])
    said = capsys.readouterr().out
    for words in (
        "2,000 articles read, 1,998 kept",
        "10 characters removed (10.0%)",
        "2 more rules",
        "1 dropped: with the id of one that is kept",
        "1 date not read for certain, and not used: 03/04/2025",
        "text=body (of 3 fields)",
        "3 rejected: see out/rejects.jsonl",
        "[red]no field",
        "1 file skipped, a device, not a file: /dev/[/x]",
        "Results: out/articles.jsonl",
    ):
        assert words in said


def test_a_dry_run_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(SUMMARY, "out", ["repair"], dry=True)
    assert "nothing was written to out" in capsys.readouterr().out


def test_without_a_terminal_progress_is_logged() -> None:
    with progress(shown=True) as shown:
        assert isinstance(shown, LogProgress)


def test_numbers_are_counted() -> None:
    assert counted(0, "story", "stories") == "0 stories"
