"""Which runs and which code pages are worth decoding."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.encodings.tables import codepage_numbers
from newsclean.damage.mojibake._codepage_selection import CLOSE, choose_runs, worthwhile_codepages
from newsclean.damage.mojibake.columns import Choice, DecodedRuns, LikelyRuns, Priors, Task
from tests.damage.mojibake import reference

INTERVALS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.integers(1, 9)), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(INTERVALS)
def test_choice_is_greedy(intervals: list[tuple[int, int, int]]) -> None:
    spans = sorted((start, start + length, gain) for start, length, gain in intervals)
    runs = np.array([[start, end, 1, gain, 1, start + 1] for start, end, gain in spans], np.int64)
    likely = LikelyRuns(runs, np.array([0, len(runs)]))
    choice = room(len(runs), [0])
    chosen = DecodedRuns(np.empty((len(runs), 5), np.int64), np.empty((0, 3), np.int64), np.empty(0, np.uint32))
    count = choose_runs.compiled(likely, 0, choice, chosen, 0)
    assert [(row[0], row[1], row[3]) for row in chosen.rows[:count].tolist()] == reference.best_disjoint(spans)
    assert not choice.chosen.any()


def room(runs: int, values: list[int]) -> Choice:
    order, picked = np.empty((2, runs, 2), np.int64)
    value = np.array(values, np.int64)
    return Choice(order, np.zeros(40, np.int64), value, picked, np.empty_like(value), codepage_numbers())


def test_of_equal_runs_that_of_the_first_codepage_is_chosen() -> None:
    runs = np.array([[0, 2, 1, 5, 0b1001, 1], [0, 2, 1, 5, 0b0110, 1]], np.int64)
    chosen = DecodedRuns(np.empty((2, 5), np.int64), np.empty((0, 3), np.int64), np.empty(0, np.uint32))
    for values, codepage in (([0, 0, 0, 0], 0), ([-9, 0, 0, 0], 1), ([-9, -9, 0, 0], 2), ([-9, -9, -9, 0], 3)):
        assert choose_runs.compiled(LikelyRuns(runs, np.array([0, 2])), 0, room(2, values), chosen, 0) == 1
        assert chosen.rows[0].tolist() == [0, 2, 1, 5, codepage]


def test_close_codepages_are_tried_best_first() -> None:
    gains = [100, int(CLOSE * 100) + 10, 20, 0]
    runs = np.array([[0, 2, 1, gain, 1 << codepage, 1] for codepage, gain in enumerate(gains)], np.int64)
    priors = Priors(np.zeros(4), np.zeros(4, np.int64))
    values, loud, tasks = np.empty((1, 4), np.int64), np.empty(1, np.int64), np.empty((3, 2), np.int64)
    likely = LikelyRuns(runs, np.array([0, 4]))
    count = worthwhile_codepages(likely, priors, np.array([1000]), 3, values, loud, tasks)
    assert tasks[:count, Task.CODEPAGE].tolist() == [0, 1]
    assert loud.tolist() == [3]
