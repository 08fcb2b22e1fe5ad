"""Rebuild `src/newsclean/duplicates/comparison/data/models.npz`; print how the models do on what they have not seen.

    python -m training.duplicates.train

Copies: boosted trees, monotone in every share, on the real labelled pairs, the constructed variants, constructed pages
(see datasets.py) and pairs of independent reports. Cross-validated by leaving out one source of the real pairs, and
one half of the variants' clusters, at a time. Stories: a logistic regression on five features and another one on
how far a pair is behind its articles' best, cross-validated by leaving out one data set at a time. Their threshold is
not learnt from the sets, in which every article has a partner, but from background articles that have none.
"""

from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from newsclean.duplicates.clustering.average_linkage import average_link
from newsclean.duplicates.comparison.competitors import competitor_features
from newsclean.duplicates.comparison.copies import CopyFeature
from newsclean.duplicates.comparison.models import COPY_FEATURES, STORY_FEATURES
from newsclean.duplicates.matching.match import FAINT
from training.duplicates.datasets import CLUSTERED, DAYS, JUDGED, Labelled, distant, labelled, pages, templates

OUT = Path(__file__).parents[2] / "src/newsclean/duplicates/comparison/data/models.npz"
FALSE_STORIES = 3500  # pairs of background articles more than DAYS apart that may be taken for one story
TEMPLATES = "templates"
WEIGHTS = {"t2_allsides": 0.7, "t2_semeval22": 0.3, "t2_tgcontest": 0.3}  # noisy or small sets count less
ALONE = " alone"
Array = NDArray[Any]
Part = tuple[Array, Array, Array]  # features, labels, weights


def copy_columns(pairs: Labelled, rows: Array | slice = slice(None)) -> Array:
    """The copy model's features."""
    return pairs.copy[rows][:, COPY_FEATURES]


def story_columns(pairs: Labelled) -> Array:
    """The story model's features."""
    return pairs.story[:, STORY_FEATURES]


def fit_copy(parts: list[Part]) -> lightgbm.Booster:
    """Boosted trees on all parts."""
    features, labels, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    monotone = [0 if name in (CopyFeature.RATIO, CopyFeature.STREAK) else 1 for name in COPY_FEATURES]
    model = lightgbm.LGBMClassifier(
        n_estimators=200, num_leaves=4, learning_rate=0.08, min_child_samples=8, min_child_weight=0.5, reg_lambda=3,
        monotone_constraints=monotone, random_state=0, deterministic=True, force_row_wise=True, n_jobs=1, verbose=-1,
    )  # fmt: skip
    return model.fit(features, labels, weights).booster_


def balanced(labels: Array, total: float) -> Array:
    """Weights that give positives and negatives `total` each."""
    positive = labels == 1
    return np.where(positive, total / max(1, positive.sum()), total / max(1, (~positive).sum()))


def f1(chosen: Array, labels: Array, positives: int) -> tuple[float, float, float]:
    """F1, precision and recall."""
    right = int((labels[chosen] == 1).sum())
    precision, recall = right / max(1, int(chosen.sum())), right / positives
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def report(what: str, figures: tuple[float, float, float]) -> None:
    """Print F1, precision and recall."""
    print(f"{what}: F1 {figures[0]:.3f} (P {figures[1]:.3f} R {figures[2]:.3f})")


def fixed_parts(sets: dict[str, Labelled], out: str | None = None) -> list[Part]:
    """Constructed pages, and reports on one event that are no copies, but for those of the source that is left out."""
    made = copy_columns(sets["pages"])
    reports = []
    for name in ("t2_ecbplus", "t2_basil", "t2_fnc1", "t2_vnmds"):
        pairs = sets[name]
        if name != f"t2_{out}":
            reports.append(copy_columns(pairs, (pairs.copy[:, 0] < 0.3) & (pairs.story[:, 0] > 0.3)))
    own = np.concatenate(reports)
    return [
        (made, sets["pages"].labels, balanced(sets["pages"].labels, 180)),
        (own, np.zeros(len(own)), np.full(len(own), 240 / len(own))),
    ]


def variant_parts(sets: dict[str, Labelled]) -> tuple[Array, Array, Array, Array]:
    """The variants' features, which of their pairs to train on, which to judge, and which are of templates."""
    variants = sets["t1_variants"]
    inside = (variants.pairs < variants.own).all(axis=1)  # the background holds some of their originals
    kinds = np.array([document.get("transform") == "template" for document in variants.documents])
    templates = inside & kinds[variants.pairs].all(axis=1)
    train = inside & ((variants.labels == 1) | templates | (variants.story[:, 0] > 0.25))
    print(f"variants: {inside.sum()} pairs, {templates.sum()} of templates")
    return copy_columns(variants), train, inside, templates


def train_copies(sets: dict[str, Labelled]) -> lightgbm.Booster:
    """The copy model, after printing its cross-validated quality."""
    fixed, (features, train, inside, templates) = fixed_parts(sets), variant_parts(sets)
    labels = sets["t1_variants"].labels
    real = sets["t1_real"]
    known, sources = real.labels >= 0, np.array(real.groups)
    variants = sets["t1_variants"]

    def of_variants(rows: Array) -> Part:
        return features[rows], labels[rows], balanced(labels[rows], 800) + 1000 / templates.sum() * templates[rows]

    def of_real(rows: Array) -> Part:
        return copy_columns(real, rows), real.labels[rows], np.full(int(rows.sum()), 12.0)

    scores = np.zeros(len(known))
    for source in sorted(set(real.groups)):
        out = sources == source
        parts = [*fixed_parts(sets, source), of_variants(train), of_real(known & ~out)]
        scores[out] = fit_copy(parts).predict(copy_columns(real, out))
    report("real pairs, by source", f1(scores[known] >= 0.5, real.labels[known], real.positives))
    half = np.array([int(group.rsplit("-")[-1][-1:] or "0", 36) % 2 for group in variants.groups])
    scores = np.zeros(len(labels))
    for side in (0, 1):
        model = fit_copy([*fixed, of_variants(train & (half != side)), of_real(known)])
        scores[half == side] = model.predict(features[half == side])
    report("variants, by halves", f1(scores[inside] >= 0.5, labels[inside], variants.positives))
    print("templates taken for copies, by halves:", int((scores[templates] >= 0.5).sum()))
    return fit_copy([*fixed, of_variants(train), of_real(known)])


def tables(booster: lightgbm.Booster) -> dict[str, Array]:
    """The trees as arrays (trees x nodes): feature (-1 in leaves), threshold, next nodes (below, above), value."""
    rows = []
    for tree in booster.dump_model()["tree_info"]:
        nodes: list[tuple[int, float, int, int, float]] = []

        def add(node: dict[str, Any], nodes: list[tuple[int, float, int, int, float]] = nodes) -> int:
            at = len(nodes)
            nodes.append((-1, 0.0, at, at, float(node.get("leaf_value", 0.0))))
            if "split_feature" in node:
                left, right = add(node["left_child"]), add(node["right_child"])
                nodes[at] = (node["split_feature"], node["threshold"], left, right, 0.0)
            return at

        add(tree["tree_structure"])
        rows.append(nodes)
    width = max(map(len, rows))
    padded = [nodes + [(-1, 0.0, 0, 0, 0.0)] * (width - len(nodes)) for nodes in rows]
    columns = [np.array([[node[column] for node in nodes] for nodes in padded]) for column in range(5)]
    return {
        "feature": columns[0].astype(np.int8),
        "threshold": columns[1].astype(np.float32),
        "next": np.stack(columns[2:4], axis=2).astype(np.uint8),
        "value": columns[4].astype(np.float32),
    }


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
    sets["t1_real"] = labelled("t1_real", clean=True)
    sets["pages"], sets[TEMPLATES] = pages(), templates()
    np.savez_compressed(OUT, **train_stories(sets), **tables(train_copies(sets)))
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
