"""Names and numbers that two articles agree in."""

import numpy as np
import pytest

from newsclean.duplicates.comparison._entities import add_by_sort, agreement
from newsclean.duplicates.tokens import NAMED, PLACE


def test_frequencies_are_added_by_sort_and_place() -> None:
    sums = np.zeros(3)
    add_by_sort.function(sums, 2.0, np.uint32(0))
    add_by_sort.function(sums, 3.0, np.uint32(NAMED))
    add_by_sort.function(sums, 5.0, np.uint32(NAMED | 200 << PLACE))
    assert sums.tolist() == [2.0, 8.0, 3.0]


def test_a_template_agrees_in_words_and_not_in_names() -> None:
    whole = np.array([100.0, 100.0, 50.0])
    opening, template = agreement.function(np.array([95.0, 5.0, 2.0]), np.array([95.0, 5.0, 2.0]), whole, whole)
    assert opening < 0.2
    assert template > 0.6
    assert agreement.function(whole, whole, whole, whole) == (pytest.approx(0.917, abs=0.01), 0.0)
