"""The tagger: boosted trees that estimate from a segment's features how probably it is residue.

The first forest judges each segment by its features. A second one judges those that may be residue again, by what the
first says of all segments of the text (`stacking`). Both must hold what no rule names for residue amid a line;
in texts that are mostly residue the second one decides alone.
"""

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features import NAMES, Feature, Floats
from newsclean.boilerplate.stacking import NAMES as STACKED_NAMES
from newsclean.boilerplate.stacking import Odds, Stacked, stacked
from newsclean.models import Forest, Stopping, credits_of, expits, log_odds

FIRST = 100  # trees of each member of the committee that is the first forest
# After each so many trees, rows that are sure by then are done: most of them before the last step. Sure to stay are
# those below log-odds of KEPT and SLOPE more for each tree; sure to go those above GONE. Hardly any would cross a
# threshold later.
STEP, KEPT, SLOPE, GONE = 20, -4.5, 0.025, 4.2
# Log-odds between which all of the committee are asked: a sixth of the lines of residue texts, a twentieth of pages.
ASKED_FROM, ASKED_TO = -1.5, 3.5
# Log-odds between which a segment is judged again: from -3 on, or all above, nothing else would go.
AGAIN_FROM, AGAIN_TO = -2.0, GONE
# The most that the second forest may add to the log-odds of the first one: of segments that a rule names, of whole
# lines; of others nothing. It may add anything in a text of which the first one takes more than PAGE of the letters for
# residue.
MORE_NAMED, MORE_LINE, PAGE = 2.0, 1.0, 0.5
VERDICT = STACKED_NAMES[Stacked.OWN]
SECOND = "second_"  # begins the names of the second forest's arrays


class Batch(NamedTuple):
    """The segments of a batch of texts."""

    table: Floats  # a row of features a segment
    bounds: NDArray[np.int64]  # the first segment of each text, and the number of segments
    length: NDArray[np.int32]
    found: NDArray[np.int16]  # the rule of each segment, or -1


class Reason(NamedTuple):
    """A feature that made a segment look like residue."""

    name: str
    value: float
    credit: float  # log-odds


@functools.cache
def forests() -> tuple[Forest, Forest]:
    """The first and the second forest."""
    with resources.as_file(resources.files(__package__) / "data/trees.npz") as path, np.load(path) as data:
        return Forest.load(data), Forest.load(data, SECOND)


@functools.lru_cache(maxsize=4)
def _members(trees: Forest) -> tuple[Forest, Forest]:
    """The first member of the committee, and the others."""
    return trees.some(0, FIRST), trees.some(FIRST)


def first_odds(table: Floats) -> Odds:
    """(rows,) log-odds that each row of a table of features is residue, by the first forest."""
    trees = forests()[0]
    first, others = _members(trees)
    odds = log_odds(first, table, Stopping(STEP, KEPT, SLOPE, GONE))
    if len(others.roots):
        asked = np.flatnonzero((odds > ASKED_FROM) & (odds < ASKED_TO))
        odds[asked] += log_odds(others, table[asked])
        odds[asked] *= FIRST / len(trees.roots)
    return odds


def probabilities(batch: Batch) -> Floats:
    """(segments,) probability that each segment is residue."""
    odds = first_odds(batch.table)
    again = _again(odds)
    odds[again] = np.minimum(log_odds(forests()[1], _stacked(batch, odds, again)), _most(batch, odds, again))
    return expits(odds)


def reasons(batch: Batch, row: int, count: int = 3) -> list[Reason]:
    """The `count` features that moved the log-odds of a segment most towards residue, in the forest that decided."""
    trees, second = forests()
    share = FIRST / len(trees.roots)
    features = batch.table[row]
    moved = {NAMES[feature]: change * share for feature, change in credits_of(trees, features).items()}
    values = dict(zip(NAMES, features.tolist(), strict=True))
    odds = first_odds(batch.table)
    if row in _again(odds):
        here = np.array([row])
        [asked] = _stacked(batch, odds, here)
        if log_odds(second, asked[np.newaxis])[0] < _most(batch, odds, here)[0]:
            values |= dict(zip(STACKED_NAMES, asked.tolist(), strict=True))
            moved = _credited({STACKED_NAMES[column]: by for column, by in credits_of(second, asked).items()}, moved)
    strongest = sorted(moved.items(), key=lambda item: -item[1])[:count]
    return [Reason(name, values[name], credit) for name, credit in strongest]


def _credited(second: dict[str, float], first: dict[str, float]) -> dict[str, float]:
    """The credits of the second forest, with what it gives the first one's verdict dealt to the reasons for that."""
    verdict = second.pop(VERDICT, 0.0)
    favour = {name: change for name, change in first.items() if change * verdict > 0}
    total = sum(favour.values())
    for name, change in favour.items():
        second[name] = second.get(name, 0.0) + abs(verdict) * change / abs(total)
    return second


def _again(odds: Odds) -> NDArray[np.intp]:
    """The segments that are judged again."""
    return np.flatnonzero((odds > AGAIN_FROM) & (odds < AGAIN_TO))


def _stacked(batch: Batch, odds: Odds, rows: NDArray[np.intp]) -> Floats:
    return stacked(batch.bounds, batch.length, batch.found, odds, batch.table, rows)


def _most(batch: Batch, odds: Odds, rows: NDArray[np.intp]) -> Odds:
    """The most that the log-odds of some segments can become."""
    inside = (batch.table[rows, Feature.BEGINS_INSIDE] != 0) | (batch.table[rows, Feature.ENDS_INSIDE] != 0)
    most: Odds = odds[rows] + np.where(batch.found[rows] >= 0, MORE_NAMED, np.where(inside, 0.0, MORE_LINE))
    most[_of_pages(batch, odds)[rows]] = np.inf
    return most


def _of_pages(batch: Batch, odds: Odds) -> NDArray[np.bool_]:
    """Whether each segment is of a text that is mostly residue, as that of a whole page is."""
    letters = np.zeros((len(odds) + 1, 2))
    np.cumsum(np.stack([batch.length, np.where(odds > 0, batch.length, 0)], axis=1), axis=0, out=letters[1:])
    every, residue = np.diff(letters[batch.bounds], axis=0).T
    return np.repeat(residue > PAGE * every, np.diff(batch.bounds))
