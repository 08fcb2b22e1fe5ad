"""Bytes of UTF-16 that were shown as two characters each."""

import pytest

from newsclean.damage.utf16 import utf16
from newsclean.edits import apply_edits


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("text", ["news of the day", "Новости дня", "Ελληνικά νέα"])
def test_bytes_are_joined(text: str, order: str) -> None:
    damaged = text.encode(f"utf-16-{order}").decode("latin-1")
    edits = utf16(damaged)
    assert apply_edits(damaged, edits) == text
    assert {edit.rule for edit in edits} == {f"utf-16{order}>latin-1"}


@pytest.mark.parametrize("text", ["", "news", "a\x00b", "\x07\x07 done ====", "Größe\x00", "a" * 500 + "\x00\x01"])
def test_leaves_alone(text: str) -> None:
    assert utf16(text) == []


def test_a_stretch_without_lower_controls_is_none_of_marks() -> None:
    hebrew = (
        " \xd7\x91\xd7\xa2\xd7\u0161\xd7\x9b\xd7\x9d \xd7\x95\xd7\x91\xd7\x96\xd7\x9b\xd7\x95\xd7\x99\xd7\x95\xd7\xaa"
    )
    assert utf16(hebrew + "\xd7\x99\xd7\x94\xd7\x9d. Os  \x07\xe2\u20ac\x00\uac00") == []
