"""Slow references for the kernels of stacking, one line of one text at a time."""

import math

from newsclean.boilerplate.stacking import ARTICLE, FULL_LENGTH, KNOWN, MOST_ODDS, RATHER, UNIT

Line = tuple[float, int, int]  # log-odds, letters, rule


def end_margins(lines: list[Line]) -> list[float]:
    """How much rather a text ends above each line, and below one that is article, than below the line."""
    evidence = [odds * min(size, FULL_LENGTH) / UNIT for odds, size, _ in lines]
    ends = [sum(evidence[place:]) + KNOWN * (rule >= 0) for place, (_, _, rule) in enumerate(lines)] + [0.0]
    first = next((row for row, (odds, _, _) in enumerate(lines) if odds < ARTICLE), len(lines)) + 1
    return [max(ends[first : row + 1], default=-math.inf) - max(ends[row + 1 :]) for row in range(len(lines))]


def outside(lines: list[Line]) -> list[float]:
    """How much less the best stretch with each line is worth as article than the best one, or none."""
    worth = [size * (RATHER - min(max(odds, -MOST_ODDS), MOST_ODDS)) for odds, size, _ in lines]
    rows = range(len(worth))
    best = [max(sum(worth[a : b + 1]) for a in rows[: row + 1] for b in rows[row:]) for row in rows]
    return [max(0.0, *best) - value for value in best]
