"""Encodings that show in the form of the bytes."""

import pytest

from newsclean.damage.decoding import forms


@pytest.mark.parametrize(("mark", "name"), forms.MARKS)
def test_marks(mark: bytes, name: str) -> None:
    text = "Grüße 💬"
    found = forms.marked(mark + text.encode(name))
    assert found is not None
    assert (found.text, found.encoding, found.mark) == (text, name, mark)


def test_utf16_that_begins_with_a_zero() -> None:
    found = forms.marked(b"\xff\xfe\x00\x00a\x00")
    assert found is not None
    assert (found.text, found.encoding) == ("\x00a", "utf-16-le")


def test_no_mark() -> None:
    assert forms.marked(b"\xef\xbb") is None
    assert forms.marked(b"") is None


@pytest.mark.parametrize("data", [b"~{abc~}", b"a ~{ b ~} c", b"\x1b[0mred\x1b[1m", b"~{" + b"VC~}"[:1]])
def test_what_only_looks_escaped(data: bytes) -> None:
    assert forms.escaped(data) is None


def test_cut_escapes() -> None:
    data = "今日は天気がいいですね。".encode("iso-2022-jp")[:-5]
    found = forms.escaped(data)
    assert found is not None
    assert found.text.startswith("今日は天気がいい")
    assert found.encode() == data


def test_cut_utf8() -> None:
    found = forms.ascii_or_utf8("naïve déjà".encode()[:-1])
    assert found is not None
    assert found.text == "naïve déj\udcc3"
    assert forms.ascii_or_utf8("abcé".encode()[:-1]) is None


def test_odd_and_broken_wide_units() -> None:
    for data in (b"a", b"a\0b", b"\x00\xd8a\0", b"\xff\xff\xff\xff", b"\xff\xff\xff"):
        for name in forms.WIDE:
            text, parts = forms.read(data, name)
            assert parts[-1].end == len(text)


def test_plain_text_with_a_nul_is_not_wide() -> None:
    assert forms.wide(b"plain English\0", "plain English\0") is None
