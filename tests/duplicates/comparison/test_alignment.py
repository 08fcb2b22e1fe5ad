"""Passages that two texts have in the same order."""

import numpy as np

from newsclean.duplicates.comparison._alignment import align, longest_run


def places(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.uint32)


def test_a_passage_is_followed_over_gaps() -> None:
    assert align.function(places(1, 2, 3, 4, 5, 6), 6) == (7, 0)
    assert align.function(places(1, 2, 0, 0, 5, 6), 6) == (7, 0)


def test_too_few_links_are_no_passage_and_shifts_are_counted() -> None:
    assert align.function(places(1, 0, 3), 3) == (0, 0)
    assert align.function(places(1, 2, 0, 5, 6, 7), 6) == (7, 1)


def test_longest_run() -> None:
    assert longest_run.function(places(1, 0, 3, 9, 4, 0), 6) == 3
    assert longest_run.function(places(), 0) == 0
