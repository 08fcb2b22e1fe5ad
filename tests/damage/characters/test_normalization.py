"""Composing letters and marks, and edits of the composed text as edits of the text itself."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newsclean.damage.characters.normalization import composed, compositions, uncomposed
from newsclean.edits import Edit, apply_edits

MARKED = st.text(st.sampled_from("eaoU \u0301\u0308\u3099か\u1100\u1161\u11a8x"), max_size=20)


@given(MARKED)
def test_composing_is_what_unicode_calls_nfc_but_for_marks_without_a_base(text: str) -> None:
    assert unicodedata.normalize("NFC", composed(text)) == unicodedata.normalize("NFC", text)


@given(MARKED)
def test_compositions_say_where_letters_stand(text: str) -> None:
    for start, before, after in compositions(text):
        assert text[start : start + len(before)] == before != after


def test_edits_of_the_composed_text_are_edits_of_the_text() -> None:
    text = "cafe\u0301 xy"
    edits = uncomposed(text, [Edit(5, "xy", "z", "rule")])
    assert [(edit.start, edit.rule) for edit in edits] == [(6, "rule")]
    assert apply_edits(text, edits) == "cafe\u0301 z"
