"""Known words speak for a recoding or against it; few letters prove nothing."""

import pytest

from newsclean.damage import repair_batch
from newsclean.damage.recoding.known_words import changed_words, verdict
from newsclean.damage.recoding.types import Recoding, Stretch


def codepage(before: str, after: str) -> Recoding:
    return Recoding("windows-1254>windows-1252", "codepage", (Stretch(0, len(before), before, after, 20.0),))


@pytest.mark.parametrize(
    ("before", "after"),
    [("Kullanýcý adý", "Kullanıcı adı"), ("pøedávat", "předávat"), ("Ïðèâåò íîâîñòè", "Привет новости")],
)
def test_proof(before: str, after: str) -> None:
    assert verdict(codepage(before, after), 0.1) == 0.9


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("œcuménique", "ścuménique"),
        ("Straße", "Straže"),
        ("kΩ", "kê"),
        ("ξανά", "НАМэ"),
        ('Among("αδεσ"', 'Among("אכמו"'),
        ("Itaú", "Itať"),
        ("nrc•next", "nrcònext"),
        ("Λεκ", "Лек"),
    ],
)
def test_veto(before: str, after: str) -> None:
    assert verdict(codepage(before, after), 0.9) == 0.0


def test_words_that_change() -> None:
    assert changed_words(codepage("Adlý und so", "Adlı und so")) == (("Adlý",), ("Adlı",))


@pytest.mark.parametrize("text", ["ξανά\tFiHY\tf", '("ALL", "Λεκ"),', "Josef-Schlesinger-Straße", "E: 乇", "█║▌│ █│║▌"])
def test_correct_lines_stay(text: str) -> None:
    assert repair_batch([text])[0].edits == ()
