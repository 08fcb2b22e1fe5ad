"""Lines that are dates, and dates that ran into a line."""

import pytest

from newsclean.boilerplate.rules import date_before, is_stamp

STORY = "Executives of the group met the head of the maker in Seoul on Thursday, it was said."


@pytest.mark.parametrize(
    "line", ["13 October 2024, 17:41", "2024-10-13", "12. Mai 2024 Berlin", "2024年10月13日 08:00"]
)
def test_stamps(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize("line", ["In October 2024 the town voted", "12.05.2024 Berlin, Great Arena", "17:41", "v2024"])
def test_no_stamps(line: str) -> None:
    assert not is_stamp(line)


@pytest.mark.parametrize("line", [STORY, "date 2025-11-13", f"date 2025-11-13 {STORY.lower()}"])
def test_no_date_before(line: str) -> None:
    assert date_before(line) == 0


def test_date_before() -> None:
    assert date_before(f"published 13.11.2025 10:30 | {STORY}") == len("published 13.11.2025 10:30 | ")
