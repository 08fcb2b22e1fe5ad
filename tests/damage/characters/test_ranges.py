"""Ranges are usable in the brackets of a regular expression, and hold what they say."""

import re

import pytest

from newsclean.damage.characters import ranges


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("JOINING_SCRIPTS", "هक", "aж"),
        ("UNSPACED_SCRIPTS", "ขក", "aк"),
        ("EAST_ASIAN", "中か한", "aж"),
        ("EMOJI_PART", "😀\ufe0f", "a中"),
        ("JOINERS", "ه😀", "a"),
    ],
)
def test_ranges_hold_what_they_say(name: str, inside: str, outside: str) -> None:
    pattern = re.compile(f"[{getattr(ranges, name)}]")
    assert all(map(pattern.match, inside))
    assert not any(map(pattern.match, outside))


def test_right_to_left() -> None:
    assert ranges.RIGHT_TO_LEFT.search("שלום")
    assert not ranges.RIGHT_TO_LEFT.search("hello")
