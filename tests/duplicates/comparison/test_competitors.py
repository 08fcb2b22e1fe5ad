"""How a pair stands among the other pairs of its articles."""

import numpy as np
import pytest

from newsclean.duplicates.comparison.competitors import competitor_features
from newsclean.duplicates.comparison.models import rivals_confidence


def behind(pairs: list[tuple[int, int]], confidence: list[float]) -> list[tuple[float, float]]:
    """By how much each pair is behind, more and less."""
    rows = competitor_features(np.array(pairs, np.int64).reshape(-1, 2), np.array(confidence, np.float32))[:, 1:]
    return [(round(float(more), 3), round(float(less), 3)) for more, less in rows]


def slow(pairs: list[tuple[int, int]], confidence: list[float]) -> list[tuple[float, float]]:
    """The same, pair by pair."""
    found = []
    for row, pair in enumerate(pairs):
        ratios = []
        for node in pair:
            others = [confidence[at] for at, other in enumerate(pairs) if at != row and node in other]
            ratios.append(min(0.0, float(np.log((confidence[row] + 0.02) / (max([0.5, *others]) + 0.02)))))
        found.append((round(min(ratios), 3), round(max(ratios), 3)))
    return found


def test_against_a_slow_version() -> None:
    generator = np.random.default_rng(4)
    for _ in range(30):
        pairs = sorted({(int(a), int(b)) for a, b in np.sort(generator.integers(0, 9, (12, 2)), axis=1) if a < b})
        confidence = generator.random(len(pairs)).round(1).tolist()
        np.testing.assert_allclose(behind(pairs, confidence), slow(pairs, confidence), atol=2e-3)


def test_no_pairs_and_one_pair() -> None:
    assert behind([], []) == []
    assert behind([(0, 1)], [0.9]) == [(0.0, 0.0)]
    assert behind([(3, 7)], [0.1])[0] == pytest.approx((-1.466, -1.466), abs=2e-3)


def test_a_nearer_report_makes_a_pair_less_likely_and_no_rival_makes_nothing_a_story() -> None:
    pairs = np.array([(0, 1), (0, 2), (3, 4)])
    features = competitor_features(pairs, np.array([0.4, 0.95, 0.4], np.float32))
    alone, beside = rivals_confidence(features)[[2, 0]]
    assert beside < alone
    unlike = competitor_features(np.array([(0, 1)]), np.array([0.05], np.float32))
    assert rivals_confidence(unlike)[0] < 0.3
