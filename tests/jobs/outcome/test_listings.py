"""Scores are rounded as Python rounds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.jobs.outcome.listings import rounded


@given(st.lists(st.floats(-2, 2), max_size=20))
def test_numbers_are_rounded_as_python_does(values: list[float]) -> None:
    assert rounded(np.array(values, np.float64)).tolist() == [round(value, 4) for value in values]


@pytest.mark.parametrize("value", [0.00005, 0.00015, 0.12345, 0.99995, 0.500049999999, 1.00005])
def test_the_middle_of_two_numbers_is_rounded_as_python_does(value: float) -> None:
    assert rounded(np.array([value])).tolist() == [round(value, 4)]
