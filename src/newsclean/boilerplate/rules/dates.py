"""Lines that are a date: when the page was written, in figures or with the name of a month."""

import functools
import re

from newsclean.boilerplate.rules.registry import month_names

WORDS_WITH_CLOCK, WORDS = 3, 1  # words a line may have besides its date
_FIGURES = r"\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{4}"
_CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3])\s?[:.]\s?[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?(?![\d:])", re.I)
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?<![\w.])(?:{_FIGURES}|{_DAY}\.?\s(?:de\s)?(?P<month>[^\W\d_]+)\.?,?\s(?:de\s)?\d{{4}}"
    rf"|(?P<first>[^\W\d_]+)\.?\s{_DAY},?\s\d{{4}})(?!\d)"
)


@functools.cache
def _months() -> frozenset[str]:
    return frozenset(name.lower() for name in month_names())


def is_stamp(line: str) -> bool:
    """Whether a line is a date, with its time or a word or two besides.

    >>> is_stamp("17:41 JST, October 13, 2024"), is_stamp("12.05.2024 Berlin, Great Arena")
    (True, False)
    """
    if not _YEAR.search(line):  # most lines with numbers have none: a third of all time went into them
        return False
    date = _DATE.search(line)
    if date is None or (date.lastgroup and date[date.lastgroup].lower() not in _months()):
        return False
    rest, clocks = _CLOCK.subn(" ", line[: date.start()] + " " + line[date.end() :])
    return len(_WORD.findall(rest)) <= (WORDS_WITH_CLOCK if clocks else WORDS)
