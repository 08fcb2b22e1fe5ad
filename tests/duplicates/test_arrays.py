"""Operations on arrays, against the obvious way."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsclean.duplicates.arrays import distinct, fresh, places, runs

NUMBERS = st.lists(st.integers(0, 9), max_size=30)


@given(NUMBERS)
def test_sorted_values(numbers: list[int]) -> None:
    values = np.sort(np.array(numbers, np.int64))
    assert distinct(values).tolist() == sorted(set(numbers))
    assert values[fresh(values)].tolist() == sorted(set(numbers))
    seen: dict[int, int] = {}
    for value, place in zip(values.tolist(), places(values).tolist(), strict=True):
        assert place == seen.get(value, 0)
        seen[value] = place + 1


@given(st.lists(st.integers(0, 4), max_size=10))
def test_runs(sizes: list[int]) -> None:
    run, place = runs(np.array(sizes, np.int64))
    expected = [(at, inside) for at, size in enumerate(sizes) for inside in range(size)]
    assert list(zip(run.tolist(), place.tolist(), strict=True)) == expected
