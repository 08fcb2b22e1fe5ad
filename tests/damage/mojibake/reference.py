"""Slow and obvious choice of runs."""

from collections.abc import Sequence

Interval = tuple[int, int, int]


def best_disjoint(intervals: Sequence[Interval]) -> list[Interval]:
    """Of intervals (start, end, score) those that greed takes: the best first, of equal ones the first, none that
    overlaps one that was taken; by start."""
    taken: list[Interval] = []
    for start, end, score in sorted(intervals, key=lambda interval: -interval[2]):
        if all(end <= other[0] or other[1] <= start for other in taken):
            taken.append((start, end, score))
    return sorted(taken)
