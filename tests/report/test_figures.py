"""Alarms are raised for what is far from the rest, and for nothing else."""

from newsclean.edits import Edit
from newsclean.formats.base import Document
from newsclean.report.figures import Figures, twentieth
from newsclean.report.outputs import Article


def article(source: str, removed: int = 0, is_dropped: bool = False) -> Article:
    document = Document(id="x", text="a" * 100, title=None, date="2026-01-02T10:00", source=source, lang="en")
    edits = (Edit(0, "b" * removed, "", "advert", 0.9),) if removed else ()
    return Article(document, edits, (), is_dropped)


def figures(shares: dict[str, int], dropped: dict[str, int] | None = None) -> Figures:
    found = Figures()
    for source, removed in shares.items():
        for number in range(30):
            found.add(article(source, removed, number < (dropped or {}).get(source, 0)), in_story=False)
    return found


def test_a_source_that_loses_much_more_text_raises_an_alarm() -> None:
    alarms = figures({"a": 5, "b": 6, "c": 4, "d": 80}).alarms()
    assert [(alarm.kind, alarm.name) for alarm in alarms] == [("source", "d")]
    assert "44% of its text removed" in alarms[0].reason


def test_a_source_that_loses_many_articles_raises_an_alarm() -> None:
    alarms = figures({"a": 0, "b": 0, "c": 0}, dropped={"c": 15}).alarms()
    assert [(alarm.name, alarm.reason.split(";")[0]) for alarm in alarms] == [("c", "50% of its articles dropped")]


def test_alike_sources_raise_none() -> None:
    assert figures({"a": 5, "b": 6, "c": 9, "d": 12}).alarms() == []


def test_days_are_counted() -> None:
    assert figures({"a": 0}).days == {"2026-01-02": 30}


def test_bins() -> None:
    assert [twentieth(share) for share in (-1, 0, 0.049, 0.05, 0.999, 1, 7)] == [0, 0, 0, 1, 19, 19, 19]
