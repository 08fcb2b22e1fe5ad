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

from newsclean.compilation import Column, Table, kernel

BLOCK = 320
"""Rows that walk through a tree together."""
LANES = 16
"""Rows whose feature is compared with one threshold at once, by one instruction of the processor."""


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
        """The trees as rows walk through them."""
        inner = np.flatnonzero(self.feature >= 0)
        nodes = np.column_stack([inner, self.feature[inner], self.child[inner]]).astype(np.int32)
        ends = np.searchsorted(inner, np.append(self.roots, len(self.feature)))
        return Splits(nodes, self.threshold[inner], self.roots, ends, self.value)


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
    """Columns of the table of inner nodes."""

    NODE = 0
    FEATURE = 1
    CHILD = 2


class Splits(NamedTuple):
    """The inner nodes of some trees, by tree and parents first; the splits of tree `t` end where `ends[t + 1]` says."""

    nodes: Table[np.int32]
    threshold: Column[np.float32]
    roots: Column[np.int32]
    ends: Column[np.int64]
    value: Column[np.float32]


class Block(NamedTuple):
    """Room for rows that walk together: their features, turned; their numbers; the node each is at; their log-odds."""

    features: Table[np.float32]
    row: Column[np.int32]
    node: Column[np.int32]
    total: Column[np.float64]


def log_odds(forest: Forest, table: NDArray[np.float32], stopping: Stopping | None = None) -> NDArray[np.float64]:
    """(rows,) what the leaves that each row of features reaches add up to."""
    totals = np.empty(len(table))
    width = min(BLOCK, (len(table) // LANES + 1) * LANES)
    features = np.zeros((table.shape[1], width), np.float32)
    room = Block(features, np.zeros(width, np.int32), np.zeros(width, np.int32), np.empty(width))
    _walk(table, forest.splits, stopping or Stopping(len(forest.roots) + 1), room, totals)
    return totals


def log_odds_of(forest: Forest, row: NDArray[np.float32]) -> float:
    """`log_odds` of a single row, without a kernel: for rows that come one by one, in a process that is still young."""
    feature, threshold, child, value, roots = forest.nodes
    values, total = row.tolist(), 0.0
    for node in roots:
        while feature[node] >= 0:
            node = child[node] + (values[feature[node]] > threshold[node])
        total += value[node]
    return total


@kernel(entry=True, interpreted=True)
def _walk(
    table: Table[np.float32], splits: Splits, stopping: Stopping, room: Block, totals: Column[np.float64]
) -> None:
    """Sum the leaves that each row reaches, a block of rows at a time."""
    width = len(room.row)
    for begin in range(0, len(table), width):
        count = _load(table, begin, room)
        for tree in range(len(splits.roots)):
            if count > 0:
                _pass_tree(splits, tree, count, room)
                if tree % stopping.step == stopping.step - 1:
                    bounds = stopping.low + stopping.slope * (tree + 1), stopping.high
                    count = _release(table, count, bounds, room, totals)
        for lane in range(count):
            totals[room.row[lane]] = room.total[lane]


@kernel(interpreted=True)
def _load(table: Table[np.float32], begin: int, room: Block) -> int:
    """Turn the features of the next rows, so that lanes lie side by side; how many rows there are."""
    count = min(len(room.row), len(table) - begin)
    for lane in range(count):
        room.row[lane] = begin + lane
        room.total[lane] = 0.0
        for feature in range(table.shape[1]):
            room.features[feature, lane] = table[begin + lane, feature]
    return count


@kernel(interpreted=True)
def _pass_tree(splits: Splits, tree: int, count: int, room: Block) -> None:
    """Add the leaf of one tree to each row. Every lane meets every node: 30 instead of 5 comparisons, but LANES of
    them at once."""
    lanes = count if count < LANES else (count + LANES - 1) // LANES * LANES
    for lane in range(lanes):
        room.node[lane] = splits.roots[tree]
    for split in range(splits.ends[tree], splits.ends[tree + 1]):
        node, feature = splits.nodes[split, Split.NODE], splits.nodes[split, Split.FEATURE]
        child, threshold = splits.nodes[split, Split.CHILD], splits.threshold[split]
        for lane in range(lanes):
            if room.node[lane] == node:
                room.node[lane] = child + (room.features[feature, lane] > threshold)
    for lane in range(count):
        room.total[lane] += splits.value[room.node[lane]]


@kernel(interpreted=True)
def _release(
    table: Table[np.float32], count: int, bounds: tuple[float, float], room: Block, totals: Column[np.float64]
) -> int:
    """Note the log-odds of rows that are sure, and put the last of the others in their places; how many those are."""
    lane = 0
    while lane < count:
        if not bounds[0] < room.total[lane] < bounds[1]:
            totals[room.row[lane]] = room.total[lane]
            count -= 1
            while count > lane and not bounds[0] < room.total[count] < bounds[1]:
                totals[room.row[count]] = room.total[count]
                count -= 1
            row = room.row[count]
            room.row[lane], room.total[lane] = row, room.total[count]
            for feature in range(table.shape[1]):
                room.features[feature, lane] = table[row, feature]
        lane += 1
    return count


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
