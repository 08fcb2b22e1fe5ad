"""Damaged mojibake: what is believed, and what is not."""

import pytest

from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.lossy.repair import believed, byte_forms, changed, repair_line, spaced
from newsclean.edits import Edit, apply_edits

WESTERN = ([codepage.name for codepage in CODEPAGES].index("windows-1252"),)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('attÃ"Â«stÃ"Â«bas programma', "attīstības programma"),
        ("mladÃ1⁄2 chlapec", "mladý chlapec"),
    ],
)
def test_known_codepage(line: str, expected: str) -> None:
    _, edits = repair_line(line, WESTERN)
    assert apply_edits(line, edits) == expected


@pytest.mark.parametrize("line", ["plain text", "SÃO PAULO", "Größe", "À la carte"])
def test_nothing_is_found(line: str) -> None:
    assert repair_line(line, ()) == (0.0, [])


def test_a_space_is_left_where_the_language_wants_it() -> None:
    line = "grâce Ã elle"
    edits = [Edit(6, "Ã ", "à", "")]
    assert apply_edits(line, spaced(line, edits)) == "grâce à elle"


def test_ideographs_alone_are_not_believed() -> None:
    assert not believed("abc xyz", 99.0, [Edit(4, "xyz", "中", "")], True, True)


def test_changed_case_may_be_several_characters() -> None:
    table, strings = changed("upper")
    assert "".join(map(chr, strings[table[ord("ß")] - 0x110000])).rstrip("\0") == "SS"
    assert byte_forms(WESTERN, "").cased.size == 0
