"""Probabilities and their log-odds, for kernels and for arrays."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import kernel

LEAST, MOST = 1e-6, 1 - 1e-6
"""A probability is taken for no less and no more, so that it has log-odds."""


@kernel(interpreted=True)
def logit(probability: float) -> float:
    """The log-odds of a probability.

    >>> round(logit(0.75), 4)
    1.0986
    """
    bounded = min(max(0.0 + probability, LEAST), MOST)
    return math.log(bounded / (1 - bounded))


@kernel(interpreted=True)
def expit(log_odds: float) -> float:
    """The probability of some log-odds.

    >>> round(expit(1.0986), 2)
    0.75
    """
    return 1 / (1 + math.exp(-log_odds))


def expits(log_odds: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """The probability of each of some log-odds, as float32."""
    found: NDArray[np.float32] = (1 / (1 + np.exp(-log_odds))).astype(np.float32)
    return found
