"""The kernel that finds each article's best pairs."""

from typing import Any

from newsclean.kernels import kernel


@kernel("void(Array(int64, 2, 'C', readonly=True), float64[::1], float64[::1], float64[::1], int64[::1])")
def best_and_second(pairs: Any, values: Any, best: Any, second: Any, partner: Any) -> None:
    """Write each node's best and second best value among its pairs, -inf at first, and with whom it has the best."""
    for row in range(len(pairs)):
        for side in range(2):
            node, value = pairs[row, side], values[row]
            if value > best[node]:
                second[node], best[node], partner[node] = best[node], value, pairs[row, 1 - side]
            elif value > second[node]:
                second[node] = value
