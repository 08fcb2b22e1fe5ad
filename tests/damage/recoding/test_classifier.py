"""How sure the best recoding of a line is."""

import pytest

from newsclean.damage.recoding.classifier import examined, judged, outcome, unrepeated
from newsclean.damage.recoding.features import RECODING_FEATURES


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Íîâîñòè äíÿ â ìèðå è ñòðàíå", "Новости дня в мире и стране"), ("ÇÃ´ë¹Î±¹ ´º½º ¼Óº¸", None)],
)
def test_judged(text: str, expected: str | None) -> None:
    found = judged(text)
    assert found is not None
    recoding, sure = found
    assert 0 <= sure < 1
    if expected is not None:
        assert outcome(text, recoding) == expected
        assert sure > 0.5


@pytest.mark.parametrize("text", ["plain text", "Größe", "Новости дня"])
def test_correct_text_has_no_sure_recoding(text: str) -> None:
    found = judged(text)
    assert found is None or found[1] < 0.5


def test_words_that_come_again_tell_no_more() -> None:
    assert unrepeated("μm, μm, μm") == "μm, , "
    assert unrepeated("один два три четыре один") == "один два три четыре один"


def test_features_have_names() -> None:
    found = examined("Íîâîñòè äíÿ â ìèðå")
    assert found is not None
    assert len(found[1]) == len(RECODING_FEATURES)
