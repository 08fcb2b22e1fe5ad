"""Names of chains of encodings."""

import pytest

from newsclean.damage.encodings.chains import bits, chain, codepages_in, misread_in, most


@pytest.mark.parametrize(
    ("rules", "name"),
    [
        ("0 utf-8>latin-1", "utf-8>latin-1"),
        ("0 utf-8>latin-1 + 1 utf-8>windows-1251", "utf-8>windows-1251,utf-8>latin-1"),
        ("1 utf-8>a + 0 utf-8>b + 2 utf-8>c", "utf-8>c,utf-8>a,utf-8>b"),
    ],
)
def test_the_encoding_that_came_first_goes_first(rules: str, name: str) -> None:
    assert chain(rules) == name


def test_codepages_in_a_chain() -> None:
    assert misread_in("utf-8>windows-1252+1252,gbk>latin-1") == ["windows-1252"]
    assert codepages_in("utf-8>windows-1252,utf-8>gbk") == [0]
    assert misread_in("nfc") == []


def test_most_frequent_codepages_first() -> None:
    assert most([3, 1, 1, 3, 2]) == [3, 1, 2]
    assert bits([0, 3]) == 0b1001
