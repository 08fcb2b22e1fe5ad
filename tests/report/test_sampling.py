"""Samples do not depend on the order in which things come."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from newsclean.report.sampling import Frequent, Lowest, hashed_share


@given(st.lists(st.tuples(st.integers(0, 5), st.text(max_size=3)), unique=True), st.randoms())
def test_lowest_are_the_first_of_all_sorted(items: list[tuple[int, str]], random: object) -> None:
    expected = sorted(items)[:4]
    random.shuffle(items)
    lowest: Lowest[tuple[int, str]] = Lowest(4)
    for key, name in items:
        lowest.offer(key, name, (key, name))
    assert list(lowest) == expected


def test_lots_are_spread() -> None:
    lots = [hashed_share("rule", str(number)) for number in range(1000)]
    assert 0.45 < sum(lots) / len(lots) < 0.55


@given(st.lists(st.sampled_from("abcdefgh")))
def test_counts_are_exact_while_they_fit(names: list[str]) -> None:
    frequent = Frequent(8)
    for name in names:
        frequent.add(name)
    assert dict(frequent.most_common(8)) == Counter(names)


def test_what_occurs_often_is_not_forgotten() -> None:
    frequent = Frequent(10)
    for number in range(1000):
        frequent.add("often")
        frequent.add(f"once {number}")
    assert frequent.most_common(1) == [("often", 1000)]
