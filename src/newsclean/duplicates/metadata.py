"""Dates and source names as numbers."""

import datetime
from typing import Any

NO_DAY = -(1 << 31)


def day_of(date: Any) -> int:
    """The day number of a date (a `date`, a `datetime` or a string that begins YYYY-MM-DD), else `NO_DAY`.

    >>> day_of("2024-05-01T10:00:00Z") - day_of("2024-04-30")
    1
    """
    if date is None:
        return NO_DAY
    if isinstance(date, datetime.date):
        return date.toordinal()
    try:
        return datetime.date.fromisoformat(date[:10]).toordinal()
    except (TypeError, ValueError, IndexError, KeyError):
        return NO_DAY


def source_hash(source: Any) -> int:
    """A 32-bit hash of a source's name (FNV-1a of its bytes, never 0); 0 where there is none."""
    if not isinstance(source, str) or not source:
        return 0
    value = 2166136261
    for byte in source.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value or 1
