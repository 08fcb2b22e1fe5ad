"""Counts are ranked, and rejects grouped by what they have in common."""

from collections import Counter

from newsclean.formats.base import Reject
from newsclean.jobs.summary import Unread, ranked, reasons, unread_dates


def test_zero_is_not_counted() -> None:
    assert ranked(Counter({"rule:a": 0, "rule:b": 1}), "rule:") == {"b": 1}


def test_reasons_are_grouped() -> None:
    said = [
        "not JSON: Expecting value",
        "not JSON: Extra data",
        "no field 'text' (fields: a)",
        "row group 3 cannot be read: x",
    ]
    assert reasons(Reject("f", 1, each) for each in said) == {
        "not JSON": 2,
        "no field 'text'": 1,
        "row group N cannot be read": 1,
    }


def test_some_unread_dates_are_shown() -> None:
    counts = Counter({f"date-unread:{n}": n for n in range(1, 9)})
    assert unread_dates(counts) == (36, ("8", "7", "6", "5", "4"))


def test_skipped_files_are_listed_by_reason() -> None:
    skipped = [Reject("a", None, "skipped: a device, not a file"), Reject("b", None, "skipped: a device, not a file")]
    assert Unread([], skipped).by_reason() == {"a device, not a file": ["a", "b"]}
