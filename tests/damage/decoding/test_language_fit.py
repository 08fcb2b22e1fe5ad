"""Languages and the encodings that they were written in."""

import pytest

from newsclean.damage.decoding import language_fit
from newsclean.damage.models import letter_pairs


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Nøglen til døren er ødelagt", "Næglen til dæren er ædelagt"),
        ("è stato salvato", "и stato salvato"),
        ("Öl", "öL"),
    ],
)
def test_right_text_costs_less(right: str, wrong: str) -> None:
    assert language_fit.cost(right, "utf-8") < language_fit.cost(wrong, "utf-8")


def test_a_language_is_expected_in_its_own_encodings() -> None:
    text = "Nøglen til døren er ødelagt, så vi må vente"
    assert language_fit.cost(text, "windows-1252") < language_fit.cost(text, "windows-1257")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cs:LATIN"),
        ("Съешь ещё этих мягких французских булок", "ru:CYRILLIC"),
        ("Η Αθήνα είναι η πρωτεύουσα της Ελλάδας", "el:GREEK"),
        ("Việt Nam là một quốc gia nằm ở phía đông", "vi:LATIN"),
        ("Grundstücke wären möglich, müssen aber geprüft werden", "de:LATIN"),
        ("Türkiye'de bugün hava güneşli ve ılık olacak", "tr:LATIN"),
        ("هذا نص عربي قصير للتجربة", "ar:ARABIC"),
        ("Mieszkańcy powiedzieli, że książę wyjechał", "pl:LATIN"),
    ],
)
def test_columns_of_the_model_have_the_names_of_their_languages(text: str, name: str) -> None:
    assert letter_pairs.model().names[letter_pairs.closest(text)[0]] == name


def test_names_are_sorted_languages_and_scripts() -> None:
    names = letter_pairs.model().names
    assert len(names) == letter_pairs.model().costs.shape[1] == len(set(names))
    assert [name.split(":") for name in names] == sorted(name.split(":") for name in names)
