"""Words that are known only if another code page was read as windows-1252; correct words of other languages are not."""

import zlib

import pytest

from newsclean.compilation import tier
from newsclean.damage.codepoints import code_points
from newsclean.damage.models import _misread_words
from newsclean.damage.models.misread_words import has_misread_word, known_words


@pytest.mark.parametrize("text", ["Kullanýcý adý", "// pøedávat matice", "keþfetti", "naþional"])
@pytest.mark.parametrize("interprets", [True, False])
def test_misread(text: str, interprets: bool) -> None:
    with tier(interprets=interprets):
        assert has_misread_word([text]) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "býr í húsi",
        "það er",
        "les élèves où",
        "rødgrød med fløde",
        "não, pão",
        "più, però",
        "Kullanıcı",
        "předávat",
        "è",
    ],
)
def test_correct(text: str) -> None:
    assert has_misread_word([text]) == [False]


def test_a_text_of_right_words_is_not_read_to_its_end() -> None:
    assert has_misread_word(["élève père " * 10 + "pøedávat"]) == [False]


@pytest.mark.parametrize("word", ["předávat", "Straße", "abc"])
def test_checksum(word: str) -> None:
    known = known_words()
    sum_ = _misread_words.checksum(code_points(word), known.small, 0, known.steps)
    assert sum_ == zlib.crc32(word.lower().encode())
