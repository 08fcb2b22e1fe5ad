"""What rules make of what they find, where the text around it decides."""

import re

from newsclean.damage.characters import replacements


def test_entity() -> None:
    for text, expected in (("&EACUTE;", "É"), ("&eacute;", "é"), ("&nosuch;", "&nosuch;")):
        match = re.fullmatch(".*", text)
        assert match
        assert replacements.entity(match) == expected
