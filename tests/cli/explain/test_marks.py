"""Marks of what goes and comes."""

from rich.console import Console

from newsclean.cli.explain.marks import Marks


def test_colour_is_enough_on_a_terminal() -> None:
    marks = Marks(Console(force_terminal=True, color_system="standard"))
    assert marks.removed("a") + marks.put("b") == "ab"


def test_without_colour_there_are_brackets() -> None:
    marks = Marks(Console(force_terminal=True, no_color=True))
    assert marks.removed("a") + marks.put("b") == "[-a-]{+b+}"
