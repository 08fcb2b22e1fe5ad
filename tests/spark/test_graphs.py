"""Graphs on Spark, in one task and in rounds, against the local functions."""

import random
from typing import Any

import numpy as np
import pytest

from newsclean.duplicates.clustering import average_link
from newsclean.duplicates.matching import stars
from newsclean.duplicates.matching.shared_passages import _groups
from newsclean.spark import graphs

PAIRS = "left long, right long"


def some_pairs(seed: int) -> list[tuple[int, int]]:
    """A chain, a hub, and random pairs of forty texts."""
    chooser = random.Random(seed)
    pairs = {(at, at + 1) for at in range(5)} | {(10, at) for at in range(11, 18)}
    while len(pairs) < 35:
        pairs.add(tuple(sorted(chooser.sample(range(18, 40), 2))))  # type: ignore[arg-type]
    return sorted(pairs)


@pytest.mark.parametrize("small", [0, 1 << 20])
def test_components_and_stars(session: Any, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "SMALL", small)
    pairs = some_pairs(small)
    frame = session.createDataFrame(pairs, PAIRS)
    labels = _groups(np.array(pairs), 40)
    ends = {end for pair in pairs for end in pair}
    assert {row["text"]: row["group"] for row in graphs.components(frame).collect()} == {
        end: labels[end] for end in ends
    }
    order = random.Random(1).sample(range(40), 40)
    ranks = session.createDataFrame([(text, rank) for rank, text in enumerate(order)], "text long, rank long")
    found = {(row["centre"], row["text"]) for row in graphs.stars(frame, ranks).collect()}
    assert found == {(star[0], text) for star in stars(pairs, order).tolist() for text in star[1:]}


def test_average_link(session: Any) -> None:
    chooser = random.Random(3)
    scored = [(*pair, chooser.random()) for pair in some_pairs(3)]
    frame = session.createDataFrame(scored, f"{PAIRS}, score double")
    found = {(row["group"], row["text"]) for row in graphs.linked(frame, 0.5).collect()}
    assert found == {(min(group), text) for group in average_link(scored, 0.5) for text in group}


def test_a_graph_without_pairs(session: Any) -> None:
    empty = session.createDataFrame([], PAIRS)
    ranks = session.createDataFrame([(0, 0)], "text long, rank long")
    assert graphs.components(empty).count() == graphs.stars(empty, ranks).count() == 0
