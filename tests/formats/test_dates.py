"""Dates in the shapes of news data; what is uncertain stays unread."""

import datetime

import pytest

from newsclean.formats.dates import iso_date

READ = [
    ("2025-11-13", "2025-11-13"),
    ("2025-11-13T08:15:00Z", "2025-11-13T08:15:00Z"),
    ("2025-11-13 08:15:00+01:00", "2025-11-13 08:15:00+01:00"),
    ("20251113", "2025-11-13"),
    ("2025/11/13", "2025-11-13"),
    ("2025/11/13 08:15", "2025-11-13"),
    ("2025年11月13日", "2025-11-13"),
    ("13.11.2025", "2025-11-13"),
    ("1.2.2025", "2025-02-01"),
    ("13/11/2025", "2025-11-13"),
    ("11/13/2025", "2025-11-13"),
    ("5/5/2025", "2025-05-05"),
    ("Thu, 13 Nov 2025 08:15:00 GMT", "2025-11-13T08:15:00+00:00"),
    ("Thu, 13 Nov 2025 08:15:00 -0500", "2025-11-13T08:15:00-05:00"),
    ("1763020800", "2025-11-13T08:00:00+00:00"),
    ("1763020800000", "2025-11-13T08:00:00+00:00"),
    (1763020800, "2025-11-13T08:00:00+00:00"),
    (1763020800.5, "2025-11-13T08:00:00+00:00"),
    (1763020800000, "2025-11-13T08:00:00+00:00"),
    (datetime.date(2025, 11, 13), "2025-11-13"),
    (datetime.datetime(2025, 11, 13, 8), "2025-11-13T08:00:00"),
    ("Nov 13, 2025", "2025-11-13"),
    ("November 13, 2025", "2025-11-13"),
]
MONTHS = {
    "en": "13 November 2025",
    "de": "13. November 2025",
    "fr": "13 novembre 2025",
    "es": "13 de noviembre de 2025",
    "pt": "13 de novembro de 2025",
    "it": "13 novembre 2025",
    "nl": "13 november 2025",
    "pl": "13 listopada 2025",
    "cs": "13. listopadu 2025",
    "sk": "13. novembra 2025",
    "hu": "2025. november 13.",
    "ro": "13 noiembrie 2025",
    "bg": "13 ноември 2025",
    "ru": "13 ноября 2025",
    "uk": "13 листопада 2025",
    "be": "13 лістапада 2025",
    "sr": "13. новембар 2025",
    "hr": "13. studenoga 2025",
    "sl": "13. november 2025",
    "el": "13 Νοεμβρίου 2025",
    "tr": "13 Kasım 2025",
    "fi": "13. marraskuuta 2025",
    "sv": "13 november 2025",
    "da": "13. november 2025",
    "nb": "13. november 2025",
    "et": "13. november 2025",
    "lv": "2025. gada 13. novembris",
    "lt": "2025 m. lapkričio 13 d.",
    "id": "13 November 2025",
    "ms": "13 November 2025",
    "vi": "13 tháng 11 2025",
    "th": "13 พฤศจิกายน 2025",
    "ar": "13 نوفمبر 2025",
    "fa": "13 نوامبر 2025",
    "he": "13 בנובמבר 2025",
    "hi": "13 नवंबर 2025",
    "bn": "13 নভেম্বর 2025",
    "ta": "13 நவம்பர் 2025",
    "te": "13 నవంబర్ 2025",
    "ka": "13 ნოემბერი 2025",
    "hy": "13 նոյեմբերի 2025",
    "az": "13 noyabr 2025",
    "ja": "2025年11月13日",
    "ko": "2025년 11월 13일",
    "zh": "2025年11月13日",
    "ca": "13 de novembre de 2025",
    "sw": "13 Novemba 2025",
    "tl": "Nobyembre 13, 2025",
}
UNREAD = [
    "",
    "yesterday",
    "5 hours ago",
    "2025",
    "November 2025",
    "03/04/2025",
    "2025-13-45",
    "31.02.2025",
    "5",
    5,
    True,
]


@pytest.mark.parametrize(("value", "expected"), READ, ids=str)
def test_what_is_certain_is_read(value: object, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize("value", [*UNREAD, None, [], {}, float("nan"), "0" * 400, "x 1 " * 400], ids=ascii)
def test_what_is_not_stays_unread(value: object) -> None:
    assert iso_date(value) is None


def test_months_of_forty_languages() -> None:
    assert len(MONTHS) >= 40
    unread = {lang: text for lang, text in MONTHS.items() if (iso_date(text, lang) or "")[:10] != "2025-11-13"}
    assert len(MONTHS) - len(unread) >= 40, unread
    wrong = {lang: found for lang, text in unread.items() if (found := iso_date(text, lang)) is not None}
    assert wrong == {}
