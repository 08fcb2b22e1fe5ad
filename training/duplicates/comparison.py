"""Rebuild `src/newsclean/duplicates/comparison/data/models.npz`; print how the models do on what they have not seen.

    python -m training.duplicates.comparison

Copies: see copies.py. Stories: a logistic regression on five features and another one on
how far a pair is behind its articles' best, cross-validated by leaving out one data set at a time. Their threshold is
not learnt from the sets, in which every article has a partner, but from background articles that have none.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from newsclean.duplicates.clustering.average_linkage import average_link
from newsclean.duplicates.comparison.competitors import competitor_features
from newsclean.duplicates.comparison.models import STORY_FEATURES
from newsclean.duplicates.matching.match import FAINT
from training.duplicates.copies import f1, report, train_copies
from training.duplicates.datasets import (
    CLUSTERED,
    DAYS,
    JUDGED,
    REAL,
    Labelled,
    distant,
    labelled,
    readings,
    real,
    templates,
)
from training.duplicates.pages import crawled, pages

OUT = Path(__file__).parents[2] / "src/newsclean/duplicates/comparison/data/models.npz"
FALSE_STORIES = 3500  # pairs of background articles more than DAYS apart that may be taken for one story
TEMPLATES = "templates"
WEIGHTS = {"t2_allsides": 0.7, "t2_semeval22": 0.3, "t2_tgcontest": 0.3}  # noisy or small sets count less
ALONE = " alone"
Array = NDArray[Any]
Part = tuple[Array, Array, Array]  # features, labels, weights


def story_columns(pairs: Labelled) -> Array:
    """The story model's features."""
    return pairs.story[:, STORY_FEATURES]


def fit_pairs(sets: dict[str, Labelled], names: list[str]) -> Array:
    """Weights of the story features, then the intercept, of log odds."""
    return logistic({key: story_columns(sets[key]) for key in with_alone(sets, [*names, TEMPLATES])}, sets)


def fit_story(sets: dict[str, Labelled], names: list[str]) -> tuple[Array, Array]:
    """The same, and weights of what a pair's rivals say; the sets of judged pairs know no rivals."""
    weights = fit_pairs(sets, names)
    clustered = with_alone(sets, [*(name for name in names if name in CLUSTERED), TEMPLATES])
    return weights, logistic({key: rival_columns(sets[key], weights) for key in clustered}, sets)


def with_alone(sets: dict[str, Labelled], names: list[str]) -> list[str]:
    """The sets of these names, mixed into the background and alone."""
    return [key for name in names for key in (name, name + ALONE) if key in sets]


def rival_columns(pairs: Labelled, weights: Array) -> Array:
    """The features of the rivals' model."""
    odds = story_columns(pairs) @ weights[:-1] + weights[-1]
    return competitor_features(pairs.pairs, (1 / (1 + np.exp(-odds))).astype(np.float32))


def logistic(columns: dict[str, Array], sets: dict[str, Labelled]) -> Array:
    """Weights of a logistic regression and its intercept; every set counts as much as its factor in WEIGHTS says."""
    parts = []
    for key, values in columns.items():
        known = sets[key].labels >= 0
        labels = sets[key].labels[known]
        count = (labels == 1).sum() or len(labels)  # templates are no stories at all
        weight = 1000 * WEIGHTS.get(key.removesuffix(ALONE), 1.0) / count
        parts.append((values[known], labels, np.full(len(labels), weight)))
    features, labels, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    mean, scale = features.mean(axis=0), features.std(axis=0)
    model = LogisticRegression(C=1.0, max_iter=3000).fit((features - mean) / scale, labels, weights)
    slopes = model.coef_[0] / scale
    return np.append(slopes, model.intercept_[0] - slopes @ mean)


def stories(pairs: Labelled, odds: Array) -> list[tuple[int, int]]:
    """Pairs in clusters of average link, the own document first."""
    scores = 1 / (1 + np.exp(-odds))
    said = scores >= FAINT
    rows = zip(*pairs.pairs[said].T.tolist(), scores[said].tolist(), strict=True)
    return [
        (left, right)
        for group in average_link(rows, 0.5)
        for at, left in enumerate(group)
        for right in group[at + 1 :]
        if left < pairs.own
    ]


def linked(pairs: Labelled, odds: Array) -> tuple[float, float, float]:
    """F1, precision and recall of pairs in clusters of average link."""
    found = stories(pairs, odds)
    clusters = [document.get("cluster") for document in pairs.documents[: pairs.own]]
    labels = np.array([right < pairs.own and clusters[left] == clusters[right] for left, right in found], np.int64)
    return f1(np.ones(len(found), np.bool_), labels, pairs.positives)


def false_stories(alone: Labelled, odds: Array) -> int:
    """Pairs of background articles that appeared too far apart for the one story they are taken for."""
    apart = set(map(tuple, alone.pairs[alone.labels == 0].tolist()))
    return sum(pair in apart for pair in stories(alone, odds))


def settled(alone: Labelled, odds: Array) -> float:
    """What to add to the log odds for `FALSE_STORIES` among articles most of which have no report beside them."""
    low, high = -3.0, 3.0
    while high - low > 0.02:
        middle = (low + high) / 2
        low, high = (middle, high) if false_stories(alone, odds + middle) < FALSE_STORIES else (low, middle)
    return low


def train_stories(sets: dict[str, Labelled]) -> dict[str, Array]:
    """Weights of the story models, after printing their quality on sets left out and on all."""
    every, alone = [*CLUSTERED, *JUDGED], distant()
    weights, rivals = np.empty(0), np.empty(0)
    for out in (*CLUSTERED, None):
        weights, rivals = fit_story(sets, [name for name in every if name != out])
        rivals[-1] += settled(alone, rival_columns(alone, weights) @ rivals[:-1] + rivals[-1])
        for key in with_alone(sets, [out] if out else list(CLUSTERED)):
            odds = rival_columns(sets[key], weights) @ rivals[:-1] + rivals[-1]
            report(f"{key}, {'left out' if out else 'trained on'}", linked(sets[key], odds))
    for name in JUDGED:
        report_judged(name, sets[name], fit_pairs(sets, [other for other in every if other != name]))
    wrong = false_stories(alone, rival_columns(alone, weights) @ rivals[:-1] + rivals[-1])
    print(f"pairs of background articles more than {DAYS} days apart taken for one story without dates: {wrong}")
    same = rival_columns(sets[TEMPLATES], weights) @ rivals[:-1] + rivals[-1] > 0
    print(f"templated reports with other facts taken for one story: {same.sum()} of {len(same)} candidates")
    print(f"weights: {weights.round(2).tolist()}, of rivals: {rivals.round(2).tolist()}")
    return {"story": weights.astype(np.float32), "rivals": rivals.astype(np.float32)}


def report_judged(name: str, pairs: Labelled, weights: Array) -> None:
    """Print the average precision of judged pairs, and that of the cosine alone, for each language."""
    odds = story_columns(pairs) @ weights[:-1] + weights[-1]
    languages = np.array([pairs.documents[row].get("language") or "" for row in pairs.pairs[:, 0]])
    for language in ("", *sorted(set(languages) - {""})):
        rows = (pairs.labels >= 0) & ((languages == language) | (language == ""))
        labels = pairs.labels[rows]
        if labels.any():
            figures = [average_precision_score(labels, scores[rows]) for scores in (odds, pairs.story[:, 0])]
            what = f"{name} {language or 'all'}, {len(labels)} pairs"
            print(f"{what}: average precision {figures[0]:.3f}, of the cosine alone {figures[1]:.3f}")


def main() -> None:
    sets = {name: labelled(name) for name in (*CLUSTERED, *JUDGED, "t1_variants")}
    # The same sets without a background: small corpora weigh terms differently.
    sets |= {name + ALONE: labelled(name, alone=True) for name in CLUSTERED}
    sets |= {name: real(name) for name in REAL}
    sets["pages"], sets["crawls"], sets["readings"], sets[TEMPLATES] = pages(), crawled(), readings(), templates()
    np.savez_compressed(OUT, **train_stories(sets), **train_copies(sets))
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
