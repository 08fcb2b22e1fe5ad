"""Shifted sequences of UTF-7, and plus signs that are none."""

import pytest

from newsclean.damage.utf7 import utf7
from newsclean.edits import apply_edits


@pytest.mark.parametrize("text", ["r\u00e5det i byen", "Новости дня", "“quoted” words", "東京タワー"])
def test_sequences_are_decoded(text: str) -> None:
    damaged = text.encode("utf-7").decode("ascii")
    assert apply_edits(damaged, utf7(damaged)) == text


@pytest.mark.parametrize(
    "text",
    ["+The dollar", "Ctrl+Alt+Del", "U+10FFFF", "2.9+deb8u1", "<+CIA-1> hi", "a+b-c", "+Joe", "1+1=2"],
)
def test_leaves_alone(text: str) -> None:
    assert utf7(text) == []
