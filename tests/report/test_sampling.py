"""Samples do not depend on the order in which things come."""

from hypothesis import given
from hypothesis import strategies as st

from newsclean.report.sampling import Lowest, lot


@given(st.lists(st.tuples(st.integers(0, 5), st.text(max_size=3)), unique=True), st.randoms())
def test_lowest_are_the_first_of_all_sorted(items: list[tuple[int, str]], random: object) -> None:
    expected = sorted(items)[:4]
    random.shuffle(items)
    lowest: Lowest[tuple[int, str]] = Lowest(4)
    for key, name in items:
        lowest.offer(key, name, (key, name))
    assert list(lowest) == expected


def test_lots_are_spread() -> None:
    lots = [lot("rule", str(number)) for number in range(1000)]
    assert 0.45 < sum(lots) / len(lots) < 0.55
