"""Sorting by bytes, against numpy."""

import numpy as np
import pytest

from newsclean.duplicates.sorting import FEW, order_of, sort


@pytest.mark.parametrize("name", ["any", "in order of their lower halves", "small", "alike", "few"])
def test_numbers_are_sorted(name: str) -> None:
    random = np.random.default_rng(1)
    size = FEW // 2 if name == "few" else FEW + 100
    high, low = random.integers(0, 1 << 32, (2, size)).astype(np.uint64)
    if name == "in order of their lower halves":
        low.sort()
    high //= np.uint64(1 << 31 if name == "small" else 1)
    values = np.full(size, 7, np.uint64) if name == "alike" else high << np.uint64(32) | low
    expected = np.sort(values)
    for room in (size, size - 1):
        found = values.copy()
        sort(found, room)
        assert (found == expected).all()


def test_equal_values_stay_in_order() -> None:
    values = np.random.default_rng(1).integers(0, 50, FEW + 100)
    assert (order_of(values, len(values)) == np.argsort(values, kind="stable")).all()
