"""How bytes look once they were misread and damaged."""

from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.lossy.byte_forms import CASED, CHANGED, reading, starting

ROWS = {codepage.name: row for row, codepage in enumerate(CODEPAGES)}


def test_a_byte_shows_as_its_character_for_nothing() -> None:
    how = reading((ROWS["windows-1252"],), "")
    assert (0xC3, 0.0) in how.leads["Ã"]
    assert (0x80, 0.0) in how.continuations["€"]


def test_straightened_quotes_and_blanks_cost() -> None:
    how = reading((ROWS["windows-1252"],), "")
    assert (0x93, CHANGED) in how.continuations['"']
    assert (0xA0, CHANGED) in how.continuations[" "]
    assert how.blanks == {0xA0}


def test_changed_case_costs_a_little() -> None:
    how = reading((ROWS["windows-1252"],), "lower")
    assert (0xC3, 0.0) in how.leads["ã"]
    assert (0x8A, CASED) in how.continuations["š"]


def test_twice_misread() -> None:
    how = reading((ROWS["windows-1252"], ROWS["windows-1252"]), "")
    assert (0xC3, 0.0) in how.leads["Ãƒ"]
    assert (0xA9, 0.0) in how.continuations["Â©"]


def test_starting_tells_the_codepages() -> None:
    table = starting((ROWS["windows-1252"], ROWS["windows-1251"]))
    assert table[ord("Ã")] == 1 << ROWS["windows-1252"]
    assert table[ord("Р")] == 1 << ROWS["windows-1251"]
