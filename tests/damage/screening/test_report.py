"""What a report says of a text."""

from newsclean.damage.screening.report import CONTROL, MOST_EXCESS, ScreeningReport


def report(flags: int = 0, codepages: int = 0, excess: int = 0, length: int = 100) -> ScreeningReport:
    return ScreeningReport(flags, codepages, excess, length, 0.0, 0, None)


def test_calm() -> None:
    assert not report().damaged
    assert not report(excess=21).suspicious


def test_damaged() -> None:
    assert report(flags=CONTROL).damaged
    assert not report(flags=CONTROL).misread
    assert report(codepages=1).misread
    assert report(excess=23).suspicious


def test_long_texts_need_more_excess_up_to_a_bound() -> None:
    assert report(length=10).least < report(length=500).least < report(length=10_000).least == MOST_EXCESS
