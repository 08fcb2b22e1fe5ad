"""Slow references for the kernels, one character and one line at a time."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.tagger import ASKED_FROM, ASKED_TO, FIRST, GONE, KEPT, SLOPE, STEP


def predict(
    line: NDArray[np.float32],
    feature: list[int],
    threshold: list[float],
    child: list[int],
    value: list[float],
    roots: list[int],
) -> float:
    """Mean of the committee's sums of the leaves that a line falls into, in float32 and in order; if the first is sure,
    its sum alone, and none of what follows once a line is quite sure."""
    first = others = np.float32(0)
    for tree, root in enumerate(roots):
        node = root
        while feature[node] >= 0:
            node = child[node] + bool(line[feature[node]] > np.float32(threshold[node]))
        if tree >= FIRST:
            others += np.float32(value[node])
            continue
        first += np.float32(value[node])
        if tree % STEP == STEP - 1 and not KEPT + SLOPE * (tree + 1) < first < GONE:
            return float(first)
    asked = ASKED_FROM < first < ASKED_TO
    return float((first + others) * np.float32(FIRST / len(roots)) if asked else first)
