"""Texts are screened in batches as they are alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.codepoints import code_points
from newsclean.damage.screening.screen import damaged_texts, excesses, runs_of, screen_text, screen_texts


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(codec=None) | st.sampled_from("a и\u200d\u0915"), max_size=40), max_size=6))
def test_texts_of_a_batch_have_the_signs_that_they_have_alone(texts: list[str]) -> None:
    for text, seen in zip(texts, screen_texts(texts), strict=True):
        alone = screen_text(text)
        assert seen[:6] == alone[:6]
        assert seen.runs is None or alone.runs is None or seen.runs.tolist() == alone.runs.tolist()
    some = [number for number, _ in damaged_texts(code_points("".join(texts)), np.array(list(map(len, texts))))]
    assert some == [k for k, text in enumerate(texts) if screen_text(text).damaged]


def test_excess_of_parts() -> None:
    text = "plain" + "ÐŸÑ€Ð¸"
    plain, odd = excesses(text, [5, len(text) - 5]).tolist()
    assert plain == 0 < odd


def test_runs_of_a_text() -> None:
    text = "GrÃ¼ÃŸe"
    seen = screen_text(text)
    assert seen.runs is not None
    assert runs_of(code_points(text), seen.codepages).tolist() == seen.runs.tolist()
