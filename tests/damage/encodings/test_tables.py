"""The arrays against the code pages that they are made of."""

import numpy as np
import pytest

from newsclean.damage.encodings.codepages import CODEPAGES, characters
from newsclean.damage.encodings.tables import FILLED, WRITTEN_IN, byte_table, codepage_table, utf8_tables


@pytest.mark.parametrize("codepage", range(len(CODEPAGES)), ids=WRITTEN_IN)
def test_characters_of_a_codepage_stand_for_their_bytes(codepage: int) -> None:
    table = utf8_tables()[:, codepage]
    for byte, character in enumerate(characters(WRITTEN_IN[codepage])):
        if 0x80 <= byte < 0xC0:
            assert table[ord(character)] >> 8 & 0x3F == byte & 0x3F
        elif 0xC2 <= byte < 0xF5:
            same = [other for other, own in enumerate(characters(WRITTEN_IN[codepage])) if own == character]
            assert table[ord(character)] & 0xFF in same


def test_windows_1252_fills_what_a_codepage_lacks() -> None:
    codepage = WRITTEN_IN.index("windows-1257")
    assert utf8_tables()[ord("Ÿ"), codepage] == 0x9F << 8 | FILLED
    assert utf8_tables()[0x9F, codepage] == 0x9F << 8


def test_there_and_back() -> None:
    for row, name in enumerate(WRITTEN_IN):
        codes = codepage_table()[row]
        some = np.flatnonzero(codes)
        assert (codes[byte_table(name)[codes[some]]] == codes[some]).all()
    assert byte_table("windows-1252")[ord("€")] == 0x80
    assert byte_table("latin-1")[ord("中")] == -1
