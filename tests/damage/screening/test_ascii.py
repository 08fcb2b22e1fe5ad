"""Signs of damage in ASCII."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.screening.report import AMPERSAND, CONTROL, PLUS
from newsclean.damage.screening.screen import screen_text


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_flags(text: str) -> None:
    flags = screen_text(text).flags
    assert bool(flags & AMPERSAND) == ("&" in text)
    assert bool(flags & PLUS) == ("+" in text)
    assert bool(flags & CONTROL) == any((c < " " and c not in "\t\n\f\r") or c == "\x7f" for c in text)
