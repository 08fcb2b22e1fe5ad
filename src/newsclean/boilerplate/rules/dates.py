"""Lines that are a date: when the page was written, in figures or with the name of a month."""

import functools
import re

from newsclean.boilerplate.rules.registry import month_names
from newsclean.boilerplate.rules.words import remembered

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
_SHORT_DATE = r"(?:\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?|\d{1,2}[-./]\d{1,2}[-./]\d{4})"
_TIME = r"(?:[\sT,|·-]*\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s?(?:[AaPp]\.?[Mm]\.?|Z|UTC|GMT|[+-]\d{2}:?\d{2})?\b)?"
_LABELLED = re.compile(rf"[^\w\n]*(?:[^\W\d]+[^\w\n]+){{1,3}}?{_SHORT_DATE}{_TIME}(?!\s?[,、，])[\s|:;·–—-]*")
LEAST_BEHIND = 60  # code points of article behind a date


@functools.cache
def _months() -> frozenset[str]:
    return frozenset(name.lower() for name in month_names())


@remembered
def is_stamp(line: str) -> bool:
    """Whether a line is a date, with its time or a word or two besides.

    >>> is_stamp("17:41 JST, October 13, 2024"), is_stamp("12.05.2024 Berlin, Great Arena")
    (True, False)
    """
    if not (("20" in line or "19" in line) and _YEAR.search(line)):  # most lines with numbers have none
        return False
    date = _DATE.search(line)
    if date is None or (date.lastgroup and date[date.lastgroup].lower() not in _months()):
        return False
    rest, clocks = _CLOCK.subn(" ", line[: date.start()] + " " + line[date.end() :])
    return len(_WORD.findall(rest)) <= (WORDS_WITH_CLOCK if clocks else WORDS)


def date_before(line: str) -> int:
    """Code points of a date with its label that stands before the first sentence of a line, or 0. (`On 5/12/2018, the
    police` begins the sentence.)

    >>> date_before("date 2025-11-13 " + "Executives of the group met the head of the maker in Seoul on Thursday.")
    16
    """
    match = _LABELLED.match(line)
    if match is None or len(line) - match.end() < LEAST_BEHIND or line[match.end()].islower():
        return 0
    return match.end()
