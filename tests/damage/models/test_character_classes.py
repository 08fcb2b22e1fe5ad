"""Classes and scripts of characters."""

import numpy as np

from newsclean.damage.codepoints import code_points
from newsclean.damage.models.character_classes import (
    ALPHA,
    KINDS,
    LOWER,
    MET,
    UPPER,
    Kind,
    any_unmet,
    class_names,
    class_of,
    meet,
    met,
    script,
    script_number,
    scripts,
)


def test_scripts() -> None:
    assert [script(c) for c in "aжαك中"] == ["LATIN", "CYRILLIC", "GREEK", "ARABIC", "HANI"]
    assert script("—") == ""
    assert scripts()[script_number("ж") - 1] == "CYRILLIC"


def test_classes_have_names() -> None:
    assert class_of("é") in class_names()


def test_characters_are_looked_up_once() -> None:
    codes = code_points("éЖ中\u1a20")
    meet(codes)
    assert not any_unmet(codes, KINDS)
    assert any_unmet(codes, np.zeros_like(KINDS[:0x10000]))
    assert KINDS[ord("é"), Kind.FLAGS] & (ALPHA | LOWER | MET) == ALPHA | LOWER | MET
    assert KINDS[ord("Ж"), Kind.FLAGS] & UPPER
    assert KINDS[ord("Ж"), Kind.SCRIPT] == script_number("Ж")


def test_training_met_what_languages_are_written_with() -> None:
    assert met("é")
    assert not met("\U00012345")
