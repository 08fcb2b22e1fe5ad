"""The two small trained models that turn exact comparisons into confidences."""

import functools
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.overlap import FEATURES as OVERLAPS
from newsclean.duplicates.vectors import FEATURES as TERMS

COPY_FEATURES = (
    "containment", "containment2", "resemblance2", "numbers", "names", "lead_high", "lead_low", "aligned", "ratio",
    "length",
)  # fmt: skip
STORY_FEATURES = ("full", "lead", "cover_low", "cover_high", "names", "numbers")


@functools.cache
def _tables() -> dict[str, NDArray[np.generic]]:
    """Trees as arrays (trees x nodes) and the weights of the story features; training/duplicates/train.py writes them."""
    with (files("newsclean.duplicates") / "data/models.npz").open("rb") as file, np.load(file) as arrays:
        return {name: arrays[name] for name in arrays.files}


def copy_confidence(overlaps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `overlap.FEATURES`) is two copies of one text.

    It never falls when more of the texts, their names or their numbers agree.
    """
    tables = _tables()
    features = overlaps[:, [OVERLAPS.index(name) for name in COPY_FEATURES]]
    rows = np.arange(len(features))
    odds = np.zeros(len(features), np.float64)
    for feature, threshold, left, right, value in zip(
        *(tables[name] for name in ("feature", "threshold", "left", "right", "value")), strict=True
    ):
        node = np.zeros(len(features), np.intp)
        while (feature[node] >= 0).any():  # leaves lead to themselves
            below = features[rows, feature[node]] <= threshold[node]
            node = np.where(below, left[node], right[node]).astype(np.intp)
        odds += value[node]
    return _chance(odds)


def story_confidence(terms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Confidence that each pair (a row of `vectors.FEATURES`) reports one event."""
    weights = _tables()["story"].astype(np.float64)
    return _chance(terms[:, [TERMS.index(name) for name in STORY_FEATURES]] @ weights[:-1] + weights[-1])


def _chance(odds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Probabilities of log odds."""
    return (1 / (1 + np.exp(-odds))).astype(np.float32)
