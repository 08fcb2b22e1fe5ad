"""Texts as code points and back, lone surrogates included."""

from hypothesis import given
from hypothesis import strategies as st

from newsclean.damage.codepoints import code_points, text_of


@given(st.text(st.characters(codec=None), max_size=20))
def test_round_trip(text: str) -> None:
    codes = code_points(text)
    assert codes.tolist() == list(map(ord, text))
    assert text_of(codes) == text
