"""The tagger: boosted trees that estimate from a line's features how probably it is residue.

They are a committee: FIRST trees that all lines meet, then as many more, grown by chance otherwise, for the lines that
the first ones leave in doubt. Their mean is a better estimate than any of them (docs/boilerplate.md, "What paid").
"""

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.kernels import kernel

Floats = NDArray[np.float32]


class _Nodes(NamedTuple):
    """Nodes of all trees. `feature` is -1 in leaves; left children stand at `child`, right ones just behind; `value`
    is what a node says on its own (log-odds); `roots` begins each tree."""

    feature: NDArray[np.int16]
    threshold: Floats
    child: NDArray[np.int32]
    value: Floats
    roots: NDArray[np.int32]


class Splits(NamedTuple):
    """The inner nodes as lines are sent through them, parents first: `place` has each one's number, feature and left
    child; `trees` has the root of each tree and its first inner node, and what would be those of one more tree."""

    place: NDArray[np.int32]
    threshold: Floats
    trees: NDArray[np.int32]


class Trees(_Nodes):
    """Boosted trees: their nodes, as the file has them. Children stand behind their parents."""

    @functools.cached_property
    def splits(self) -> Splits:
        inner = np.flatnonzero(self.feature >= 0)
        place = np.column_stack([inner, self.feature[inner], self.child[inner]]).astype(np.int32)
        roots = np.append(self.roots, len(self.feature))
        trees = np.column_stack([roots, np.searchsorted(inner, roots)]).astype(np.int32)
        return Splits(place, self.threshold[inner], trees)


@functools.cache
def trees() -> Trees:
    """The trained trees."""
    with resources.as_file(resources.files(__package__) / "data/trees.npz") as path, np.load(path) as data:
        return Trees(*(data[name] for name in Trees._fields))


def probabilities(table: Floats) -> Floats:
    """(lines,) probability that each line of a table of features is residue."""
    odds = _sums(table, slice(0, FIRST + 1), STEP)
    asked = np.flatnonzero((odds > ASKED_FROM) & (odds < ASKED_TO))
    odds[asked] += _sums(table[asked], slice(FIRST, None), len(trees().roots))
    odds[asked] *= np.float32(FIRST / len(trees().roots))
    result: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return result


def _sums(table: Floats, some: slice, step: int) -> Floats:
    """What the leaves of some trees, into which each line falls, add up to; lines may leave after each `step` trees."""
    place, threshold, bounds = trees().splits
    sums = np.empty(len(table), np.float32)
    width = min(BLOCK, (len(table) // LANES + 1) * LANES)
    columns, places = np.zeros((table.shape[1] + 1, width), np.float32), np.empty((2, width), np.int32)
    _predict(table, place, threshold, bounds[some], trees().value, step, columns, places, sums)
    return sums


# Lines that meet each node of a tree together: each compares one column with one number, which the processor does for
# LANES lines at once. A line passes 30 nodes where 5 are on its way, and is there four times as soon.
BLOCK, LANES = 320, 16
FIRST = 100  # trees of each member of the committee
STEP = 20  # after each so many trees, lines that are sure by then are done: most of them before the last step
# Log-odds of being sure: to stay, KEPT and SLOPE more for each tree; to go, GONE. Measured: of 10,000 lines that leave
# early, at most three would have crossed a threshold later.
KEPT, SLOPE, GONE = -4.5, 0.025, 4.2
# Log-odds between which all of the committee are asked: a sixth of the lines of residue texts, a twentieth of pages.
ASKED_FROM, ASKED_TO = -1.5, 3.5


@kernel(
    "void(float32[:, ::1], int32[:, ::1], float32[::1], int32[:, ::1], float32[::1], int64, float32[:, ::1],"
    " int32[:, ::1], float32[::1])",
    interpreted=True,
)
def _predict(
    table: Floats,
    place: NDArray[np.int32],
    threshold: Floats,
    trees: NDArray[np.int32],
    value: Floats,
    step: int,
    columns: Floats,
    places: NDArray[np.int32],
    odds: Floats,
) -> None:
    """Sum the leaves that each row of `table` falls into; after each `step` trees, rows that are sure leave. `columns`
    has room for a block of rows, turned, and below them their sums; `places` for their numbers and for the node at
    which each is."""
    block, total = columns.shape[1], table.shape[1]
    for begin in range(0, len(table), block):
        count = min(block, len(table) - begin)
        for lane in range(count):
            places[0, lane] = begin + lane
            columns[total, lane] = 0
            for feature in range(table.shape[1]):
                columns[feature, lane] = table[begin + lane, feature]
        for tree in range(len(trees) - 1):
            width = (count + LANES - 1) // LANES * LANES
            for lane in range(width):
                places[1, lane] = trees[tree, 0]
            for split in range(trees[tree, 1], trees[tree + 1, 1]):
                node, feature, child, bound = place[split, 0], place[split, 1], place[split, 2], threshold[split]
                for lane in range(width):
                    if places[1, lane] == node:
                        places[1, lane] = child + (columns[feature, lane] > bound)
            for lane in range(count):
                columns[total, lane] += value[places[1, lane]]
            if tree % step == step - 1:
                unsure = 0
                for lane in range(count):
                    row, sure = places[0, lane], columns[total, lane]
                    odds[row] = sure
                    places[0, unsure], places[1, unsure] = row, lane
                    unsure += KEPT + SLOPE * (tree + 1) < sure < GONE
                if unsure < count:
                    for feature in range(total + 1):
                        for lane in range(unsure):
                            columns[feature, lane] = columns[feature, places[1, lane]]
                count = unsure
                if count == 0:
                    break
        for lane in range(count):
            odds[places[0, lane]] = columns[total, lane]


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
            change = float(forest.value[after] - forest.value[node]) * FIRST / len(forest.roots)
            credit[feature] = credit.get(feature, 0.0) + change
            node = after
    return sorted(credit.items(), key=lambda item: -item[1])[:count]
