"""What the tagger says of the lines around a line."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsclean.boilerplate.features import NAMES as FEATURES
from newsclean.boilerplate.features import Feature, Floats
from newsclean.boilerplate.stacking import NAMES, NO_LINE, OWN_FEATURES, Stacked, stacked
from tests.boilerplate import reference as naive

LINES = st.tuples(st.floats(-9, 9), st.integers(1, 2000), st.integers(-1, 0))


def made(texts: list[list[naive.Line]], table: Floats | None = None) -> Floats:
    """The columns of lines (log-odds, letters, rule) of some texts."""
    bounds = np.cumsum([0, *map(len, texts)])
    odds = np.array([line[0] for text in texts for line in text], np.float64)
    length = np.array([line[1] for text in texts for line in text], np.int32)
    found = np.array([line[2] for text in texts for line in text], np.int16)
    return stacked(
        bounds, length, found, odds, np.zeros((len(odds), len(FEATURES)), np.float32) if table is None else table
    )


@given(st.lists(st.lists(LINES, min_size=1), max_size=4))
def test_where_the_text_ends_equals_reference(texts: list[list[naive.Line]]) -> None:
    margins = [margin for text in texts for margin in naive.end_margins(text)]
    expected = [np.log(1 + max(margin, 0)) for margin in margins]
    assert np.allclose(made(texts)[:, Stacked.BELOW_END], expected, atol=1e-4)


@given(st.lists(st.lists(LINES, min_size=1, max_size=12), max_size=3))
def test_what_is_outside_the_article_equals_reference(texts: list[list[naive.Line]]) -> None:
    expected = [value for text in texts for value in naive.outside(text)]
    assert np.allclose(made(texts)[:, Stacked.OUTSIDE] ** 2, expected, rtol=1e-4, atol=0.5)


@given(st.lists(st.lists(LINES, min_size=1), min_size=1, max_size=3))
def test_each_text_is_judged_by_itself(texts: list[list[naive.Line]]) -> None:
    alone = np.concatenate([made([text]) for text in texts])
    assert np.array_equal(made(texts), alone)
    assert np.isfinite(alone).all()


def test_neighbours_and_means() -> None:
    table = made([[(-3.0, 100, -1), (1.0, 100, -1), (5.0, 100, -1)]])
    assert table[:, Stacked.ABOVE_1].tolist() == [NO_LINE, -3, 1]
    assert table[:, Stacked.BELOW_2].tolist() == [5, NO_LINE, NO_LINE]
    assert table[:, Stacked.NEAR].tolist() == [3, 1, -1]
    assert table[:, Stacked.TEXT].tolist() == [1, 1, 1]
    assert table[:, Stacked.SUREST_OTHER].tolist() == [5, 5, 1]
    assert table[:, Stacked.RUN_MOST].tolist() == [5, 5, 5]
    assert (
        table[1, [Stacked.ARTICLE_ABOVE, Stacked.RESIDUE_BELOW]].tolist() == [table[2, Stacked.ARTICLE_BELOW - 1]] * 2
    )


def test_a_paragraph_is_a_run_of_its_own() -> None:
    features = np.zeros((3, len(FEATURES)), np.float32)
    features[1, Feature.PROSE] = 1
    lines = [(4.0, 10, -1), (-3.0, 200, -1), (2.0, 10, -1)]
    assert made([lines], features)[:, Stacked.RUN].tolist() == [4, -3, 2]


def test_a_cue_amid_a_block_does_not_end_the_text() -> None:
    features = np.zeros((4, len(FEATURES)), np.float32)
    features[1, [Feature.CUE, Feature.BEGINS_INSIDE, Feature.ENDS_INSIDE]] = 1
    lines = [(-4.0, 200, -1), (4.0, 40, 0), (-1.0, 30, -1), (2.0, 100, 0)]
    assert made([lines], features)[2, Stacked.BELOW_END] == 0
    assert made([lines])[2, Stacked.BELOW_END] > 0


def test_columns_have_names_and_own_features() -> None:
    features = np.arange(len(FEATURES), dtype=np.float32)[None]
    table = made([[(0.0, 10, -1)]], features)
    assert table.shape == (1, len(NAMES))
    assert table[0, len(Stacked) :].tolist() == list(map(float, OWN_FEATURES))
