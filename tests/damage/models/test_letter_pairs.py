"""Which language a line fits."""

import pytest

from newsclean.damage.models import letter_pairs


@pytest.mark.parametrize(
    ("before", "after"),
    [("ve hiç olmadý", "ve hiç olmadı"), ("pøedávat zprávy", "předávat zprávy"), ("Ïðèâåò ìèð", "Привет мир")],
)
def test_the_right_letters_fit_better(before: str, after: str) -> None:
    fit = letter_pairs.fit(before, after)
    assert fit.after < fit.before
    assert letter_pairs.cost(after) == pytest.approx(fit.after)


def test_a_letter_of_no_language_costs_as_much_as_a_rare_pair() -> None:
    language, _ = letter_pairs.closest("the news of the day")
    most = letter_pairs.ALIEN * letter_pairs.UNIT
    assert letter_pairs.pair(ord("a"), 0x1A20, language) == most
    assert letter_pairs.pair(ord("1"), ord("2"), language) == 0.0
    assert letter_pairs.pair(ord("t"), ord("h"), language) < most
