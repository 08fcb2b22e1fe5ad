"""Probabilities of the tagger, and the reasons for them."""

from pathlib import Path

import numpy as np

from newsclean.boilerplate import tagger
from newsclean.boilerplate.evidence import Context, gather
from newsclean.boilerplate.features import NAMES
from newsclean.models import expits, log_odds
from newsclean.settings import BoilerplateSettings

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEXTS = [seed.read_text(encoding="utf-8") for seed in SEEDS]


def test_most_probabilities_are_those_of_the_whole_committee() -> None:
    evidence = gather(TEXTS, Context(BoilerplateSettings(), None, [None] * len(TEXTS)))
    forest = tagger.forest()
    odds = log_odds(forest, evidence.features) * tagger.FIRST / len(forest.roots)
    asked = (evidence.probability > 0.3) & (evidence.probability < 0.9)
    assert np.allclose(evidence.probability[asked], expits(odds[asked]), atol=1e-6)
    assert np.abs(evidence.probability - expits(odds)).max() < 0.3


def test_features_are_finite_and_named() -> None:
    evidence = gather(["", "\n", "a", *TEXTS], Context(BoilerplateSettings(), None, [None] * (3 + len(TEXTS))))
    assert evidence.features.shape[1] == len(NAMES) == len(set(NAMES))
    assert np.isfinite(evidence.features).all()


def test_reasons_are_the_strongest_features() -> None:
    evidence = gather(TEXTS[:1], Context(BoilerplateSettings(), None, [None]))
    reasons = tagger.reasons(evidence.features[-1])
    assert len(reasons) == 3
    assert reasons[0][1] >= reasons[1][1] >= reasons[2][1] > 0
