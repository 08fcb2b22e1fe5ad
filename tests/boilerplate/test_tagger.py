"""Probabilities of the tagger, and the reasons for them."""

from itertools import pairwise
from pathlib import Path

import numpy as np

from newsclean.boilerplate import tagger
from newsclean.boilerplate.evidence import Context, Evidence, gather
from newsclean.boilerplate.features import NAMES, Feature
from newsclean.boilerplate.lines import text_bounds
from newsclean.boilerplate.stacking import stacked
from newsclean.models import expits, log_odds
from newsclean.settings import BoilerplateSettings

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PAGE = """Home
News
Sport
Weather
Log in
Subscribe
Share this article
Follow us on Facebook
Read more: Council closes the old bridge
Related articles
Most read
Three hurt as ferry hits the pier
Mayor says he will not stand again
The old bridge over the river will be closed for a year from Monday, the council said on Friday.
Contact us
Privacy policy
Terms of use
© 2024 The Ardenburg Courier. All rights reserved.
"""
TEXTS = [*(seed.read_text(encoding="utf-8") for seed in SEEDS), PAGE]


def test_most_log_odds_are_those_of_the_whole_committee() -> None:
    table = gather(TEXTS, Context(BoilerplateSettings(), None, [None] * len(TEXTS))).features
    first, _ = tagger.forests()
    odds = tagger.first_odds(table)
    every = log_odds(first, table) * tagger.FIRST / len(first.roots)
    asked = (odds > -0.8) & (odds < 2.2)
    assert np.allclose(odds[asked], every[asked], atol=1e-6)
    assert np.abs(expits(odds) - expits(every)).max() < 0.3


def batch_of(evidence: Evidence) -> tagger.Batch:
    return tagger.Batch(evidence.features, text_bounds(evidence.lines), evidence.length, evidence.found)


def most_of(batch: tagger.Batch, odds: tagger.Odds) -> tagger.Odds:
    """The most that the log-odds can become, text by text."""
    inside = (batch.table[:, Feature.BEGINS_INSIDE] > 0) | (batch.table[:, Feature.ENDS_INSIDE] > 0)
    most = odds + np.where(batch.found >= 0, tagger.MORE_NAMED, np.where(inside, 0.0, tagger.MORE_LINE))
    for start, end in pairwise(batch.bounds.tolist()):
        letters = batch.length[start:end]
        if letters[odds[start:end] > 0].sum() > tagger.PAGE * letters.sum():
            most[start:end] = np.inf
    return most


def test_the_second_forest_lowers_and_hardly_raises() -> None:
    evidence = gather(TEXTS, Context(BoilerplateSettings(), None, [None] * len(TEXTS)))
    odds = tagger.first_odds(evidence.features)
    bounds = text_bounds(evidence.lines)
    again = log_odds(tagger.forests()[1], stacked(bounds, evidence.length, evidence.found, odds, evidence.features))
    most = most_of(batch_of(evidence), odds)
    asked = (odds > tagger.AGAIN_FROM) & (odds < tagger.AGAIN_TO)
    expected = expits(np.where(asked, np.minimum(again, most), odds))
    assert np.allclose(tagger.probabilities(batch_of(evidence)), expected, atol=1e-6)
    assert (again[asked] > most[asked]).any()
    assert (again[asked] < most[asked]).any()
    assert np.isinf(most).any()
    assert not np.isinf(most).all()


def test_features_are_finite_and_named() -> None:
    evidence = gather(["", "\n", "a", *TEXTS], Context(BoilerplateSettings(), None, [None] * (3 + len(TEXTS))))
    assert evidence.features.shape[1] == len(NAMES) == len(set(NAMES))
    assert np.isfinite(evidence.features).all()


def test_reasons_are_the_strongest_features() -> None:
    evidence = gather(TEXTS[:1], Context(BoilerplateSettings(), None, [None]))
    reasons = tagger.reasons(batch_of(evidence), len(evidence.length) - 1)
    assert len(reasons) == 3
    assert reasons[0].credit >= reasons[1].credit >= reasons[2].credit > 0


def test_reasons_are_those_of_the_forest_that_decided() -> None:
    batch = batch_of(gather(TEXTS, Context(BoilerplateSettings(), None, [None] * len(TEXTS))))
    odds = tagger.first_odds(batch.table)
    table = stacked(batch.bounds, batch.length, batch.found, odds, batch.table)
    again = log_odds(tagger.forests()[1], table)
    asked = (odds > tagger.AGAIN_FROM) & (odds < tagger.AGAIN_TO)
    most = most_of(batch, odds)
    for row in np.flatnonzero((odds > 0) & ~(asked & (again < most))):
        assert not any(reason.name.startswith("stacked") for reason in tagger.reasons(batch, row))
    rows = np.flatnonzero(asked & (again < most))
    assert any(reason.name.startswith("stacked") for row in rows for reason in tagger.reasons(batch, row))
    assert not any(reason.name == tagger.VERDICT for row in rows for reason in tagger.reasons(batch, row))
