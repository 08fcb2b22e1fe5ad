"""What lines gain below the end of an article and outside it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsclean.boilerplate.decision.calibration import raise_below_end, raise_outside
from tests.boilerplate.decision import reference as naive

LINES = st.tuples(st.floats(0, 1, width=32), st.integers(1, 2000), st.integers(-1, 0))


@given(st.lists(st.lists(LINES, min_size=1), max_size=4))
def test_what_lines_below_the_end_gain_equals_reference(texts: list[list[tuple[float, int, int]]]) -> None:
    bounds = np.cumsum([0, *map(len, texts)])
    tagged = np.array([p for text in texts for p, _, _ in text], np.float32)
    length = np.array([size for text in texts for _, size, _ in text], np.int32)
    found = np.array([rule for text in texts for _, _, rule in text], np.int16)
    raised = np.empty_like(tagged)
    raise_below_end(bounds, length, found, tagged, np.full_like(tagged, 0.5), raised, 0.3)
    margins = [m for text in texts for m in naive.end_margins(*map(list, zip(*text, strict=True)))]
    assert np.allclose(raised, [1 / (1 + (1 + max(m, 0)) ** -0.3) for m in margins], atol=1e-5)


def test_a_text_without_article_has_no_end() -> None:
    tagged = np.full(30, 0.99, np.float32)
    raised = np.empty_like(tagged)
    raise_below_end(np.array([0, 30]), np.full(30, 90, np.int32), np.zeros(30, np.int16), tagged, tagged, raised, 0.3)
    assert np.allclose(raised, tagged)


@given(st.lists(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 500)), min_size=1), max_size=3))
def test_what_lines_outside_the_article_gain_equals_reference(texts: list[list[tuple[int, int]]]) -> None:
    bounds = np.cumsum([0, *map(len, texts)])
    certain = np.array([p / 100 for text in texts for p, _ in text], np.float32)
    length = np.array([size for text in texts for _, size in text], np.int32)
    before = np.log(certain / (1 - certain))
    raise_outside(bounds, length, certain, *np.empty((2, len(certain)), np.float32), 0.05)
    less = [m for text in texts for m in naive.outside([p / 100 for p, _ in text], [size for _, size in text])]
    assert np.allclose(certain, 1 / (1 + np.exp(-before - 0.05 * np.sqrt(less))), atol=1e-3)


def test_what_is_outside_the_article_is_surer_residue() -> None:
    certain = np.array([0.6, 0.01, 0.3, 0.01, 0.9, 0.9], np.float32)
    raise_outside(np.array([0, 6]), np.full(6, 90, np.int32), certain, *np.empty((2, 6), np.float32), 0.056)
    assert np.allclose(certain[:4], [0.6, 0.01, 0.3, 0.01])  # a doubtful line next to the article is of it
    assert 0.9 < certain[4] < certain[5]
