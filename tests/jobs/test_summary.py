"""Counts are ranked, and rejects grouped by what they have in common."""

import json
from collections import Counter
from pathlib import Path

from newsclean.formats.base import Reject
from newsclean.jobs.summary import RejectFile, Unread, ranked, unread_dates


def test_zero_is_not_counted() -> None:
    assert ranked(Counter({"rule:a": 0, "rule:b": 1}), "rule:") == {"b": 1}


def test_rejects_are_written_and_their_reasons_grouped(tmp_path: Path) -> None:
    said = [
        "not JSON: Expecting value",
        "not JSON: Extra data",
        "no field 'text' (fields: a)",
        "row group 3 cannot be read: x",
    ]
    file = RejectFile(tmp_path / "rejects.jsonl")
    file.write(Reject("f", 9 - line, each) for line, each in enumerate(said))
    file.write([Reject("a", None, "not JSON: no")])
    file.close()
    rows = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert [(row["file"], row["line"]) for row in rows] == [("f", 6), ("f", 7), ("f", 8), ("f", 9), ("a", None)]
    assert ranked(file.counts) == {"not JSON": 3, "no field 'text'": 1, "row group N cannot be read": 1}


def test_some_unread_dates_are_shown() -> None:
    counts = Counter({f"date-unread:{n}": n for n in range(1, 9)})
    assert unread_dates(counts) == (36, ("8", "7", "6", "5", "4"))


def test_skipped_files_are_listed_by_reason() -> None:
    skipped = [Reject("a", None, "skipped: a device, not a file"), Reject("b", None, "skipped: a device, not a file")]
    assert Unread([], skipped).by_reason() == {"a device, not a file": ["a", "b"]}
