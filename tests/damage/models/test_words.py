"""Known words, and words with lost letters."""

import pytest

from newsclean.damage.models.words import filled, languages_of, words


@pytest.mark.parametrize("word", ["schnürt", "Über", "Kullanıcı", "předávat", "ширина", "για", "être"])
def test_known(word: str) -> None:
    assert languages_of(word)


@pytest.mark.parametrize("word", ["úber", "Kullanýcý", "pøedávat", "взсть", "", "abc"])
def test_unknown(word: str) -> None:
    assert not languages_of(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("schn\ufffdrt", "schnürt"),
        ("M\ufffdnzenberg", "Münzenberg"),
        ("UNABH\ufffdNGIG", "UNABHÄNGIG"),
        ("b\ufffdr", ""),
        ("\ufffd", ""),
        ("x\ufffd\ufffd\ufffdy", ""),
        ("child\ufffds", ""),
    ],
)
def test_filled(word: str, expected: str) -> None:
    assert filled(word) == expected


def test_a_language_decides_between_several() -> None:
    portuguese = 1 << words().codes.index("pt")
    assert filled("configura\ufffd\ufffdo", portuguese) == "configuração"
