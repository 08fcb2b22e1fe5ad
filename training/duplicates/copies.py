"""The model of copies: boosted trees on labelled pairs, and what it says of crawls that it has not seen.

Real pairs that were read and labelled by hand, of four sets and some eighty crawls, and some more that were read later
(`readings`; they are not judged here); constructed variants and templates; constructed pages, follow-ups and round-ups;
and reports on one event that are no copies. Cross-validated by leaving out whole crawls of the real pairs, with all
that was made of their articles, and one half of the variants' clusters. Pairs of two short texts are judged as a run
judges them: headlines by the shipped model of headlines, which has not seen these pairs; others by the model of
articles and the vetoes of headlines.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison import CopyFeature
from newsclean.duplicates.comparison.models import COPY_FEATURES, doubted
from newsclean.duplicates.matching.short_pairs import brief_confidence
from training.duplicates.datasets import NOT_SHORT, REAL, Labelled
from training.trees import forest_arrays

FOLDS = 10
DRAWS = 3  # times that the crawls are dealt out to folds
REAL_WEIGHT = 6.0  # of a real pair; the constructed ones have about 5,000 altogether
READ_SHARE = 0.33  # of that weight for pairs of `readings`: 1 gains more on such pairs, and costs precision on others
KIND_WEIGHTS = {"follow-up": 0.4, "edited": 0.5, "round-up": 0.1}  # of pairs made of articles of crawls
SEEDS = 4  # models, each on other rows and features, whose log-odds are averaged: F1 .850 on real pairs, one has .834
STRICT = 0.2  # log-odds that are taken off: precision .88 in inner folds asks for .1 to .25, where trees alone have .87
UNSURE = 0.6  # share of that weight for labels of low confidence
SURE_LABEL = 0.7  # confidence of a label from which it is called sure
FALLING = (
    CopyFeature.FACTS, CopyFeature.NUMBERS_LOST, CopyFeature.NUMBERS_LOST_RATE, CopyFeature.HEADLINE_OWN,
)  # fmt: skip
FREE = (
    CopyFeature.RATIO, CopyFeature.STREAK, CopyFeature.PASSAGE, CopyFeature.PASSAGES, CopyFeature.SLOTS,
    CopyFeature.HEADLINE, CopyFeature.WORDS, CopyFeature.SHARED, CopyFeature.HEADLINE_OWN_LONGER, CopyFeature.START,
    CopyFeature.START_LONGER, CopyFeature.GAP, CopyFeature.TAIL, CopyFeature.TAIL_LONGER,
)  # fmt: skip
Array = NDArray[Any]
Part = tuple[Array, Array, Array]  # features, labels, weights
Sets = dict[str, Labelled]


class Judged(NamedTuple):
    """All real pairs that have a label."""

    features: Array
    labels: Array
    sets: Array
    crawls: Array
    languages: Array
    confidence: Array
    """Of the label."""
    strata: Array
    """How the pair was proposed."""
    short: Array
    """Whether both texts are short."""
    told: Array
    """What the models of short texts say of such a pair; -1 where the model of articles judges it."""


def judged(sets: Sets, names: Sequence[str] = REAL) -> Judged:
    """The real pairs of some sets."""
    rows = [(name, pair) for name in names for pair in sets[name].judged]
    labels = np.concatenate([sets[name].labels for name in names])
    features = np.concatenate([sets[name].copy for name in names])
    known = labels >= 0
    told = np.concatenate([sets[name].short for name in names])
    columns = [
        np.array([name for name, _ in rows]),
        *(np.array([str(pair.get(field) or "") for _, pair in rows]) for field in ("source", "lang")),
        np.array([float(pair["confidence"]) for _, pair in rows]),
        np.array([str(pair.get("stratum") or "") for _, pair in rows]),
        told != NOT_SHORT,
        np.where(told == NOT_SHORT, -1, told),
    ]
    return Judged(features[known], labels[known], *(column[known] for column in columns))


def fit(parts: Sequence[Part]) -> list[lightgbm.LGBMClassifier]:
    """Boosted trees on all parts, monotone in every share; several, of which each sees half of the features at once."""
    features, labels, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    monotone = [-1 if name in FALLING else 0 if name in FREE else 1 for name in COPY_FEATURES]
    return [
        lightgbm.LGBMClassifier(
            n_estimators=150, num_leaves=6, learning_rate=0.08, min_child_samples=10, min_child_weight=0.5,
            reg_lambda=3, subsample=0.7, subsample_freq=1, colsample_bytree=0.5, max_bin=63,
            monotone_constraints=monotone, random_state=seed, deterministic=True, force_row_wise=True, n_jobs=1,
            verbose=-1,
        ).fit(features[:, COPY_FEATURES], labels, weights)
        for seed in range(SEEDS)
    ]  # fmt: skip


def confidence(models: Sequence[lightgbm.LGBMClassifier], features: Array) -> Array:
    """What models say of pairs."""
    odds = [model.predict(features[:, COPY_FEATURES], raw_score=True) for model in models]
    found = 1 / (1 + np.exp(STRICT - np.mean(odds, axis=0)))
    return doubted(found, features)


def balanced(labels: Array, total: float) -> Array:
    """Weights that give positives and negatives `total` each."""
    positive = labels == 1
    return np.where(positive, total / max(1, positive.sum()), total / max(1, (~positive).sum()))


def real_part(pairs: Judged, rows: Array) -> Part:
    """Some of the real pairs."""
    weights = REAL_WEIGHT * np.where(pairs.confidence[rows] < SURE_LABEL, UNSURE, 1.0)
    return pairs.features[rows], pairs.labels[rows], weights


def fixed_parts(sets: Sets) -> list[Part]:
    """Constructed pages, and reports on one event that are no copies."""
    pages = sets["pages"]
    reports = np.concatenate(
        [
            sets[name].copy[(sets[name].copy[:, CopyFeature.CONTAINMENT] < 0.3) & (sets[name].story[:, 0] > 0.3)]
            for name in ("t2_ecbplus", "t2_basil", "t2_fnc1", "t2_vnmds")
        ]
    )
    return [
        (pages.copy, pages.labels, balanced(pages.labels, 180)),
        (reports, np.zeros(len(reports)), np.full(len(reports), 240 / len(reports))),
    ]


def read_part(sets: Sets, out: Collection[str] = ()) -> Part:
    """Pairs that were labelled later, but for those of some crawls."""
    pairs = judged(sets, ["readings"])
    features, labels, weights = real_part(pairs, ~np.isin(pairs.crawls, list(out)))
    return features, labels, READ_SHARE * weights


def crawled_part(sets: Sets, out: Collection[str] = ()) -> Part:
    """Pairs made of articles of crawls, but for some of these."""
    pairs = sets["crawls"]
    weights = np.array([0.0 if pair["source"] in out else KIND_WEIGHTS[pair["kind"]] for pair in pairs.judged])
    rows = weights > 0
    return pairs.copy[rows], pairs.labels[rows], weights[rows]


class Variants(NamedTuple):
    """The constructed variants: which of their pairs to train on, which to judge, and which are of templates."""

    pairs: Labelled
    train: Array
    inside: Array
    templates: Array

    def part(self, rows: Array) -> Part:
        """Some of the pairs."""
        labels = self.pairs.labels[rows]
        weights = balanced(labels, 800) * np.where(labels == 1, 3, 1)
        return self.pairs.copy[rows], labels, weights + 1000 / self.templates.sum() * self.templates[rows]


def variants_of(sets: Sets) -> Variants:
    """The constructed variants."""
    pairs = sets["t1_variants"]
    inside = (pairs.pairs < pairs.own).all(axis=1)  # the background holds some of their originals
    kinds = np.array([document.get("transform") == "template" for document in pairs.documents])
    templates = inside & kinds[pairs.pairs].all(axis=1)
    return Variants(pairs, inside & ((pairs.labels == 1) | templates | (pairs.story[:, 0] > 0.25)), inside, templates)


def crawls_left_out(sets: Sets) -> tuple[Judged, Array]:
    """All real pairs, and what models say of them that have seen no pair of their crawl."""
    pairs, made, fixed = judged(sets), variants_of(sets), fixed_parts(sets)
    names = np.unique(pairs.crawls)
    found = np.zeros(len(pairs.labels))
    for draw in range(DRAWS):
        order = np.random.default_rng(draw).permutation(len(names))
        fold = (order % FOLDS)[np.searchsorted(names, pairs.crawls)]
        for out in range(FOLDS):
            crawls = set(pairs.crawls[fold == out])
            others = [crawled_part(sets, crawls), read_part(sets, crawls)]
            model = fit([*fixed, *others, made.part(made.train), real_part(pairs, fold != out)])
            found[fold == out] += confidence(model, pairs.features[fold == out]) / DRAWS
    found = np.where(pairs.short, brief_confidence(found), found)
    return pairs, np.where(pairs.told >= 0, pairs.told, found)


def f1(chosen: Array, labels: Array, positives: int | None = None) -> tuple[float, float, float]:
    """F1, precision and recall."""
    right = int((labels[chosen] == 1).sum())
    count = int((labels == 1).sum()) if positives is None else positives
    precision, recall = right / max(1, int(chosen.sum())), right / max(1, count)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def report(what: str, figures: tuple[float, float, float]) -> None:
    """Print F1, precision and recall."""
    print(f"{what}: F1 {figures[0]:.3f} (P {figures[1]:.3f} R {figures[2]:.3f})", flush=True)


def train_copies(sets: Sets) -> dict[str, Array]:
    """The arrays of the model of copies, after printing its cross-validated quality."""
    pairs, found = crawls_left_out(sets)
    sure = pairs.confidence >= SURE_LABEL
    for name, rows in [(name, pairs.sets == name) for name in REAL] + [("all", sure | True), ("sure labels", sure)]:
        report(f"real pairs, crawls left out, {name}", f1(found[rows] >= 0.5, pairs.labels[rows]))
    made, fixed = variants_of(sets), [*fixed_parts(sets), crawled_part(sets), read_part(sets)]
    every = real_part(pairs, np.ones(len(pairs.labels), np.bool_))
    half = np.array([int(group.rsplit("-")[-1][-1:] or "0", 36) % 2 for group in made.pairs.groups])
    scores = np.zeros(len(half))
    for side in (0, 1):
        model = fit([*fixed, made.part(made.train & (half != side)), every])
        scores[half == side] = confidence(model, made.pairs.copy[half == side])
    inside = made.inside
    report("variants, by halves", f1(scores[inside] >= 0.5, made.pairs.labels[inside], made.pairs.positives))
    print("templates taken for copies, by halves:", int((scores[made.templates] >= 0.5).sum()))
    arrays = forest_arrays([model.booster_ for model in fit([*fixed, made.part(made.train), every])])
    values = arrays["value"] / np.float32(SEEDS)
    values[: arrays["roots"][1]] -= np.float32(STRICT)  # of the first tree, whose root begins the sum
    return arrays | {"value": values}
