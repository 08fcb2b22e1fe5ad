"""The tagger: boosted trees that estimate from a segment's features how probably it is residue.

They are a committee: FIRST trees that all segments meet, then as many more, grown by chance otherwise, for those that
the first ones leave in doubt. Their mean is a better estimate than any of them.
"""

import functools
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from newsclean.models import Forest, Stopping, credits_of, expits, log_odds

Floats = NDArray[np.float32]

FIRST = 100  # trees of each member of the committee
# After each so many trees, rows that are sure by then are done: most of them before the last step. Sure to stay are
# those below log-odds of KEPT and SLOPE more for each tree; sure to go those above GONE. Measured: of 10,000 rows that
# leave early, at most three would have crossed a threshold later.
STEP, KEPT, SLOPE, GONE = 20, -4.5, 0.025, 4.2
# Log-odds between which all of the committee are asked: a sixth of the lines of residue texts, a twentieth of pages.
ASKED_FROM, ASKED_TO = -1.5, 3.5


@functools.cache
def forest() -> Forest:
    """The trained trees."""
    with resources.as_file(resources.files(__package__) / "data/trees.npz") as path, np.load(path) as data:
        return Forest.load(data)


@functools.lru_cache(maxsize=4)
def _members(trees: Forest) -> tuple[Forest, Forest]:
    """The first member of the committee, and the others."""
    return trees.some(0, FIRST), trees.some(FIRST)


def probabilities(table: Floats) -> Floats:
    """(rows,) probability that each row of a table of features is residue."""
    trees = forest()
    first, others = _members(trees)
    odds = log_odds(first, table, Stopping(STEP, KEPT, SLOPE, GONE))
    if len(others.roots):
        asked = np.flatnonzero((odds > ASKED_FROM) & (odds < ASKED_TO))
        odds[asked] += log_odds(others, table[asked])
        odds[asked] *= FIRST / len(trees.roots)
    return expits(odds)


def reasons(row: Floats, count: int = 3) -> list[tuple[int, float]]:
    """The `count` features that moved the log-odds of a row most towards residue, and by how much."""
    trees = forest()
    share = FIRST / len(trees.roots)
    moved = [(feature, change * share) for feature, change in credits_of(trees, row).items()]
    return sorted(moved, key=lambda item: -item[1])[:count]
