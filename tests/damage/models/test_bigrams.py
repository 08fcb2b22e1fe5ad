"""What pairs of characters cost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.codepoints import code_points
from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import UNIT, largest_sum, text_costs
from tests.damage.models import reference

ANY = st.text(st.characters(codec=None), max_size=30)


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_costs(text: str) -> None:
    assert bigrams.cost_of(text) == pytest.approx(reference.cost(text), abs=len(text) * 22)
    capped = [min(bigrams.pair_cost(ord(a), ord(b)), 255 * UNIT) for a, b in zip("\n" + text, text, strict=False)]
    assert bigrams.cost_of(text) >= sum(capped) - 1e-6
    assert text_costs(text).sum() * UNIT == pytest.approx(bigrams.cost_of(text))


def test_a_line_feed_stands_behind_the_last_character_too() -> None:
    out = np.empty(2, np.int64)
    bigrams.costs(code_points("a"), bigrams.model(), out)
    assert out[1] * UNIT == pytest.approx(bigrams.pair_cost(ord("a"), 10))


def test_real_words_cost_less_than_mojibake() -> None:
    assert bigrams.cost_of("Größe") < bigrams.cost_of("GrÃ¶ÃŸe")


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9))
def test_largest_sum(values: list[int]) -> None:
    start, end, total = largest_sum(np.array(values))
    sums = [sum(values[i:j]) for i in range(len(values)) for j in range(i, len(values) + 1)]
    assert total == max(sums) == sum(values[start:end])
