"""How a pair stands among the other pairs of its two articles: a report on one event is a nearest one of the other.

How alike two reports on one event are differs from corpus to corpus and from topic to topic: in a running story
everything resembles everything. What resembles an article half as much as another one does is rarely its story.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison._competitors import best_and_second
from newsclean.duplicates.scratch import IN_MEMORY, Scratch

_IMAGINED = 0.5  # confidence of a rival that every article has: the best of what resembles nothing is no story yet
_FLOOR = 0.02  # confidences below it do not differ


def competitor_features(pairs: NDArray[np.int64], confidence: NDArray[np.float32]) -> NDArray[np.float64]:
    """Three columns a pair: its log-odds, and how far its confidence is behind the best of either article, the lower
    first. The best is that with a third article, real or imagined. How far is a logarithm of ratios, and 0 where the
    pair is the best."""
    rivals = Rivals(int(pairs.max()) + 1 if len(pairs) else 0)
    rivals.add(pairs, confidence)
    return rivals.features(pairs, confidence)


class Rivals:
    """The best pairs of each of some articles: of all that were added, in any order and in any number of batches."""

    def __init__(self, count: int, scratch: Scratch = IN_MEMORY) -> None:
        self._best, self._second = scratch.empty(count, np.float64), scratch.empty(count, np.float64)
        self._partner = scratch.empty(count, np.int64)
        for column, value in ((self._best, -np.inf), (self._second, -np.inf), (self._partner, -1)):
            column[:] = value

    def add(self, pairs: NDArray[np.int64], confidence: NDArray[np.float32]) -> None:
        """Take note of some pairs."""
        best_and_second(np.ascontiguousarray(pairs), _values(confidence), self._best, self._second, self._partner)

    def features(self, pairs: NDArray[np.int64], confidence: NDArray[np.float32]) -> NDArray[np.float64]:
        """`competitor_features` of some pairs, once all were added."""
        values, behind = _values(confidence), []
        for side in range(2):
            node, other = pairs[:, side], pairs[:, 1 - side]
            rival = np.where(self._partner[node] == other, self._second[node], self._best[node])
            behind.append(np.minimum(0.0, values - np.maximum(rival, np.log(_IMAGINED + _FLOOR))))
        bounded = np.clip(confidence.astype(np.float64), 1e-6, 1 - 1e-6)
        return np.stack([np.log(bounded / (1 - bounded)), np.minimum(*behind), np.maximum(*behind)], axis=1)


def _values(confidence: NDArray[np.float32]) -> NDArray[np.float64]:
    values: NDArray[np.float64] = np.log(confidence.astype(np.float64) + _FLOOR)
    return values
