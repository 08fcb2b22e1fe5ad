"""The two small trained models that turn exact comparisons into confidences."""

import functools
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison.competitors import competitor_features
from newsclean.duplicates.comparison.copies import CopyFeature
from newsclean.duplicates.comparison.stories import StoryFeature
from newsclean.kernels import kernel

COPY_FEATURES = (
    CopyFeature.CONTAINMENT, CopyFeature.CONTAINMENT2, CopyFeature.RESEMBLANCE2, CopyFeature.NUMBERS, CopyFeature.NAMES,
    CopyFeature.LEAD_HIGH, CopyFeature.LEAD_LOW, CopyFeature.ALIGNED, CopyFeature.STEADY, CopyFeature.STREAK,
    CopyFeature.OPENING, CopyFeature.RATIO,
)  # fmt: skip
STORY_FEATURES = (
    StoryFeature.EARLY, StoryFeature.REST, StoryFeature.BREADTH, StoryFeature.OPENING, StoryFeature.TEMPLATE,
)  # fmt: skip


@functools.cache
def _tables() -> dict[str, NDArray[Any]]:
    """The arrays that training/duplicates/train.py writes.

    Trees: `feature` (-1 in leaves), `threshold`, `next` (the nodes below and above it) and `value`, each by tree and
    node; `story` and `rivals`: weights of the features, then the intercept.
    """
    with (files("newsclean.duplicates.comparison") / "data/models.npz").open("rb") as file, np.load(file) as arrays:
        return {name: arrays[name] for name in arrays.files}


@kernel("void(float32[:, ::1], int8[:, ::1], float32[:, ::1], uint8[:, :, ::1], float32[:, ::1], float64[::1])")
def _descend(features: Any, feature: Any, threshold: Any, following: Any, value: Any, odds: Any) -> None:
    """Add the value of the leaf that each row of features reaches in every tree."""
    for row in range(len(features)):
        for tree in range(len(feature)):
            node = 0
            while feature[tree, node] >= 0:
                node = following[tree, node, int(features[row, feature[tree, node]] > threshold[tree, node])]
            odds[row] += value[tree, node]


def copy_confidence(overlaps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `CopyFeature`) is two copies of one text.

    It never falls when more of the texts, their names or their numbers agree. Only with the longest run that both have
    it may, while that is short: the same passages in many short runs are one text with misread letters.
    """
    tables = _tables()
    features = np.ascontiguousarray(overlaps[:, COPY_FEATURES])
    odds = np.zeros(len(features))
    _descend(features, tables["feature"], tables["threshold"], tables["next"], tables["value"], odds)
    return _chance(odds)


def story_confidence(terms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `StoryFeature`) reports one event, whatever other articles there are."""
    weights = _tables()["story"].astype(np.float64)
    return _chance(terms[:, STORY_FEATURES] @ weights[:-1] + weights[-1])


def story_among_competitors(pairs: NDArray[np.int64], confidence: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same, given all pairs that there are and the `story_confidence` of each."""
    weights = _tables()["rivals"].astype(np.float64)
    return _chance(competitor_features(pairs, confidence) @ weights[:-1] + weights[-1])


def _chance(odds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Probabilities of log odds."""
    return (1 / (1 + np.exp(-odds))).astype(np.float32)
