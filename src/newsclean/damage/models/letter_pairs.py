"""How well a line fits one language: the letter pairs of each, where `bigrams` knows those of all together.

`almadý` reads well enough as it stands, for Czech words end so. The rest of the line says that it is Turkish, and there
it must be `almadı`. The model is made by `training/damage/plausibility.py`.
"""

import functools
import unicodedata
from collections.abc import Mapping
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import code_points

UNIT = 1 / 12  # nats per stored step
FIT = 0.5  # share of the gain in one language that counts beside the gain in all
FOREIGN = 2.65  # nats per letter pair above which a line is in no language of the model: they take 2.2 to 2.5
ALIEN = 96  # cost units (8 nats) of a pair that a language hardly has


class Model(NamedTuple):
    """Arrays of the model."""

    letter: NDArray[np.int32]
    """Number of each character below 65536 as a letter, capitals as small ones; 0 for what is none. Shape (65536,)."""
    row: NDArray[np.int32]
    """Row of a pair of letters in `costs`. Shape (letters, letters)."""
    costs: NDArray[np.uint8]
    """Cost in each language of a pair, the first `letters` rows being those of any pair with this second letter that is
    not known better. Shape (rows, languages)."""
    names: tuple[str, ...]
    """Language and script of each column of `costs`, such as `cs:LATIN`."""


@functools.cache
def model() -> Model:
    """The trained model."""
    with resources.files(__package__).joinpath("data/languages.npz").open("rb") as file, np.load(file) as data:
        return unpack({name: data[name] for name in data.files})


def unpack(data: Mapping[str, NDArray[Any]]) -> Model:
    """The model from the arrays that training stores."""
    count = len(data["letters"])
    letter = np.zeros(65536, np.int32)
    for number, code in enumerate(data["letters"].tolist()):
        letter[code] = number
        capital = chr(code).upper()
        if len(capital) == 1 and capital.lower() == chr(code):
            letter[ord(capital)] = number
    row = np.tile(np.arange(count, dtype=np.int32), (count, 1))
    pairs, inverse = np.unique(data["pair"], return_inverse=True)
    row.reshape(-1)[pairs] = count + np.arange(len(pairs), dtype=np.int32)
    costs = np.concatenate((data["single"], data["single"][pairs % count]))
    costs[count + inverse, data["language"]] = data["cost"]
    return Model(letter, row, costs, tuple(data["names"].tolist()))


class Fit(NamedTuple):
    """How well a line fits languages before and after a change, in nats."""

    before: float
    """Cost of the line before, in the language it fits best."""
    after: float
    """Cost of the line after, in the language that this one fits best."""
    was: float
    """Cost of the line before in the language of the line after."""
    stays: float
    """Cost of the line after in the language of the line before."""
    alien_before: int
    """Letter pairs before that their language hardly has."""
    alien_after: int
    pairs: int


def fit(before: str, after: str) -> Fit:
    """How well a line fits languages before and after a change.

    >>> turkish = fit("ve hiç olmadý", "ve hiç olmadı")
    >>> turkish.before > turkish.after
    True
    """
    old, new = _table(before), _table(after)
    total, changed = old.sum(axis=0, dtype=np.uint32), new.sum(axis=0, dtype=np.uint32)
    first, second = int(total.argmin()), int(changed.argmin())
    return Fit(
        float(total[first]) * UNIT,
        float(changed[second]) * UNIT,
        float(total[second]) * UNIT,
        float(changed[first]) * UNIT,
        int((old[:, first] >= ALIEN).sum()),
        int((new[:, second] >= ALIEN).sum()),
        len(new),
    )


def cost(text: str) -> float:
    """What a text costs in the language it fits best (nats)."""
    return float(_table(text).sum(axis=0, dtype=np.uint32).min()) * UNIT


def closest(text: str) -> tuple[int, float]:
    """The language that a text fits best, and what a letter pair costs in it on average (nats)."""
    table = _table(text)
    total = table.sum(axis=0, dtype=np.uint32)
    best = int(total.argmin())
    return best, float(total[best]) * UNIT / max(len(table), 1)


def pair(left: int, right: int, language: int) -> float:
    """What a pair of code points costs in a language (nats). It is nothing if neither is a letter. A letter or mark
    that no language of the model has costs as much as a pair that the language hardly has."""
    known = model()
    a, b = known.letter[min(left, 65535)], known.letter[min(right, 65535)]
    if any(not number and unicodedata.category(chr(code))[0] in "LM" for number, code in ((a, left), (b, right))):
        return ALIEN * UNIT
    return float(known.costs[known.row[a, b], language]) * UNIT if a or b else 0.0


@functools.lru_cache(maxsize=16)  # a line is compared with several readings of it
def _table(text: str) -> NDArray[np.uint8]:
    """What each letter pair of a text, gaps between words as one letter, costs in each language."""
    known = model()
    codes = np.minimum(code_points(f" {text} "), 65535)
    letters = known.letter[codes]
    left, right = letters[:-1], letters[1:]
    rows = known.row[left, right][(left > 0) | (right > 0)]
    table: NDArray[np.uint8] = known.costs[rows]
    return table
