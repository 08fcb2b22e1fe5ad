"""Languages are told by how common words are in each."""

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


HEADLINES = {  # with hardly any of a language's most frequent words
    "en": "Central bank lifts interest rates, warns of slower growth",
    "de": "Zentralbank hebt Leitzins an, Wachstum schwächer",
    "pl": "Bank centralny podnosi stopy procentowe, prezes ostrzega",
    "id": "Bank sentral naikkan suku bunga acuan, rupiah menguat",
    "tr": "Merkez Bankası faiz kararını açıkladı, dolar yükseldi",
    "ko": "한국은행, 기준금리 인상 결정… 총재 “물가 안정 우선”",
    "zh": "央行宣布上调基准利率 行长称物价稳定优先",
    "ru": "Центральный банк повысил ключевую ставку, рубль вырос",
    "ar": "البنك المركزي يرفع أسعار الفائدة ويحذر من تباطؤ النمو",
}


@pytest.mark.parametrize("language", HEADLINES)
def test_headlines(language: str) -> None:
    assert told(HEADLINES[language]) == language_code(language) != UNKNOWN


@pytest.mark.parametrize("language", TEXTS)
def test_running_text(language: str) -> None:
    assert told(TEXTS[language]) == language_code(language) != UNKNOWN


def test_near_misses() -> None:
    assert told("") == UNKNOWN
    assert told("2024 15 3,000 7.5") == UNKNOWN  # all languages have the same numbers
    assert told("ธนาคารกลางขึ้นอัตราดอกเบี้ยและเตือนว่าการเติบโตจะชะลอตัว") == UNKNOWN  # no background
    assert told(TEXTS["en"], language_code("de")) == language_code("de")


def test_names_of_languages() -> None:
    assert language_code("pt_BR") == language_code("PT") == language_code("pt-PT")
    assert language_code(None) == language_code("xx") == UNKNOWN
    assert len(background().languages) == 42


def test_probabilities_are_quantized() -> None:
    assert quantized(1.0) == 0
    assert quantized(1e-9) == 255
