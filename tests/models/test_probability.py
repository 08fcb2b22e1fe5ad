"""Log-odds and probabilities undo each other, in both tiers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.models.probability import LEAST, MOST, expit, expits, logit


@given(st.floats(-12, 12))
def test_logit_undoes_expit(log_odds: float) -> None:
    assert logit.function(expit.function(log_odds)) == pytest.approx(log_odds, abs=1e-6)


def test_certainty_has_log_odds() -> None:
    assert logit.function(0.0) == logit.function(LEAST)
    assert logit.function(1.0) == logit.function(MOST)


def test_arrays_are_as_numbers() -> None:
    odds = np.linspace(-5, 5, 7)
    assert np.allclose(expits(odds), [expit.function(each) for each in odds.tolist()])
    assert expits(odds).dtype == np.float32
