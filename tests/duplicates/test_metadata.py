"""Dates and sources as numbers."""

import datetime

import pytest

from newsclean.duplicates.metadata import NO_DAY, day_of, source_hash


@pytest.mark.parametrize("date", [None, "", "May", "2024-13-01", 7, [], {}, "0000-00-00"])
def test_what_is_no_date(date: object) -> None:
    assert day_of(date) == NO_DAY


def test_dates() -> None:
    day = datetime.date(2024, 5, 1)
    assert day_of(day) == day_of(datetime.datetime(2024, 5, 1, 23)) == day_of("2024-05-01T10:00:00Z") == day.toordinal()


def test_sources() -> None:
    assert source_hash(None) == source_hash("") == source_hash(3) == 0
    assert source_hash("a.org") != source_hash("b.org")
    assert 0 < source_hash("\ud800") < 1 << 32
