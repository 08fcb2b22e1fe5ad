"""The two small trained models that turn exact comparisons into confidences."""

import functools
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import tier
from newsclean.duplicates.comparison._stories import StoryFeature
from newsclean.duplicates.comparison.copies import CopyFeature
from newsclean.models import Forest, credits_of, expits, log_odds

COPY_FEATURES = tuple(CopyFeature)
FEW_NUMBERS = 0.6  # share of the numbers that both have
MANY_LOST = 5  # numbers that the other text has not
OTHER_FIGURES = 0.4  # confidence, at most, of a pair with other figures
OWN_WORDS = 60  # in a row of the shorter text that no shared passage holds: a paragraph that would be lost
OWN_PASSAGE = 0.75  # confidence, at most, of a pair with such a passage: it is named, and not dropped
STORY_FEATURES = (
    StoryFeature.EARLY, StoryFeature.REST, StoryFeature.BREADTH, StoryFeature.OPENING, StoryFeature.TEMPLATE,
)  # fmt: skip


@functools.cache
def _tables() -> dict[str, NDArray[Any]]:
    """The arrays that training/duplicates/comparison.py writes.

    A forest for copies (`newsclean.models.trees`); `story` and `rivals`: weights of the features, then the intercept.
    """
    with (files("newsclean.duplicates.comparison") / "data/models.npz").open("rb") as file, np.load(file) as arrays:
        return {name: arrays[name] for name in arrays.files}


@functools.cache
def _forest() -> Forest:
    return Forest.load(_tables())


def copy_confidence(overlaps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `CopyFeature`) is two copies of one text. It never falls when more of the
    texts, their names or their numbers agree. Only with the longest run that both have it may, while that is short. The
    same passages in many short runs are one text with misread letters."""
    with tier(interprets=False):  # the other kernels of this stage are always compiled
        confidence = expits(log_odds(_forest(), np.ascontiguousarray(overlaps[:, COPY_FEATURES])))
    return doubted(confidence, overlaps)


def copy_credits(overlaps: NDArray[np.float32]) -> dict[int, float]:
    """How much each `CopyFeature` of a pair moved the log-odds that both are copies."""
    row = np.ascontiguousarray(overlaps[COPY_FEATURES,])
    return {int(COPY_FEATURES[place]): credit for place, credit in credits_of(_forest(), row).items()}


def story_credits(terms: NDArray[np.float32]) -> dict[int, float]:
    """How much each `StoryFeature` of a pair moved the log-odds that both report one event."""
    weights = _tables()["story"].astype(np.float64)[:-1]
    return {
        int(feature): float(terms[feature] * weight) for feature, weight in zip(STORY_FEATURES, weights, strict=True)
    }


def has_other_figures(overlaps: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether many numbers of the shorter text are not in the other one: a frame that other facts are filled in."""
    few, lost = overlaps[:, CopyFeature.NUMBERS] < FEW_NUMBERS, overlaps[:, CopyFeature.NUMBERS_LOST] >= MANY_LOST
    other: NDArray[np.bool_] = few & lost
    return other


def has_own_passage(overlaps: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether the shorter text has a paragraph that the other one has not, and that would be lost with it."""
    own: NDArray[np.bool_] = overlaps[:, CopyFeature.GAP] >= np.float32(np.log1p(OWN_WORDS))
    return own


def doubted(confidence: NDArray[Any], overlaps: NDArray[np.float32]) -> NDArray[Any]:
    """Confidence of pairs, less where figures differ or the shorter text has a passage of its own."""
    most = np.where(has_own_passage(overlaps), OWN_PASSAGE, 1.0)
    most[has_other_figures(overlaps)] = OTHER_FIGURES
    less: NDArray[Any] = np.minimum(confidence, most.astype(confidence.dtype))
    return less


def story_confidence(terms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `StoryFeature`) reports one event, whatever other articles there are."""
    return expits(_weighed(terms[:, STORY_FEATURES], _tables()["story"]))


def rivals_confidence(features: NDArray[np.float64]) -> NDArray[np.float32]:
    """The same, given how each pair stands among the others (a row of `competitor_features`)."""
    return expits(_weighed(features, _tables()["rivals"]))


def _weighed(features: NDArray[Any], weights: NDArray[Any]) -> NDArray[np.float64]:
    """The weighed sum of each row, and the intercept, added in one order. A product of matrices may give a row other
    last digits, depending on how many rows there are."""
    total = np.zeros(len(features))
    for column, weight in zip(features.T, weights[:-1].astype(np.float64), strict=True):
        total += column * weight
    return total + np.float64(weights[-1])
