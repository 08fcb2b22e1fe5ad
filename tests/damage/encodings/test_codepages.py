"""The registry of code pages."""

import pytest

from newsclean.damage.encodings.codepages import CODEPAGES, CodePage, characters, undefined


def test_names_are_unique_and_fit_into_a_number_of_bits() -> None:
    assert len({codepage.name for codepage in CODEPAGES}) == len(CODEPAGES) <= 48


@pytest.mark.parametrize("codepage", CODEPAGES, ids=lambda codepage: codepage.name)
def test_every_byte_has_a_character(codepage: CodePage) -> None:
    own = characters(codepage.name)
    assert own[:128] == tuple(map(chr, range(128)))
    for byte in range(128, 256):
        defined = bytes([byte]).decode(codepage.codec, "replace")
        assert own[byte] == (chr(byte) if defined == "\ufffd" else defined)
    assert codepage.why
    assert 0 <= codepage.rarity < 8


def test_undefined_bytes() -> None:
    assert undefined("latin-1") == tuple(range(0x80, 0xA0))
    assert 0x98 in undefined("windows-1251")
    assert undefined("koi8-r") == ()
