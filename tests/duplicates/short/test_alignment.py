"""The alignment of two short texts, checked against the textbook."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.short import ShortFeature
from tests.duplicates.short.test_features import features

WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon"]), min_size=1, max_size=8)


def common(left: list[str], right: list[str]) -> int:
    """Length of the longest common subsequence, by its definition."""
    if not left or not right:
        return 0
    if left[0] == right[0]:
        return 1 + common(left[1:], right[1:])
    return max(common(left[1:], right), common(left, right[1:]))


@settings(deadline=None)  # the first call compiles
@given(WORDS, WORDS)
def test_longest_common_subsequence(left: list[str], right: list[str]) -> None:
    found = features(" ".join(left), " ".join(right))
    expected = common(left, right)
    assert round(found[ShortFeature.ALIGNED_LONGER] * max(len(left), len(right)), 3) == expected
    assert round(found[ShortFeature.ALIGNED_SHORTER] * min(len(left), len(right)), 3) == expected


def test_gaps() -> None:
    found = features("storm shuts Lisbon harbour", "storm closes Lisbon harbour again")
    assert found[ShortFeature.SWAPS] == 1
    assert found[ShortFeature.INSERTIONS] == 1
    assert found[ShortFeature.RUN] == 0.5
    assert found[ShortFeature.PREFIX] == 0.25
