"""What ftfy proposes is taken only for lines that it thinks bad and makes plausible."""

import pytest
from ftfy.badness import is_bad
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage import ftfy_fallback
from newsclean.edits import apply_edits


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=0x2E80) | st.characters(max_codepoint=0xFF) | st.sampled_from("“—·£"), max_size=40
    )
)
def test_ftfy_thinks_nothing_bad_that_it_is_not_asked_about(text: str) -> None:
    assert ftfy_fallback.MISREAD.search(text) or not is_bad(text)
    assert not is_bad(ftfy_fallback.MISREAD.sub("", text))


def test_an_edit_is_as_small_as_can_be() -> None:
    text = "Fine.\nL’Ã©tÃ© à Köln."
    edits = ftfy_fallback.proposals(text)
    assert [edit.before for edit in edits] == ["Ã©tÃ©"]
    assert apply_edits(text, list(edits)) == "Fine.\nL’été à Köln."


@pytest.mark.parametrize("text", ["plain", "Köln", "×÷ § ¶", "Ã" * 5000])
def test_nothing_is_proposed(text: str) -> None:
    assert list(ftfy_fallback.proposals(text)) == []
