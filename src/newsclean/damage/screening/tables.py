"""The plausibility model as screening looks it up: no products of indices, no branch for what is rare."""

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import ALLOWANCE, BACK, BEFORE, BEHIND, CLASS, FREQUENT, SINGLE


class Lookup(NamedTuple):
    """Arrays made of those of the plausibility model."""

    symbol: NDArray[np.uint16]
    """As in the model."""
    pairs: NDArray[np.uint8]
    """Cost of a frequent symbol after another one, at `FREQUENT * one + other`."""
    allowance: NDArray[np.uint8]
    """What each symbol may cost without being suspicious."""
    classes: NDArray[np.uint16]
    """The class of each symbol."""
    single: NDArray[np.uint8]
    """Cost of each symbol within its class."""
    meanings: NDArray[np.uint16]
    """Of each character below 65536 its column in the next two tables; what is added to its cost behind a frequent
    symbol, and the most that it is then; what is added to the cost of a frequent symbol behind it, and the most that it
    is then. Shape (65536 * 5,)."""
    before: NDArray[np.uint8]
    """Least cost of a column after a frequent symbol: a column is a frequent symbol or, behind those, the class of a
    rare one. Shape (FREQUENT, columns)."""
    behind: NDArray[np.uint8]
    """Least cost of a frequent symbol (row) after a column."""


LOOKUP_TYPE = (
    "Tuple((uint16[::1], uint8[::1], uint8[::1], uint16[::1], uint8[::1], uint16[::1], uint8[::1], uint8[::1]))"
)


@functools.cache
def lookup() -> Lookup:
    """What the trained model is looked up in; made in 3 ms.

    A pair of a frequent and a rare symbol costs at least what it costs backed off, or in the cheapest bigram of the
    rare one.
    """
    known = bigrams.model()
    symbols, often = known.symbols[:-1], known.symbols[:FREQUENT]
    rare = np.arange(len(symbols)) >= FREQUENT
    meanings = np.empty((len(symbols), 5), np.uint16)
    meanings[:, 0] = np.where(rare, FREQUENT + symbols[:, CLASS], np.arange(len(symbols)))
    for column, (added, most) in ((1, (SINGLE, BEFORE)), (3, (BACK, BEHIND))):
        meanings[:, column] = np.where(rare, symbols[:, added], 0)
        meanings[:, column + 1] = np.where(rare, symbols[:, most], 255)
    classes = often[:, CLASS]
    before = often[:, BACK, None] + known.transitions[classes]
    behind = often[:, SINGLE, None] + known.transitions.T[classes]
    return Lookup(
        known.symbol,
        known.frequent.reshape(-1),
        symbols[:, ALLOWANCE].astype(np.uint8),
        symbols[:, CLASS].astype(np.uint16),
        symbols[:, SINGLE].astype(np.uint8),
        meanings[known.symbol[:65536]].reshape(-1),
        np.vstack((known.frequent.T, np.minimum(before.T, 255).astype(np.uint8))).reshape(-1),
        np.vstack((known.frequent, np.minimum(behind.T, 255).astype(np.uint8))).reshape(-1),
    )
