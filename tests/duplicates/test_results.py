"""What the search answers with."""

import pytest

from newsclean.duplicates.results import RELATIONS, Cluster, Duplicates


def test_kinds_of_clusters() -> None:
    copies, stories = [Cluster("a", "a", ("a", "b"))], [Cluster("a", "a", ("a", "b", "c"))]
    found = Duplicates([], {"b": "a"}, copies, stories)
    assert found.clusters() == copies
    assert found.clusters("story") == stories
    with pytest.raises(ValueError, match="kind"):
        found.clusters("copies")


def test_relations_are_different() -> None:
    assert len(set(RELATIONS)) == len(RELATIONS) == 7
