"""Languages are told by their most frequent words."""

import numpy as np
import pytest

from newsclean.duplicates.tokens import language_code, split
from newsclean.duplicates.tokens._languages import ASKED, UNKNOWN
from newsclean.duplicates.tokens.languages import background, quantized, tell_languages

TEXTS = {
    "en": "The minister said that the government would not agree to what the opposition had asked for in the spring.",
    "de": "Der Minister sagte, dass die Regierung nicht auf das eingehen werde, was die Opposition forderte.",
    "vi": "Bộ trưởng cho biết chính phủ sẽ không đồng ý với những gì phe đối lập đã yêu cầu trong mùa xuân năm nay.",
}


def told(text: str, code: int = ASKED) -> int:
    words, bounds = split([text])
    codes = np.array([code], np.uint8)
    tell_languages(words, bounds, codes)
    return int(codes[0])


@pytest.mark.parametrize("language", TEXTS)
def test_running_text(language: str) -> None:
    assert told(TEXTS[language]) == language_code(language) != UNKNOWN


def test_near_misses() -> None:
    assert told("") == UNKNOWN
    assert told(TEXTS["en"], language_code("de")) == language_code("de")


def test_names_of_languages() -> None:
    assert language_code("pt_BR") == language_code("PT") == language_code("pt-PT")
    assert language_code(None) == language_code("xx") == UNKNOWN
    assert len(background().languages) == 42


def test_probabilities_are_quantized() -> None:
    assert quantized(1.0) == 0
    assert quantized(1e-9) == 255
