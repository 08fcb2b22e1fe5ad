"""Forests add up the leaves that a slow walk reaches."""

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclean.compilation import kernels
from newsclean.models.trees import BLOCK, LANES, MOST, Forest, Stopping, credits_of, log_odds, log_odds_of


def grown(trees: int, features: int, seed: int = 7) -> Forest:
    """A forest of random trees of depth three or less."""
    random = np.random.default_rng(seed)
    feature, threshold, child, value, roots = [], [], [], [], []
    for _ in range(trees):
        roots.append(len(feature))
        open_nodes = [(len(feature), 0)]
        feature.append(-1), threshold.append(0.0), child.append(0), value.append(float(random.normal()))
        while open_nodes:
            node, depth = open_nodes.pop()
            if depth == 3 or (depth and random.random() < 0.3):
                continue
            feature[node], threshold[node], child[node] = int(random.integers(features)), random.normal(), len(feature)
            for side in range(2):
                open_nodes.append((len(feature) + side, depth + 1))
            feature += [-1, -1]
            threshold += [0.0, 0.0]
            child += [0, 0]
            value += random.normal(size=2).tolist()
    columns = {"feature": feature, "threshold": threshold, "child": child, "value": value, "roots": roots}
    return Forest.load({f"own_{name}": np.array(column) for name, column in columns.items()}, "own_")


def slow(forest: Forest, row: NDArray[np.float32], trees: int | None = None) -> float:
    total = 0.0
    for node in forest.roots[:trees].tolist():
        while forest.feature[node] >= 0:
            node = forest.child[node] + (row[forest.feature[node]] > forest.threshold[node])
        total += float(forest.value[node])
    return total


@pytest.mark.parametrize("interprets", [True, False])
@pytest.mark.parametrize("rows", [0, 1, LANES, BLOCK + 3])
def test_log_odds_are_the_sum_of_the_leaves(rows: int, interprets: bool) -> None:
    forest = grown(12, 5)
    table = np.random.default_rng(rows).normal(size=(rows, 5)).astype(np.float32)
    with kernels.tier(interprets):
        found = log_odds(forest, table)
    assert np.allclose(found, [slow(forest, row) for row in table], atol=1e-9)


def test_a_single_row_needs_no_kernel() -> None:
    forest = grown(12, 5)
    for row in np.random.default_rng(4).normal(size=(20, 5)).astype(np.float32):
        assert log_odds_of(forest, row) == log_odds(forest, row[None])[0]


@pytest.mark.parametrize("interprets", [True, False])
def test_rows_that_are_sure_leave_early(interprets: bool) -> None:
    forest = grown(12, 5)
    table = np.random.default_rng(3).normal(size=(BLOCK + 9, 5)).astype(np.float32)
    stopping = Stopping(4, low=-2.0, slope=0.1, high=2.0)
    expected = []
    for row in table:
        after = next(n for n in (4, 8, 12) if n == 12 or not -2.0 + 0.1 * n < slow(forest, row, n) < 2.0)
        expected.append(slow(forest, row, after))
    with kernels.tier(interprets):
        found = log_odds(forest, table, stopping)
    assert np.allclose(found, expected, atol=1e-9)
    assert not np.allclose(log_odds(forest, table), expected)


def test_both_tiers_give_the_same_bits() -> None:
    forest = grown(40, 5)
    table = np.random.default_rng(6).normal(size=(LANES + 9, 5)).astype(np.float32)
    table[:40] = forest.threshold[:40, None]  # a feature that equals a threshold goes left
    table[50:60, 2], table[60:70, 1] = np.nan, np.inf
    for stopping in (None, Stopping(7, low=-3.0, slope=0.05, high=2.5)):
        found = []
        for interprets in (True, False):
            with kernels.tier(interprets):
                found.append(log_odds(forest, table, stopping))
        assert np.array_equal(*found)


def test_trees_with_too_many_nodes_are_refused() -> None:
    forest = grown(1, 5)
    rows = np.arange(MOST + 1)
    many = Forest(
        np.where(rows % 2 == 0, 0, -1).astype(np.int16), rows.astype(np.float32), (rows + 1).astype(np.int32),
        rows.astype(np.float32), forest.roots,
    )  # fmt: skip
    with pytest.raises(ValueError, match="nodes or more"):
        _ = many.splits


@pytest.mark.parametrize("interprets", [True, False])
def test_some_trees_are_a_forest(interprets: bool) -> None:
    forest = grown(12, 5)
    table = np.random.default_rng(1).normal(size=(20, 5)).astype(np.float32)
    with kernels.tier(interprets):
        parts = log_odds(forest.some(0, 5), table) + log_odds(forest.some(5), table)
    assert np.allclose(parts, log_odds(forest, table))


def test_credits_and_the_roots_add_up_to_the_log_odds() -> None:
    forest = grown(6, 4)
    row = np.random.default_rng(2).normal(size=4).astype(np.float32)
    base = sum(float(forest.value[root]) for root in forest.roots)
    assert np.isclose(base + sum(credits_of(forest, row).values()), slow(forest, row))
