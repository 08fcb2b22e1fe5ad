"""The tagger: boosted trees that estimate from a line's features how probably it is residue."""

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.kernels import kernel

Floats = NDArray[np.float32]


class Trees(NamedTuple):
    """Nodes of all trees. `feature` is -1 in leaves; left children stand at `child`, right ones just behind; `value`
    is what a node says on its own (log-odds); `roots` begins each tree."""

    feature: NDArray[np.int16]
    threshold: Floats
    child: NDArray[np.int32]
    value: Floats
    roots: NDArray[np.int32]


@functools.cache
def trees() -> Trees:
    """The trained trees."""
    with resources.as_file(resources.files(__package__) / "data/trees.npz") as path, np.load(path) as data:
        return Trees(*(data[name] for name in Trees._fields))


def probabilities(table: Floats) -> Floats:
    """(lines,) probability that each line of a table of features is residue."""
    forest = trees()
    odds = np.empty(len(table), np.float32)
    _predict(table, forest.feature, forest.threshold, forest.child, forest.value, forest.roots, odds)
    result: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return result


BLOCK = 64  # lines that walk a tree one after the other, while it is in the nearest cache: half the time of one by one
STEP = 20  # after each so many trees, lines that are sure by then are done: most of them before the last step
# Log-odds of being sure: to stay, KEPT and SLOPE more for each tree; to go, GONE. Measured: of 10,000 lines that leave
# early, at most three would have crossed a threshold later.
KEPT, SLOPE, GONE = np.float32(-4.5), np.float32(0.025), np.float32(4.2)


@kernel("void(float32[:, ::1], int16[::1], float32[::1], int32[::1], float32[::1], int32[::1], float32[::1])")
def _predict(
    table: Floats,
    feature: NDArray[np.int16],
    threshold: Floats,
    child: NDArray[np.int32],
    value: Floats,
    roots: NDArray[np.int32],
    odds: Floats,
) -> None:
    """Sum the leaves that each row of `table` falls into."""
    active = np.empty(BLOCK, np.int64)
    for begin in range(0, len(table), BLOCK):
        count = min(BLOCK, len(table) - begin)
        for place in range(count):
            active[place] = begin + place
            odds[begin + place] = 0
        for tree in range(len(roots)):
            root = roots[tree]
            for place in range(count):
                row = active[place]
                node = root
                split = feature[node]
                while split >= 0:
                    node = child[node] + (table[row, split] > threshold[node])
                    split = feature[node]
                odds[row] += value[node]
            if tree % STEP == STEP - 1:
                unsure = 0
                for place in range(count):
                    active[unsure] = active[place]
                    unsure += KEPT + SLOPE * (tree + 1) < odds[active[place]] < GONE
                count = unsure
                if count == 0:
                    break


def reasons(line: Floats, count: int = 3) -> list[tuple[int, float]]:
    """The `count` features that moved the log-odds of a line most towards residue, and by how much.

    Source: the path attribution of Saabas (2014): each split is credited with the change of value that it makes.
    """
    forest = trees()
    credit: dict[int, float] = {}
    for root in forest.roots.tolist():
        node = root
        while forest.feature[node] >= 0:
            feature = int(forest.feature[node])
            after = int(forest.child[node]) + bool(line[feature] > forest.threshold[node])
            credit[feature] = credit.get(feature, 0.0) + float(forest.value[after] - forest.value[node])
            node = after
    return sorted(credit.items(), key=lambda item: -item[1])[:count]
