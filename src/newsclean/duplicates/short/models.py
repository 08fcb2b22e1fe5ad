"""The two small models that turn what short texts have in common into confidences, and what no confidence outweighs."""

import functools
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import tier
from newsclean.duplicates.short.columns import ShortFeature
from newsclean.models import Forest, credits_of, expits, log_odds

SWAPPED_MOST = 6.0
"""Idf up to which tokens may stand for each other in two copies: rarer ones are names, of another event."""

FRAMED = 0.6
"""Share of the shorter text that is aligned, from which two texts are one sentence with other facts."""


@functools.cache
def _models() -> tuple[Forest, Forest, float, float]:
    """The forests of copies and of stories, and the log-odds at which each is as sure as a threshold of .5 asks for.

    training/duplicates/short.py writes them.
    """
    with (files("newsclean.duplicates.short") / "data/models.npz").open("rb") as file, np.load(file) as arrays:
        copy, story = Forest.load(arrays, "copy_"), Forest.load(arrays, "story_")
        return copy, story, float(arrays["copy_odds"]), float(arrays["story_odds"])


def vetoed(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which pairs are no copies, however alike. Both have other numbers, other places or days, an opposite direction,
    or tell of somebody else in the same words."""
    other: NDArray[np.bool_] = (
        (features[:, ShortFeature.NUMBERS_LOW] > 0)
        | (features[:, ShortFeature.FACTS_LOW] > 0)
        | (features[:, ShortFeature.TURNED] > 0)
        | (features[:, ShortFeature.SWAPPED] > SWAPPED_MOST)
    )
    return other


def short_credits(features: NDArray[np.float32]) -> tuple[dict[int, float], dict[int, float]]:
    """How much each `ShortFeature` of a pair moved the log-odds that both are copies, and that both are one story."""
    copy, story, *_ = _models()
    return credits_of(copy, features), credits_of(story, features)


def short_copy_confidence(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `ShortFeature`) is one text, lightly edited."""
    copy, _, sure, _ = _models()
    with tier(interprets=False):  # the other kernels of this stage are always compiled
        return np.where(vetoed(features), np.float32(0), expits(log_odds(copy, features) - sure))


def short_story_confidence(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `ShortFeature`) reports one event.

    One sentence of other places or days, or with the opposite direction, reports another one (24 of 27 such pairs).
    """
    _, story, _, sure = _models()
    opposed = (features[:, ShortFeature.FACTS_LOW] > 0) | (features[:, ShortFeature.TURNED] > 0)
    other = opposed & (features[:, ShortFeature.ALIGNED_SHORTER] >= FRAMED)
    with tier(interprets=False):
        return np.where(other, np.float32(0), expits(log_odds(story, features) - sure))
