"""A recoding gains what its stretches gain."""

from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.recoding.types import COMMON, RARITY, UNCOMMON, Recoding, Stretch


def test_gain() -> None:
    stretches = (Stretch(0, 1, "a", "b", 1.5), Stretch(3, 4, "a", "b", 2.0))
    assert Recoding("windows-1251>windows-1252", "codepage", stretches).gain == 3.5


def test_every_codepage_has_a_rarity() -> None:
    assert set(RARITY) == {codepage.name for codepage in CODEPAGES} >= set(COMMON)
    assert set(RARITY.values()) == {0.0, UNCOMMON}
