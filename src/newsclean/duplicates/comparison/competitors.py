"""How a pair stands among the other pairs of its two articles: a report on one event is a nearest one of the other.

How alike two reports on one event are differs from corpus to corpus and from topic to topic: in a running story
everything resembles everything. What resembles an article half as much as another one does is rarely its story.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.kernels import kernel

FEATURES = ("odds", "behind_more", "behind_less")
_IMAGINED = 0.5  # confidence of a rival that every article has: the best of what resembles nothing is no story yet
_FLOOR = 0.02  # confidences below it do not differ


@kernel("void(Array(int64, 2, 'C', readonly=True), float64[::1], float64[::1], float64[::1], int64[::1])")
def _best(pairs: Any, values: Any, best: Any, second: Any, partner: Any) -> None:
    """Write each node's best and second best value among its pairs, -inf at first, and with whom it has the best."""
    for row in range(len(pairs)):
        for side in range(2):
            node, value = pairs[row, side], values[row]
            if value > best[node]:
                second[node], best[node], partner[node] = best[node], value, pairs[row, 1 - side]
            elif value > second[node]:
                second[node] = value


def rival_features(pairs: NDArray[np.int64], confidence: NDArray[np.float32]) -> NDArray[np.float64]:
    """One row of FEATURES a pair: its log odds, and how far its confidence is behind the best that either article has
    with a third one, real or imagined, as logs of ratios, the lower one first; 0 where it is the best.
    """
    values = np.log(confidence.astype(np.float64) + _FLOOR)
    count = int(pairs.max()) + 1 if len(pairs) else 0
    best, second, partner = np.full(count, -np.inf), np.full(count, -np.inf), np.full(count, -1)
    _best(np.ascontiguousarray(pairs), values, best, second, partner)
    behind = []
    for side in range(2):
        node, other = pairs[:, side], pairs[:, 1 - side]
        rival = np.where(partner[node] == other, second[node], best[node])
        behind.append(np.minimum(0.0, values - np.maximum(rival, np.log(_IMAGINED + _FLOOR))))
    bounded = np.clip(confidence.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.stack([np.log(bounded / (1 - bounded)), np.minimum(*behind), np.maximum(*behind)], axis=1)
