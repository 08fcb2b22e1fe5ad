"""Characters that are signs only beside others."""

import re

from hypothesis import given
from hypothesis import strategies as st

from newsclean.damage.lossy import leftovers, lost_letters
from newsclean.damage.screening.report import LOST
from newsclean.damage.screening.screen import screen_text

PIECES = [
    *"ÂÃâÎÏ€\ufffd?„—™˜œ±µ¿£ƒ‡‰°©®",
    *("n", "I", "it", "s", "t", "d", "m", "re", "ve", "ll", " ", "_", "9", ".", "é", "人", "\n"),
    *("donât", "Itâs", "weâre", "Iâm", "Theyâll", "atÂ a", "5Ã—6", "aquÃ", "GroÃ?en"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_may_be_a_leftover_is_looked_at(text: str) -> None:
    if leftovers.has_signs(text) or lost_letters.has_signs(text):
        assert screen_text(text).flags & LOST


def test_letters_that_begin_a_leftover_are_no_sign_in_correct_text() -> None:
    texts = [
        "Île-de-France, À Nîmes et Ïambe, pâté, bâtiment, forêt : 10 €, c’était hâtif.",
        "Când România, atât de încântătoare, își amintește; În râuri, mâine, cât, pământ. Î. Ï",
        "NÃO, a SITUAÇÃO não é ÂMBAR; Ângela, 25 €",
        "Thâm Tâm, năm tháng, đâm, lâm, âm nhạc, sâm.",
    ]
    assert [text for text in texts if screen_text(text).flags & LOST] == []


def test_every_pattern_of_leftovers_is_found_by_its_first_character() -> None:
    assert {leftover.sign for leftover in leftovers.LEFTOVERS} == set("ÂÃâÎÏ€\ufffd")
    assert all(re.match(re.escape(own.sign), own.pattern) or own.sign == "\ufffd" for own in leftovers.LEFTOVERS)
