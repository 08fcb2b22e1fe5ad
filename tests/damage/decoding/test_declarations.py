"""Labels, and what files say of themselves."""

import codecs

import pytest

from newsclean.damage.decoding.declarations import ALIASES, declared_in, encoding_of


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ISO-8859-1", "windows-1252"),
        (" Latin1 ", "windows-1252"),
        ("x-sjis", "cp932"),
        ("Shift_JIS", "cp932"),
        ("gb2312", "gb18030"),
        ("KS_C_5601-1987", "cp949"),
        ("UTF8", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("ISO_8859-9", "windows-1254"),
        ("tis-620", "cp874"),
        ("cp037", "cp037"),
        ("windows-1251", "windows-1251"),
        ("rot13", None),
        ("hex", None),
        ("idna", None),
        ("unicode_escape", None),
        ("", None),
        ("\0", None),
        ("none such", None),
    ],
)
def test_labels(label: str, name: str | None) -> None:
    assert encoding_of(label) == name


def test_names_are_known_to_python() -> None:
    for name in ALIASES:
        codecs.lookup(name)
        assert encoding_of(name) == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b"<META CHARSET=utf-8>", "utf-8"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
        (b'@charset "windows-1250";', "windows-1250"),
        (b"#!/bin/sh\n# -*- coding: euc-jp -*-", "euc-jp"),
        (b'"Content-Type: text/plain; charset=CP1251\\n"', "windows-1251"),
        (b"SET ISO8859-15\nTRY abc", "iso-8859-15"),
        (b"\\usepackage[latin2]{inputenc}", "iso-8859-2"),
        (b"the charset of this page is utf-8", None),
        (b'<meta charset="CHARSET">', None),
        (b"x" * 5000 + b"<meta charset=utf-8>", None),
    ],
)
def test_what_files_say(data: bytes, name: str | None) -> None:
    assert declared_in(data) == name
