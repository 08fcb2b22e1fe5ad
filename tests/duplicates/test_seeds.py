"""The users' own example: two independent articles on Samsung and Xiaomi, and three others."""

import random
from typing import Any

from newsclean.duplicates import Pair, find_duplicates

SAME = {"001_dcc61b8f4c420811", "002_eeade94908cc4da1"}
Documents = list[dict[str, Any]]


def of_seeds(pairs: list[Pair], seeds: Documents) -> list[Pair]:
    """Pairs in which a seed has a part."""
    ids = {str(seed["id"]) for seed in seeds}
    return [pair for pair in pairs if {pair.left.split("#")[0], pair.right.split("#")[0]} & ids]


def test_one_story_and_nothing_else(seeds: Documents) -> None:
    found = find_duplicates(seeds)
    assert [({pair.left, pair.right}, pair.relation) for pair in found.pairs] == [(SAME, "same_story")]
    assert found.keep == {}
    assert [set(cluster.members) for cluster in found.clusters("story")] == [SAME]
    assert found.clusters() == []


def test_each_given_twice(seeds: Documents) -> None:
    again = [{**seed, "id": f"{seed['id']}#2"} for seed in seeds]
    found = find_duplicates(seeds + again)
    identical = [(pair.left, pair.right) for pair in found.pairs if pair.relation == "identical"]
    assert identical == [(seed["id"], f"{seed['id']}#2") for seed in seeds]
    others = [pair for pair in found.pairs if pair.relation != "identical"]
    assert {pair.relation for pair in others} == {"same_story"}
    assert {frozenset((pair.left.split("#")[0], pair.right.split("#")[0])) for pair in others} == {frozenset(SAME)}
    assert found.keep == {f"{seed['id']}#2": seed["id"] for seed in seeds}


def test_order_is_irrelevant(seeds: Documents) -> None:
    for turn in range(5):
        shuffled = random.Random(turn).sample(seeds, len(seeds))
        found = find_duplicates(shuffled)
        assert [({pair.left, pair.right}, pair.relation) for pair in found.pairs] == [(SAME, "same_story")]


def test_inside_a_background(seeds: Documents, background: Documents) -> None:
    found = find_duplicates(background[:6000] + seeds + background[6000:])
    pairs = of_seeds(found.pairs, seeds)
    assert [({pair.left, pair.right}, pair.relation) for pair in pairs] == [(SAME, "same_story")]
