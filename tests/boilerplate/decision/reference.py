"""Slow references for the kernels, one character and one line at a time."""

import math

from newsclean.boilerplate.decision.calibration import (
    ARTICLE,
    KNOWN,
    LONGEST,
    MOST_ODDS,
    RATHER,
    SUREST,
    UNIT,
)
from newsclean.models.probability import LEAST, MOST


def end_margins(probability: list[float], length: list[int], found: list[int]) -> list[float]:
    """How much rather a text ends above each line, and below one that is article, than below the line."""
    sure = [min(max(p, LEAST), MOST) for p in probability]
    odds = [min(max(math.log(p / (1 - p)), -SUREST), SUREST) for p in sure]
    evidence = [value * min(size, LONGEST) / UNIT for value, size in zip(odds, length, strict=True)]
    known = [KNOWN * (rule >= 0) for rule in [*found, -1]]
    ends = [sum(evidence[place:]) + known[place] for place in range(len(evidence) + 1)]
    first = next((row for row, p in enumerate(probability) if p < ARTICLE), len(evidence)) + 1
    return [max(ends[first : row + 1], default=-math.inf) - max(ends[row + 1 :]) for row in range(len(evidence))]


def outside(certain: list[float], length: list[int]) -> list[float]:
    """How much less the best stretch with each line is worth as article than the best one, or none."""
    odds = [min(max(math.log(p / (1 - p)), -MOST_ODDS), MOST_ODDS) for p in certain]
    worth = [size * (RATHER - value) for value, size in zip(odds, length, strict=True)]
    rows = range(len(worth))
    best = [max(sum(worth[a : b + 1]) for a in rows[: row + 1] for b in rows[row:]) for row in rows]
    return [max(0.0, *best) - value for value in best]
