"""Probabilities and their log-odds, for kernels and for arrays."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import kernel


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
