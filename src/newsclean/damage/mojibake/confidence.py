"""How sure a mojibake repair is: a logistic model of a few features of a run and its surroundings.

The weights were fitted, then set by hand: `training/damage/confidence.py` fits them anew and compares. On languages
left out both have 20 runs wrong in correct text, those set by hand miss 493 of 129,294 right runs, the others 556.
"""

import functools
import math

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.evidence import RepairHints
from newsclean.damage.models import bigrams
from newsclean.damage.models.character_classes import KINDS, meet, scripts
from newsclean.damage.mojibake import _batch, _confidence
from newsclean.damage.mojibake.columns import Attempts, DecodedRuns, Doubts, RunFeature, Scores, Texts, Weights
from newsclean.damage.screening.report import ScreeningReport

RUN_FEATURES = tuple(feature.name.lower() for feature in RunFeature)
WEIGHTS = (-7.56, 0.35, 3.48, 0.11, 0.15, -2.81, 1.69, -0.79, 2.53, -4.27, -7.7, -2.1, 1.5, 0.0, 2.0, -2.7)
CEILING = _confidence.CEILING
ROUNDED = 1e-9  # log-odds by which a bound may be wrong


def weigh(
    texts: Texts, attempts: Attempts, runs: DecodedRuns, hints: RepairHints, features: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How sure each run is, and its features (columns: `RunFeature`), if asked for; those of runs that got no closer
    look begin with 0."""
    meet(texts.codes)
    meet(runs.read)
    count, longest = len(runs.rows), int(np.diff(texts.places).max())
    scores = Scores(np.empty((count if features else 1, len(RunFeature))), np.empty(count))
    room = Doubts(np.zeros(longest, np.uint8), np.empty(longest, np.int32), np.empty(count, np.uint8))
    known = _weights(hints)
    known = known._replace(support=known.support.copy())
    _batch.weigh_runs(texts, attempts, runs, known, room, scores)
    return scores.sure, scores.values


def possible(seen: ScreeningReport, hints: RepairHints) -> bool:
    """Whether any run of a text can be sure enough: a bound from its signs, at a tenth of the cost of weighing."""
    if seen.gain >= _confidence.CERTAIN_GAIN or seen.runs is None:
        return True
    begins, length, word, gained, per_unit, log_units, support, rest = _bound()
    known = max(map(hints.support, range(len(CODEPAGES)))) if hints.codepages else 0.0
    best = -math.inf
    for start, end, units, cost in seen.runs[:, :4].tolist():
        gain = cost * bigrams.UNIT
        score = max(begins + length * ((end - start) / units - 2), word)  # words have no length
        score += gained * gain + per_unit * gain / units + log_units * math.log(units)
        best = max(best, score + support * (seen.gain - gain + known))
    best += rest + _confidence.EXPECTED * bool(hints.scripts)
    return best >= _least_score(hints.threshold)


@functools.lru_cache(maxsize=16)
def _least_score(threshold: float) -> float:
    """The least log-odds of what is as probable as the threshold, or a little less."""
    return (
        math.log(threshold / (1 - threshold)) - ROUNDED
        if 0 < threshold < 1
        else math.copysign(math.inf, threshold - 0.5)
    )


@functools.cache
def _bound() -> tuple[float, ...]:
    """Weights of the features that a bound looks at, at least 0, and the most that the others may add up to."""
    weight = dict(zip(RUN_FEATURES, WEIGHTS, strict=True))
    names = ("begins", "length", "word", "gain", "gain_per_unit", "log_units", "support")
    looked_at = [max(0.0, weight.pop(name)) for name in names]
    return *looked_at, weight.pop("constant") + sum(max(0.0, value) for value in weight.values())


@functools.lru_cache(maxsize=256)
def _weights(hints: RepairHints) -> Weights:
    support = [[0.0, hints.support(codepage), 0.0] for codepage in range(len(CODEPAGES))]
    expected = [0, *(script in hints.scripts for script in scripts())]
    return Weights(KINDS, np.array(WEIGHTS), np.array(support), np.array(expected, np.uint8))
