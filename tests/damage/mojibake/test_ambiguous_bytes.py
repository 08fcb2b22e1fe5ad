"""Characters that stand for two bytes are read as their neighbours say."""

from newsclean.damage import repair_batch
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.mojibake.ambiguous_bytes import bits, twins

CODEPAGE = [codepage.name for codepage in CODEPAGES].index("iso-8859-7")


def test_the_euro_sign_is_two_bytes_in_iso_8859_7() -> None:
    assert twins()[CODEPAGE][ord("€")] == 0xA4 ^ 0x80
    assert bits()[ord("€")] >> CODEPAGE & 1


def test_neighbours_tell() -> None:
    text = (
        "\u039e\u038a\u039e\xb1\u039e\u0389 \u039f\u20ac\u039f\u0152\u039f\u201e\u039e\u0385 \u039e"
        "\u0385\u039e\u2015\u039e\xbd\u039e\xb1\u039e\u0389 \u039e\xb7 \u039f\u20ac\u039f\x81\u039f\u017d"
        "\u039f\u201e\u039e\xb7 \u039e\xb7\u039e\u038c\u039e\xad\u039f\x81\u039e\xb1 \u039f\u201e\u039e\u038f"
        "\u039f\u2026 \u039e\xad\u039f\u201e\u039e\u038f\u039f\u2026\u039f\u201a"
    )
    assert repair_batch([text])[0].text == "και πότε είναι η πρώτη ημέρα του έτους"
