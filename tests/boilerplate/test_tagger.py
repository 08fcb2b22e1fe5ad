"""Probabilities of the tagger, and the reasons for them."""

from pathlib import Path

import numpy as np

from newsclean.boilerplate import tagger
from newsclean.boilerplate.evidence import Context, gather
from newsclean.boilerplate.features import NAMES
from newsclean.boilerplate.lines import text_bounds
from newsclean.boilerplate.stacking import stacked
from newsclean.models import expits, log_odds
from newsclean.settings import BoilerplateSettings

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEXTS = [seed.read_text(encoding="utf-8") for seed in SEEDS]


def test_most_log_odds_are_those_of_the_whole_committee() -> None:
    table = gather(TEXTS, Context(BoilerplateSettings(), None, [None] * len(TEXTS))).features
    first, _ = tagger.forests()
    odds = tagger.first_odds(table)
    every = log_odds(first, table) * tagger.FIRST / len(first.roots)
    asked = (odds > -0.8) & (odds < 2.2)
    assert np.allclose(odds[asked], every[asked], atol=1e-6)
    assert np.abs(expits(odds) - expits(every)).max() < 0.3


def test_the_second_forest_judges_what_may_be_residue() -> None:
    evidence = gather(TEXTS, Context(BoilerplateSettings(), None, [None] * len(TEXTS)))
    odds = tagger.first_odds(evidence.features)
    bounds = text_bounds(evidence.lines)
    table = stacked(bounds, evidence.length, evidence.found, odds, evidence.features)
    again = log_odds(tagger.forests()[1], table)
    asked = (odds > tagger.AGAIN_FROM) & (odds < tagger.AGAIN_TO)
    assert np.allclose(evidence.probability, expits(np.where(asked, again, odds)), atol=1e-6)


def test_features_are_finite_and_named() -> None:
    evidence = gather(["", "\n", "a", *TEXTS], Context(BoilerplateSettings(), None, [None] * (3 + len(TEXTS))))
    assert evidence.features.shape[1] == len(NAMES) == len(set(NAMES))
    assert np.isfinite(evidence.features).all()


def test_reasons_are_the_strongest_features() -> None:
    evidence = gather(TEXTS[:1], Context(BoilerplateSettings(), None, [None]))
    reasons = tagger.reasons(evidence.features[-1])
    assert len(reasons) == 3
    assert reasons[0][1] >= reasons[1][1] >= reasons[2][1] > 0
