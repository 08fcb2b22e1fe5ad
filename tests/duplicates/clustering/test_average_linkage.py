"""Average linkage, against a slow reference."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.clustering.average_linkage import average_link
from tests.duplicates import reference


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), st.floats(0, 1)
    ),
    st.floats(0.1, 0.9),
    st.randoms(),
)
@settings(deadline=None)
def test_average_link(scores: dict[tuple[int, int], float], threshold: float, chooser: random.Random) -> None:
    rows = [(*pair, score) for pair, score in scores.items()]
    found = average_link(rows, threshold)
    for group in found:
        total = sum(scores.get((one, two), 0.0) for one in group for two in group)
        assert len(group) > 2 or total >= threshold
    assert found == reference.average_link(rows, threshold)
    chooser.shuffle(rows)
    assert average_link(rows, threshold) == found


def test_groups_are_joined_in_proportion_to_how_alike_their_members_are() -> None:
    loose = [(0, 1, 0.6), (0, 2, 0.45), (1, 2, 0.45)]
    tight = [(0, 1, 1.0), (0, 2, 0.45), (1, 2, 0.45)]
    assert average_link(loose, 0.46) == [[0, 1, 2]]
    assert average_link(tight, 0.46) == [[0, 1]]
