"""Boosted trees: how they are kept, and what they say of a table of features.

`training/trees.py` writes them from LightGBM's models.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Column, Table, interprets, kernel

BLOCK = 1536
"""Rows that walk through a tree together."""
LANES = 32
"""Rows are looked at in multiples of this. A processor compares 16 to 64 at once; few rows shall not cost as many."""
PAD = 64
"""Room behind the lanes of a feature: a power of two between features would make them share cache lines."""
MOST = 255
"""Nodes of a tree, and thresholds of a feature: their numbers are bytes."""


@dataclass(frozen=True, eq=False)
class Forest:
    """The nodes of all trees, parents before their children. The leaves that a row reaches add up to its log-odds."""

    feature: NDArray[np.int16]
    """Column that a node asks; -1 in leaves."""
    threshold: NDArray[np.float32]
    """The right child is next if the feature is above it."""
    child: NDArray[np.int32]
    """The left child; the right one stands just behind it."""
    value: NDArray[np.float32]
    """Log-odds: of a leaf what it adds, of an inner node the mean of what its leaves add."""
    roots: NDArray[np.int32]
    """The first node of each tree."""

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> "Forest":
        """The forest whose arrays are called `prefix` and the name of a field."""
        return cls(
            np.ascontiguousarray(arrays[prefix + "feature"], np.int16),
            np.ascontiguousarray(arrays[prefix + "threshold"], np.float32),
            np.ascontiguousarray(arrays[prefix + "child"], np.int32),
            np.ascontiguousarray(arrays[prefix + "value"], np.float32),
            np.ascontiguousarray(arrays[prefix + "roots"], np.int32),
        )

    def some(self, first: int, last: int | None = None) -> "Forest":
        """The trees from `first` up to, not with, `last`."""
        ends = np.append(self.roots, len(self.feature))
        begin, end = ends[first], ends[len(self.roots) if last is None else last]
        nodes = slice(begin, end)
        child = np.where(self.feature[nodes] >= 0, self.child[nodes] - begin, 0).astype(np.int32)
        roots = (self.roots[first:last] - begin).astype(np.int32)
        return Forest(self.feature[nodes], self.threshold[nodes], child, self.value[nodes], roots)

    @functools.cached_property
    def nodes(self) -> "Nodes":
        """The same arrays as lists."""
        return Nodes(*(getattr(self, name).tolist() for name in Nodes._fields))

    @functools.cached_property
    def splits(self) -> "Splits":
        """The trees as rows walk through them.

        Raises:
            ValueError: a tree has MOST nodes or more, or a feature as many thresholds.
        """
        inner = np.flatnonzero(self.feature >= 0)
        ends = np.searchsorted(inner, np.append(self.roots, len(self.feature)))
        feature, threshold = self.feature[inner], self.threshold[inner]
        order = np.lexsort((threshold, feature))
        asked = np.stack([feature[order], threshold[order]])
        new = np.append(True, (asked[:, 1:] != asked[:, :-1]).any(axis=0))[: len(order)]
        limit = np.empty(len(order), np.int64)  # of each split, among the limits
        limit[order] = np.cumsum(new) - 1
        bounds = np.searchsorted(feature[order][new], np.arange(int(feature.max(initial=-1)) + 2))
        root = np.repeat(self.roots, np.diff(ends))
        numbers = np.column_stack([inner - root, self.child[inner] - root, limit - bounds[feature]])
        if max(numbers.max(initial=0), np.diff(bounds).max(initial=0)) >= MOST:
            raise ValueError(f"a tree has {MOST} nodes or more, or a feature as many thresholds")
        limits = threshold[order][new]
        return Splits(numbers.astype(np.uint8), feature, self.roots, ends, self.value, limits, bounds)


class Nodes(NamedTuple):
    """The arrays of a forest as lists, which Python reads faster one by one."""

    feature: list[int]
    threshold: list[float]
    child: list[int]
    value: list[float]
    roots: list[int]


class Stopping(NamedTuple):
    """When a row is sure enough to leave early. It is asked after each `step` trees. A row leaves if its log-odds are
    below `low` plus `slope` for each tree, or above `high`."""

    step: int
    low: float = 0.0
    slope: float = 0.0
    high: float = 0.0


class Split(IntEnum):
    """Columns of the table of inner nodes. Nodes count from their tree's first one, thresholds from the least one that
    any node compares the feature with."""

    NODE = 0
    CHILD = 1
    LIMIT = 2


class Splits(NamedTuple):
    """The inner nodes of some trees, by tree and parents first; the splits of tree `t` end where `ends[t + 1]` says.

    A feature is compared with each of its thresholds (`limits`; those of feature `f` begin at `bounds[f]`) once. The
    trees then compare bytes: how many thresholds it is above.
    """

    nodes: Table[np.uint8]
    feature: Column[np.int16]
    roots: Column[np.int32]
    ends: Column[np.int64]
    value: Column[np.float32]
    limits: Column[np.float32]
    bounds: Column[np.int64]


class Block(NamedTuple):
    """Room for rows that walk together."""

    values: Table[np.float32]
    """Their features, turned, so that lanes lie side by side."""
    above: Table[np.uint8]
    """How many of its thresholds each feature is above."""
    node: Column[np.uint8]
    """The node that each row is at."""
    total: Column[np.float64]
    """Log-odds."""
    row: Column[np.int32]
    """Numbers of the rows."""
    moved: Table[np.int32]
    """Where rows are put when others leave, and where from."""


def log_odds(forest: Forest, table: NDArray[np.float32], stopping: Stopping | None = None) -> NDArray[np.float64]:
    """(rows,) what the leaves that each row of features reaches add up to."""
    if interprets():
        return np.array([log_odds_of(forest, row, stopping) for row in table], np.float64)
    totals = np.empty(len(table))
    width = min(BLOCK, (len(table) // LANES + 1) * LANES)
    room = Block(
        np.zeros((table.shape[1], width + PAD), np.float32),
        np.zeros((table.shape[1], width + PAD), np.uint8),
        np.zeros(width, np.uint8),
        np.empty(width),
        np.empty(width, np.int32),
        np.empty((width, 2), np.int32),
    )
    _walk(table, forest.splits, stopping or Stopping(len(forest.roots) + 1), room, totals)
    return totals


def log_odds_of(forest: Forest, row: NDArray[np.float32], stopping: Stopping | None = None) -> float:
    """`log_odds` of a single row, without a kernel: for rows that come one by one, in a process that is still young."""
    feature, threshold, child, value, roots = forest.nodes
    step, low, slope, high = stopping or Stopping(len(roots) + 1)
    values, total = row.tolist(), 0.0
    for tree, node in enumerate(roots, 1):
        while feature[node] >= 0:
            node = child[node] + (values[feature[node]] > threshold[node])
        total += value[node]
        if tree % step == 0 and not low + slope * tree < total < high:
            break
    return total


@kernel(entry=True)
def _walk(
    table: Table[np.float32], splits: Splits, stopping: Stopping, room: Block, totals: Column[np.float64]
) -> None:
    """Sum the leaves that each row reaches, a block of rows at a time."""
    width = len(room.row)
    for begin in range(0, len(table), width):
        count = _load(table, begin, splits, room)
        for tree in range(len(splits.roots)):
            if count > 0:
                _pass_tree(splits, tree, count, room)
                if tree % stopping.step == stopping.step - 1:
                    bounds = stopping.low + stopping.slope * (tree + 1), stopping.high
                    count = _release(count, bounds, room, totals)
        for lane in range(count):
            totals[room.row[lane]] = room.total[lane]


@kernel()
def _load(table: Table[np.float32], begin: int, splits: Splits, room: Block) -> int:
    """Note how many thresholds each feature of the next rows is above; how many rows there are."""
    count = min(len(room.row), len(table) - begin)
    for lane in range(count):
        room.row[lane] = begin + lane
        room.total[lane] = 0.0
        for feature in range(table.shape[1]):
            room.values[feature, lane] = table[begin + lane, feature]
    for feature in range(len(splits.bounds) - 1):
        for lane in range(len(room.row)):
            room.above[feature, lane] = 0
        for at in range(splits.bounds[feature], splits.bounds[feature + 1]):
            limit = splits.limits[at]
            for lane in range(len(room.row)):
                room.above[feature, lane] += room.values[feature, lane] > limit
    return count


@kernel()
def _pass_tree(splits: Splits, tree: int, count: int, room: Block) -> None:
    """Add the leaf of one tree to each row. Every lane meets every node: 60 instead of 7 comparisons, but 64 of them at
    once. (An addition, not a choice: that would become a store under a mask, which takes longer.)"""
    lanes = (count + LANES - 1) // LANES * LANES
    for lane in range(lanes):
        room.node[lane] = 0
    for split in range(splits.ends[tree], splits.ends[tree + 1]):
        node, child = splits.nodes[split, Split.NODE], splits.nodes[split, Split.CHILD]
        limit, feature, down = splits.nodes[split, Split.LIMIT], splits.feature[split], child - node
        for lane in range(lanes):
            step = down + (room.above[feature, lane] > limit)
            room.node[lane] += step if room.node[lane] == node else 0
    root = splits.roots[tree]
    for lane in range(count):
        room.total[lane] += splits.value[root + room.node[lane]]


@kernel()
def _release(count: int, bounds: tuple[float, float], room: Block, totals: Column[np.float64]) -> int:
    """Note the log-odds of rows that are sure, and put the last of the others in their places; how many those are."""
    left = 0
    for lane in range(count):
        left += bounds[0] < room.total[lane] < bounds[1]
    last, moves = left, 0
    for lane in range(count):
        if bounds[0] < room.total[lane] < bounds[1]:
            continue
        totals[room.row[lane]] = room.total[lane]
        if lane < left:
            while not bounds[0] < room.total[last] < bounds[1]:
                last += 1
            room.moved[moves, 0], room.moved[moves, 1] = lane, last
            moves += 1
            last += 1
    for move in range(moves):
        lane, last = room.moved[move, 0], room.moved[move, 1]
        room.row[lane], room.total[lane] = room.row[last], room.total[last]
    if moves:
        for feature in range(len(room.above)):
            for move in range(moves):
                room.above[feature, room.moved[move, 0]] = room.above[feature, room.moved[move, 1]]
    return left


def credits_of(forest: Forest, row: NDArray[np.float32]) -> dict[int, float]:
    """How much each feature that the trees ask moved the log-odds of a row.

    Source: the path attribution of Saabas (2014): each split is credited with the change of value that it makes.
    """
    feature, threshold, child, value, roots = forest.nodes
    values, moved = row.tolist(), dict[int, float]()
    for node in roots:
        while feature[node] >= 0:
            asked, after = feature[node], child[node] + (values[feature[node]] > threshold[node])
            moved[asked] = moved.get(asked, 0.0) + value[after] - value[node]
            node = after
    return moved
