"""The kernel that finds each article's best pairs."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyTable, kernel


@kernel(entry=True)
def best_and_second(
    pairs: ReadOnlyTable[np.int64],
    values: Column[np.float64],
    best: Column[np.float64],
    second: Column[np.float64],
    partner: Column[np.int64],
) -> None:
    """Write each node's best and second best value among its pairs, -inf at first, and with whom it has the best."""
    for row in range(len(pairs)):
        for side in range(2):
            node, value = pairs[row, side], values[row]
            if value > best[node]:
                second[node], best[node], partner[node] = best[node], value, pairs[row, 1 - side]
            elif value > second[node]:
                second[node] = value
