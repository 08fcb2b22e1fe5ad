"""What rules make of what they find, where the text around it decides."""

import re

import pytest

from newsclean.damage.characters import replacements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("voilÃ  tout", "à"),
        ("aquÃ con", "í"),
        ("c’est Ã  moi", "à"),
        ("siempre vivo allÃ con mi madre y mis hermanos", "í"),
    ],
)
def test_grave(text: str, expected: str) -> None:
    match = re.search("Ã", text)
    assert match
    assert replacements.grave(match) == expected


def test_entity() -> None:
    for text, expected in (("&EACUTE;", "É"), ("&eacute;", "é"), ("&nosuch;", "&nosuch;")):
        match = re.fullmatch(".*", text)
        assert match
        assert replacements.entity(match) == expected
