"""Build src/newsclean/duplicates/short/data/models.npz: what short texts are judged by.

    python -m training.duplicates.short [--check]

Made from the shared `headlines` pairs, each measured within its pool as a user's corpus would be; pairs of the source
`wdm` are never learnt from. Prints what models say of sources left out, one at a time.
`--check` only prints.
"""

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from newsclean.duplicates.candidates.key_terms import story_candidates
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.short import (
    Meta,
    ShortFeature,
    Tables,
    Texts,
    are_short,
    count_frames,
    short_features,
    vetoed,
)  # fmt: skip
from newsclean.duplicates.sketching.sketch import sketch_batch
from newsclean.duplicates.tfidf.idf import learn_weights, shareable
from newsclean.duplicates.tfidf.key_terms import select_salient
from training.duplicates.datasets import read
from training.trees import forest_arrays

TARGET = Path(__file__).parents[2] / "src/newsclean/duplicates/short/data/models.npz"
EVALUATED_ONLY = "wdm"
APART = 14  # days between texts of one pool that certainly are not on one event
DISTANT = 150  # pairs of such texts, of each pool
WEIGHT = 0.05  # of each of them: more costs recall of hard pairs, none lets one in thirty through
SEEDS = 5
PRECISION = {"copy": 0.955, "story": 0.88}  # at the threshold of .5, of sources left out
FALLING = {  # features that speak against a copy the higher they are
    ShortFeature.SWAPS, ShortFeature.SWAPPED, ShortFeature.INSERTIONS, ShortFeature.OWN_LOW, ShortFeature.OWN_HIGH,
    ShortFeature.OWN_SUM_LOW, ShortFeature.OWN_SUM_HIGH, ShortFeature.OWN_TOKENS_LOW, ShortFeature.OWN_TOKENS_HIGH,
    ShortFeature.NUMBERS_LOW, ShortFeature.NUMBERS_HIGH, ShortFeature.FACTS_LOW, ShortFeature.TURNED,
    ShortFeature.DAYS, ShortFeature.FRAME_LEAST, ShortFeature.FRAME_MOST, ShortFeature.FRAME_MEAN,
    ShortFeature.OPENING_FRAME, ShortFeature.CLOSING_FRAME,
}  # fmt: skip
FREE = {ShortFeature.OUTLET, ShortFeature.SHORTER, ShortFeature.LONGER, ShortFeature.RATIO, ShortFeature.IDEOGRAPHS}
PARAMETERS = {
    "objective": "binary", "num_leaves": 6, "learning_rate": 0.05, "min_data_in_leaf": 12, "lambda_l2": 5,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "verbosity": -1, "num_threads": 1,
    "deterministic": True,
}  # fmt: skip
ROUNDS = 150


class Judged(NamedTuple):
    """Pairs with what is known of them."""

    features: NDArray[np.float32]
    copy: NDArray[np.int64]
    story: NDArray[np.int64]
    source: NDArray[Any]
    weight: NDArray[np.float64]


def measured() -> tuple[Judged, list[dict[str, Any]]]:
    """The judged pairs, then distant ones; and the judged pairs as they are told."""
    pools: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for document in (*read("headlines.background"), *read("headlines")):
        pools[document["pool"]][document["id"]] = document
    pairs = read("headlines.pairs")
    pool_of = {name: pool for pool, documents in pools.items() for name in documents}
    by_pool: dict[str, list[int]] = defaultdict(list)
    for row, pair in enumerate(pairs):
        by_pool[pool_of[pair["a"]]].append(row)
    features = np.zeros((len(pairs), len(ShortFeature)), np.float32)
    others, other_sources = [], []
    for pool, rows in sorted(by_pool.items()):
        documents = list(pools[pool].values())
        place = {document["id"]: at for at, document in enumerate(documents)}
        wanted = np.array([[place[pairs[row]["a"]], place[pairs[row]["b"]]] for row in rows])
        features[rows], distant = pool_features(documents, wanted)
        others.append(distant)
        other_sources += [pairs[rows[0]]["source"]] * len(distant)
    count = len(other_sources)
    labels = [np.array([pair[f"label_{task}"] for pair in pairs] + [0] * count) for task in ("copy", "story")]
    sources = np.array([pair["source"] for pair in pairs] + other_sources)
    weight = np.concatenate([np.ones(len(pairs)), np.full(count, WEIGHT)])
    return Judged(np.concatenate([features, *others]), labels[0], labels[1], sources, weight), pairs


def pool_features(
    documents: list[dict[str, Any]], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Features of pairs of a pool, and of pairs that look alike and lie weeks apart, as if they did not."""
    fields = ("text", "date")
    sketches = sketch_batch([
        {field: document.get(field) for field in fields} | {"source": document.get("outlet")} for document in documents
    ])  # fmt: skip
    spans = sketches.spans
    short = are_short(sketches.words, spans)
    assert short[wanted].all()
    weights = learn_weights(sketches.words, spans, sketches.languages)
    texts = Texts(sketches.words, spans, sketches.languages)
    tables = Tables(weights, count_frames(sketches.words, spans[short]))
    own = short_features(texts, tables, Meta(sketches.days, sketches.sources), wanted)
    salient = select_salient(sketches.words, spans, sketches.languages, shareable(weights))
    undated = np.full(len(documents), NO_DAY, np.int32)
    met = story_candidates(salient, undated, 3)
    days = sketches.days.astype(np.int64)
    dated = (days[met] != NO_DAY).all(axis=1) & short[met].all(axis=1)
    met = met[dated & (np.abs(days[met[:, 0]] - days[met[:, 1]]) > APART)]
    met = met[sketches.digests[met[:, 0]] != sketches.digests[met[:, 1]]]
    chooser = np.random.default_rng(7)
    met = met[np.sort(chooser.permutation(len(met))[:DISTANT])]
    distant = short_features(texts, tables, Meta(undated, sketches.sources), met)
    distant[:, ShortFeature.DAYS] = chooser.integers(-1, 4, len(met))
    return own, distant


def train(judged: Judged, task: str, rows: NDArray[np.bool_]) -> list[lightgbm.Booster]:
    """Models of several seeds, whose log-odds are added up and divided."""
    labels = judged.copy if task == "copy" else judged.story
    rows = rows & (labels >= 0)
    parameters: dict[str, Any] = dict(PARAMETERS)
    if task == "copy":  # only few pairs are copies: that more agreement never speaks against one is told
        parameters["monotone_constraints"] = [
            0 if feature in FREE else -1 if feature in FALLING else 1 for feature in ShortFeature
        ]
    data = lightgbm.Dataset(judged.features[rows], labels[rows], weight=judged.weight[rows], params={"verbosity": -1})
    return [lightgbm.train({**parameters, "seed": seed}, data, ROUNDS) for seed in range(SEEDS)]


def left_out(judged: Judged, task: str) -> NDArray[np.float64]:
    """Log-odds of every pair by models that have not seen its source."""
    odds = np.zeros(len(judged.source))
    for source in np.unique(judged.source):
        rows = judged.source == source
        models = train(judged, task, ~rows & (judged.source != EVALUATED_ONLY))
        odds[rows] = np.mean([model.predict(judged.features[rows], raw_score=True) for model in models], axis=0)
    return odds


def threshold(odds: NDArray[np.float64], labels: NDArray[np.int64], precision: float) -> float:
    """The lowest log-odds from which on labelled pairs are right so often."""
    order = np.argsort(-odds)
    right = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    last = int(np.flatnonzero(right >= precision).max(initial=0))
    return float(odds[order[last]] + odds[order[min(last + 1, len(order) - 1)]]) / 2


def report(name: str, odds: NDArray[np.float64], labels: NDArray[np.int64], least: float) -> None:
    """Print how good odds are."""
    chosen = odds >= least
    right = (chosen & (labels == 1)).sum()
    precision, recall = right / max(1, chosen.sum()), right / labels.sum()
    score = 2 * precision * recall / max(1e-9, precision + recall)
    average = average_precision_score(labels, odds)
    print(f"{name:28} n {len(labels):4} AP {average:.3f} P {precision:.3f} R {recall:.3f} F1 {score:.3f}")


def main() -> None:
    """Print what is left out, then train on all but one source and write."""
    judged, pairs = measured()
    own = np.arange(len(judged.source)) < len(pairs)
    arrays: dict[str, NDArray[Any]] = {}
    for task, labels in (("story", judged.story), ("copy", judged.copy)):
        odds = left_out(judged, task)
        if task == "copy":
            odds[vetoed(judged.features)] = -20
        rows = own & (labels >= 0)
        learnt = rows & (judged.source != EVALUATED_ONLY)
        least = threshold(odds[learnt], labels[learnt], PRECISION[task])
        report(f"{task}: all", odds[rows], labels[rows], least)
        report(
            f"{task}: {EVALUATED_ONLY}",
            *(column[rows & (judged.source == EVALUATED_ONLY)] for column in (odds, labels)),
            least,
        )
        languages = np.array([pair["lang"] for pair in pairs])
        for language in np.unique(languages):
            chosen = rows.copy()
            chosen[: len(pairs)] &= languages == language
            if labels[chosen].sum() > 4:
                report(f"  {language}", odds[chosen], labels[chosen], least)
        distant = odds[~own] >= least
        print(f"  {task}: {distant.sum()} of {len(distant)} distant pairs, threshold {least:.2f}")
        if task == "copy":
            wrong = [pair["relation"] for row, pair in enumerate(pairs) if odds[row] >= least and labels[row] == 0]
            print("  wrong copies:", sorted(wrong))
        models = train(judged, task, judged.source != EVALUATED_ONLY)
        arrays |= forest_arrays(models, f"{task}_")
        arrays[f"{task}_value"] /= SEEDS
        arrays[f"{task}_odds"] = np.array(least)
    if "--check" not in sys.argv:
        np.savez_compressed(TARGET, **arrays)
        print(f"{TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
