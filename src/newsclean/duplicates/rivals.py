"""How a pair stands among the other pairs of its two articles: a report on one event is a nearest one of the other.

How alike two reports on one event are differs from corpus to corpus and from topic to topic: in a running story
everything resembles everything. What resembles an article half as much as another one does is rarely its story.
"""

import numpy as np
from numpy.typing import NDArray

FEATURES = ("odds", "behind_more", "behind_less")
_IMAGINED = 0.5  # confidence of a rival that every article has: the best of what resembles nothing is no story yet
_FLOOR = 0.02  # confidences below it do not differ


def rival_features(pairs: NDArray[np.int64], confidence: NDArray[np.float32]) -> NDArray[np.float64]:
    """One row of FEATURES a pair: its log odds, and how far its confidence is behind the best that either article has
    with a third one, real or imagined, as logs of ratios, the lower one first; 0 where it is the best.
    """
    values = np.log(confidence.astype(np.float64) + _FLOOR)
    nodes, others = pairs.T.ravel(), pairs[:, ::-1].T.ravel()
    order = np.lexsort((-np.tile(values, 2), nodes))
    ends, partners, scores = nodes[order], others[order], np.tile(values, 2)[order]
    first = np.flatnonzero(np.concatenate([[True], ends[1:] != ends[:-1]])) if len(ends) else np.empty(0, np.int64)
    second = np.minimum(first + 1, max(len(ends) - 1, 0))
    count = int(pairs.max()) + 1 if len(pairs) else 0
    best, best_partner, next_best = np.full(count, -np.inf), np.full(count, -1), np.full(count, -np.inf)
    best[ends[first]], best_partner[ends[first]] = scores[first], partners[first]
    next_best[ends[first]] = np.where(ends[second] == ends[first], scores[second], -np.inf)
    next_best[ends[first[second == first]]] = -np.inf
    behind = []
    for side in range(2):
        node, other = pairs[:, side], pairs[:, 1 - side]
        rival = np.where(best_partner[node] == other, next_best[node], best[node])
        behind.append(np.minimum(0.0, values - np.maximum(rival, np.log(_IMAGINED + _FLOOR))))
    bounded = np.clip(confidence.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.stack([np.log(bounded / (1 - bounded)), np.minimum(*behind), np.maximum(*behind)], axis=1)
