"""The tagger's kernel adds up the same leaves as the slow reference."""

from pathlib import Path

import numpy as np

from newsclean.boilerplate import tagger
from newsclean.boilerplate.evidence import Context, gather
from newsclean.boilerplate.features import NAMES
from newsclean.settings import BoilerplateSettings
from tests.boilerplate import reference as naive

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEXTS = [seed.read_text(encoding="utf-8") for seed in SEEDS]


def test_probabilities_equal_reference() -> None:
    evidence = gather(TEXTS, Context(BoilerplateSettings(), None, [None] * len(TEXTS)))
    trees = tagger.trees()
    nodes = [part.tolist() for part in trees]
    for row in range(0, len(evidence.features), 7):
        odds = naive.predict(evidence.features[row], *nodes)
        assert np.isclose(evidence.probability[row], 1 / (1 + np.exp(-odds)), atol=1e-6)


def test_features_are_finite_and_named() -> None:
    evidence = gather(["", "\n", "a", *TEXTS], Context(BoilerplateSettings(), None, [None] * (3 + len(TEXTS))))
    assert evidence.features.shape[1] == len(NAMES) == len(set(NAMES))
    assert np.isfinite(evidence.features).all()


def test_reasons_are_the_strongest_features() -> None:
    evidence = gather(TEXTS[:1], Context(BoilerplateSettings(), None, [None]))
    reasons = tagger.reasons(evidence.features[-1])
    assert len(reasons) == 3
    assert reasons[0][1] >= reasons[1][1] >= reasons[2][1] > 0
