"""What correct text is often like although a recoding would gain something."""

import pytest

from newsclean.damage.recoding.single_byte import reread
from newsclean.damage.recoding.types import Recoding, Stretch
from newsclean.damage.recoding.vetoes import contradicted, habit, mixed_words


def codepage(before: str, after: str, kind: str = "codepage") -> Recoding:
    return Recoding("windows-1250>windows-1252", kind, (Stretch(0, len(before), before, after, 20.0),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("models—the LG’s", "modelsóthe LGís"),
        ("ÀÁÂÃÄÅÆ", "ŔÁÂĂÄĹĆ"),
        ("½ + ¼", "˝ + Ľ"),
        ("├──┼──┤", "ĂÄÄĹÄÄ´"),
        ("word", "wоrd"),
    ],
)
def test_vetoed(before: str, after: str) -> None:
    assert habit(before, codepage(before, after))


def test_not_vetoed() -> None:
    assert not habit("Íîâîñòè äíÿ", codepage("Íîâîñòè äíÿ", "Новости дня"))


def test_few_characters_are_no_multi_byte_text() -> None:
    assert habit("°²", codepage("°²", "꼀", "wide"))


def test_mixed_words() -> None:
    assert mixed_words("Exрlorer ok Новости") == 1


def test_a_calm_text_in_the_same_script_contradicts() -> None:
    after = reread("ΔΗΜΟΣ", "windows-1251>windows-1253")
    recoding = Recoding("windows-1251>windows-1253", "codepage", (Stretch(0, 5, "ΔΗΜΟΣ", after, 20.0),))
    assert contradicted(recoding, "Το κείμενο αυτό είναι γραμμένο στα ελληνικά και διαβάζεται καλά.")
    assert not contradicted(recoding, "")
