"""The way back to the bytes, and what is told of them."""

import pytest

from newsclean.damage.decoding.result import Decoded, Part, encoded, part


def test_parts_keep_bytes_only_where_they_must() -> None:
    assert part("あ", 3, "cp932", "あ".encode("cp932")) == Part(3, 4, "cp932")
    twice = b"\xfa\x40"  # a character that this encoding has twice
    text = twice.decode("cp932")
    assert part(text, 0, "cp932", twice).raw == twice
    assert part(text, 0, "cp932", encoded(text, "cp932")).raw is None


def test_encode_joins_the_parts() -> None:
    found = Decoded("éж\udc98", "utf-8", 1, "mixed", parts=(Part(0, 1, "utf-8"), Part(1, 3, "windows-1251")), mark=b"!")
    assert found.encode() == b"!" + "é".encode() + "ж".encode("cp1251") + b"\x98"
    assert found.encodings == ("utf-8", "windows-1251")
    assert found.unreadable == 1


@pytest.mark.parametrize(("declared", "overruled"), [(None, False), ("utf-8", False), ("koi8-r", True)])
def test_overruled(declared: str | None, overruled: bool) -> None:
    assert Decoded("é", "utf-8", 1, "utf-8", declared, (Part(0, 1, "utf-8"),)).overruled is overruled


def test_lone_surrogates_have_bytes() -> None:
    assert encoded("\ud800", "utf-16-le") == b"\x00\xd8"
    assert encoded("\udc80", "utf-8") == b"\x80"
