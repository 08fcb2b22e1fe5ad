"""Probabilities of arrays are those of single numbers."""

import numpy as np

from newsclean.models.probability import expit, expits


def test_arrays_are_as_numbers() -> None:
    odds = np.linspace(-5, 5, 7)
    assert np.allclose(expits(odds), [expit.function(each) for each in odds.tolist()])
    assert expits(odds).dtype == np.float32
