"""The tagger: boosted trees that estimate from a segment's features how probably it is residue.

The first forest judges each segment by its features. A second one judges those that may be residue again, by what the
first says of all segments of the text (`stacking`).
"""

import functools
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.stacking import stacked
from newsclean.models import Forest, Stopping, credits_of, expits, log_odds

Floats = NDArray[np.float32]

FIRST = 100  # trees of each member of the committee that is the first forest
# After each so many trees, rows that are sure by then are done: most of them before the last step. Sure to stay are
# those below log-odds of KEPT and SLOPE more for each tree; sure to go those above GONE. Measured: of 10,000 rows that
# leave early, at most three would have crossed a threshold later.
STEP, KEPT, SLOPE, GONE = 20, -4.5, 0.025, 4.2
# Log-odds between which all of the committee are asked: a sixth of the lines of residue texts, a twentieth of pages.
ASKED_FROM, ASKED_TO = -1.5, 3.5
# Log-odds between which a segment is judged again: from -3 on, or all above, nothing else would go.
AGAIN_FROM, AGAIN_TO = -2.0, GONE
SECOND = "second_"  # begins the names of the second forest's arrays


@functools.cache
def forests() -> tuple[Forest, Forest]:
    """The first and the second forest."""
    with resources.as_file(resources.files(__package__) / "data/trees.npz") as path, np.load(path) as data:
        return Forest.load(data), Forest.load(data, SECOND)


@functools.lru_cache(maxsize=4)
def _members(trees: Forest) -> tuple[Forest, Forest]:
    """The first member of the committee, and the others."""
    return trees.some(0, FIRST), trees.some(FIRST)


def first_odds(table: Floats) -> NDArray[np.float64]:
    """(rows,) log-odds that each row of a table of features is residue, by the first forest."""
    trees = forests()[0]
    first, others = _members(trees)
    odds = log_odds(first, table, Stopping(STEP, KEPT, SLOPE, GONE))
    if len(others.roots):
        asked = np.flatnonzero((odds > ASKED_FROM) & (odds < ASKED_TO))
        odds[asked] += log_odds(others, table[asked])
        odds[asked] *= FIRST / len(trees.roots)
    return odds


def probabilities(
    table: Floats, bounds: NDArray[np.int64], length: NDArray[np.int32], found: NDArray[np.int16]
) -> Floats:
    """(rows,) probability that each row of a table of features is residue. `bounds` has the first row of each text, and
    the number of rows."""
    odds = first_odds(table)
    again = np.flatnonzero((odds > AGAIN_FROM) & (odds < AGAIN_TO))
    odds[again] = log_odds(forests()[1], stacked(bounds, length, found, odds, table)[again])
    return expits(odds)


def reasons(row: Floats, count: int = 3) -> list[tuple[int, float]]:
    """The `count` features that moved the log-odds of a row most towards residue, and by how much."""
    trees = forests()[0]
    share = FIRST / len(trees.roots)
    moved = [(feature, change * share) for feature, change in credits_of(trees, row).items()]
    return sorted(moved, key=lambda item: -item[1])[:count]
