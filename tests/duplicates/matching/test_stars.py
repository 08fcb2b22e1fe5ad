"""Stars of copies, against a slow reference."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.matching.stars import stars


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30), st.permutations(range(13)))
@settings(deadline=None)
def test_stars(pairs: list[tuple[int, int]], order: list[int]) -> None:
    edges = [pair for pair in pairs if pair[0] != pair[1]]
    found = stars(edges, order).tolist()
    linked = {frozenset(edge) for edge in edges}
    assert all(frozenset((group[0], member)) in linked for group in found for member in group[1:])
    members = [member for group in found for member in group]
    assert len(members) == len(set(members))
