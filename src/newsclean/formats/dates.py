"""Dates as records hold them: ISO, RFC 822, epochs, numbers with dots and slashes, and words of many languages.

What cannot be read for certain is not read: `03/04/2025` is a day of March in one country and of April in another.
"""

import datetime
import email.utils
import functools
import re
from typing import Any

_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16}")
_YEAR_FIRST = re.compile(r"(\d{4})[./年-](\d{1,2})[./月-](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4}(?:\d{2})?Z?)?")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},? )?\d{1,2}[ -][A-Za-z]{3}[ -]\d{4} \d\d:\d\d")
_LETTER = re.compile(r"[^\W\d_]")
_FIRST_YEAR, _LAST_YEAR = 1600, 2200  # newspapers begin in 1605; what lies outside is no date of an article
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SHORT = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_TRIED = 6  # languages: the same name of a month means the same in most
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_BUDDHIST = (2400, 2600)  # years of Thai newspapers
_SECONDS = 1 << 33  # epochs above are in milliseconds, above a thousand times that in microseconds


def iso_date(value: Any, lang: str | None = None) -> str | None:
    """A date in ISO format, with the time and zone if there are any; None if it cannot be read for certain.

    >>> iso_date("Thu, 13 Nov 2025 08:15:00 GMT"), iso_date(1763020800), iso_date("13.11.2025")
    ('2025-11-13T08:15:00+00:00', '2025-11-13T08:00:00+00:00', '2025-11-13')
    >>> iso_date("Nov 13, 2025"), iso_date("13 listopada 2025"), iso_date("03/04/2025")
    ('2025-11-13', '2025-11-13', None)
    """
    if isinstance(value, str):
        return _read(value.strip(), lang)
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _epoch(value)
    isoformat = getattr(value, "isoformat", None)
    if isoformat is None or value != value:  # NaT is not equal to itself
        return None
    return str(isoformat())


@functools.lru_cache(maxsize=100_000)
def _read(text: str, lang: str | None) -> str | None:
    for read in (_iso, _numbers, _rfc_822):
        found = read(text)
        if found is not None:
            return found
    return _words(text, lang) if _LETTER.search(text) else None


def _iso(text: str) -> str | None:
    """ISO 8601 is kept as it is written, so that nothing changes for those who write it."""
    if not text[:4].isdigit() or text.isdigit():
        return None
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return text if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _numbers(text: str) -> str | None:
    if _EPOCH.fullmatch(text):
        return _epoch(float(text))
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_FIRST.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.match(text):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12 or first == second:  # a dot is written in countries that put the day first
            return _day(int(match[4]), second, first)
        if second > 12:
            return _day(int(match[4]), first, second)
    return None


def _epoch(number: float) -> str | None:
    for scale in (1, 1_000, 1_000_000):
        if abs(number) < _SECONDS * scale:
            if scale == 1 and abs(number) < 10_000_000:  # a year or a day number, no epoch
                return None
            return datetime.datetime.fromtimestamp(int(number / scale), datetime.UTC).isoformat()
    return None


def _rfc_822(text: str) -> str | None:
    if not _RFC_822.match(text):
        return None
    try:
        return email.utils.parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _words(text: str, lang: str | None) -> str | None:
    """A date with a month's name: the language is that of the article, or one that has the name."""
    if len(text) > 60 or not (_YEAR.search(text) and _SHORT.search(text)):
        return None
    import dateparser

    settings: Any = {"STRICT_PARSING": True, "PREFER_DATES_FROM": "past", "PARSERS": ["absolute-time"]}
    known = lang[:2].lower() if lang else None
    candidates = _languages(text)
    for language in sorted(candidates, key=lambda each: (each != known, candidates.index(each)))[:_TRIED]:
        try:
            found = dateparser.parse(text, languages=[language], settings=settings)
        except (ValueError, OverflowError, TypeError):
            continue
        if found is None:
            continue
        if _BUDDHIST[0] <= found.year <= _BUDDHIST[1]:
            found = found.replace(year=found.year - 543)
        if _FIRST_YEAR <= found.year <= _LAST_YEAR:
            is_day = found.time() == datetime.time() and ":" not in text
            return str(found.date().isoformat() if is_day else found.isoformat())
    return None


def _languages(text: str) -> list[str]:
    """Languages that have the longest name of a month in a text; none if no language has any."""
    folded = text.casefold()
    for name, languages in _months():
        if name in folded:
            return languages
    return []


@functools.cache
def _months() -> list[tuple[str, list[str]]]:
    """Names of months in all languages of dateparser, longest first, with their languages."""
    from dateparser.data.languages_info import language_order
    from dateparser.languages.loader import default_loader

    found: dict[str, list[str]] = {}
    for locale in default_loader.get_locales(languages=language_order, use_given_order=True):
        for month in _MONTHS:
            for name in locale.info.get(month, ()):
                folded = str(name).casefold().strip(".")
                if len(folded) > 2 or (len(folded) > 1 and not folded.isascii()):
                    known = found.setdefault(folded, [])
                    if locale.shortname not in known:
                        known.append(locale.shortname)
    return sorted(found.items(), key=lambda item: -len(item[0]))
