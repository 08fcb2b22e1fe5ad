"""The plausibility model as screening looks it up: no products of indices, no branch for what is rare."""

import functools
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column
from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import FREQUENT, Symbol


class Meaning(IntEnum):
    """What a character costs beside a frequent symbol: what is added, and the most that it is then."""

    COLUMN = 0
    """Its column in the tables `before` and `behind`."""
    SINGLE = 1
    BEFORE = 2
    BACK = 3
    BEHIND = 4


MEANINGS = len(Meaning)


class Lookup(NamedTuple):
    """Arrays made of those of the plausibility model."""

    symbol: Column[np.uint16]
    """As in the model."""
    pairs: Column[np.uint8]
    """Cost of a frequent symbol after another one, at `FREQUENT * one + other`."""
    allowance: Column[np.uint8]
    """What each symbol may cost without being suspicious."""
    classes: Column[np.uint16]
    """The class of each symbol."""
    single: Column[np.uint8]
    """Cost of each symbol within its class."""
    meanings: Column[np.uint16]
    """At `MEANINGS * c + Meaning`: what a character below 65536 costs."""
    before: Column[np.uint8]
    """Least cost of a column after a frequent symbol: a column is a frequent symbol or, behind those, the class of a
    rare one. Shape (FREQUENT, columns)."""
    behind: Column[np.uint8]
    """Least cost of a frequent symbol (row) after a column."""


@functools.cache
def lookup() -> Lookup:
    """What the trained model is looked up in; made in 3 ms. A pair of a frequent and a rare symbol costs at least what
    it costs backed off. Or it costs what the cheapest bigram of the rare one does."""
    known = bigrams.model()
    symbols, often = known.symbols[:-1], known.symbols[:FREQUENT]
    rare = np.arange(len(symbols)) >= FREQUENT
    meanings = np.empty((len(symbols), MEANINGS), np.uint16)
    meanings[:, Meaning.COLUMN] = np.where(rare, FREQUENT + symbols[:, Symbol.CLASS], np.arange(len(symbols)))
    for column, otherwise in ((Meaning.SINGLE, 0), (Meaning.BEFORE, 255), (Meaning.BACK, 0), (Meaning.BEHIND, 255)):
        meanings[:, column] = np.where(rare, symbols[:, Symbol[column.name]], otherwise)
    classes = often[:, Symbol.CLASS]
    before = often[:, Symbol.BACK, None] + known.transitions[classes]
    behind = often[:, Symbol.SINGLE, None] + known.transitions.T[classes]
    return Lookup(
        known.symbol,
        known.frequent.reshape(-1),
        symbols[:, Symbol.ALLOWANCE].astype(np.uint8),
        symbols[:, Symbol.CLASS].astype(np.uint16),
        symbols[:, Symbol.SINGLE].astype(np.uint8),
        meanings[known.symbol[:65536]].reshape(-1),
        np.vstack((known.frequent.T, np.minimum(before.T, 255).astype(np.uint8))).reshape(-1),
        np.vstack((known.frequent, np.minimum(behind.T, 255).astype(np.uint8))).reshape(-1),
    )
