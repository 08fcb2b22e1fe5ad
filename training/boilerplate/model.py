"""The tagger: n-gram scores that no line has seen itself, then boosted trees on all features of a line."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclean.boilerplate.features import NAMES, features
from newsclean.boilerplate.rules import Hit
from newsclean.boilerplate.tagger import FIRST
from training.boilerplate import ngrams
from training.boilerplate.cases import UNKNOWN, Cases

Linear = Callable[[NDArray[np.bool_]], NDArray[np.int32]]  # weights of n-grams learnt from some lines

FOLDS = 5
# Measured: two points more of other sources' residue go at .6 % loss, half a point to one more of other domains'.
EVEN = 0.3
# What lines of whole pages count for trees: three times what they count for n-grams. (Measured at .6 % loss: 1.6 points
# more of other sources' residue than if every other page counts, and F1 of whole pages .003 more; 63 leaves instead of
# 31 are worth another two points of other domains' residue, none of other sources', and .002.)
PAGES, HALF = 1.5, 0.5  # for trees, for n-grams
# Members of the committee, which differ in the lines and features that each tree is given by chance.
MEMBERS = 3
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 63,
    "learning_rate": 0.12,
    "min_data_in_leaf": 150,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "max_bin": 127,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


@dataclass
class Material:
    """Cases with what training needs of their lines: fold (by domain), source, weight, n-grams."""

    cases: Cases
    fold: NDArray[np.int64]
    source: NDArray[np.int64]
    weight: NDArray[np.float32]
    whole: NDArray[np.bool_]  # of a whole page
    counts: sparse.csr_matrix
    keys: NDArray[np.uint64]


def material(cases: Cases) -> Material:
    case = cases.case
    domains = {name: number for number, name in enumerate(sorted({r["domain_key"] for r in cases.records}))}
    sources = sorted({r["source_dataset"] for r in cases.records})
    domain = np.array([domains[r["domain_key"]] for r in cases.records])[case]
    fold = np.array([zlib.crc32(r["domain_key"].encode()) % FOLDS for r in cases.records])[case]
    source = np.array([sources.index(r["source_dataset"]) for r in cases.records])[case]
    counts, keys = ngrams.matrix(cases.lines, domain)
    whole = np.array([r["regime"] == "page" for r in cases.records])[case]
    return Material(cases, fold, source, weights(cases, domain), whole, counts, keys)


def weights(cases: Cases, domain: NDArray[np.int64]) -> NDArray[np.float32]:
    """Lines count by their length to the power of 3/4; those of whole pages half, for n-grams; those of a page that
    several cases were made from less, by the root of how many; those of a domain less by how much of it there is to
    the power of EVEN."""
    names = [record["page"] for record in cases.records]
    _, number, count = np.unique(names, return_inverse=True, return_counts=True)
    whole = np.array([record["regime"] == "page" for record in cases.records])
    share = np.where(whole, HALF, 1.0) / np.sqrt(count[number])
    plain = np.clip(cases.length, 10, 600) ** 0.75 * share[cases.case]
    total = np.bincount(domain, plain)
    weight: NDArray[np.float32] = (plain * (total.mean() / total[domain]) ** EVEN).astype(np.float32)
    return weight


def scored(material: Material, linear: Linear, use: NDArray[np.bool_], final: bool = False) -> NDArray[np.float32]:
    """Features of all lines. Lines in `use` get n-gram weights learnt from the other folds of `use`, all others those
    learnt from all of `use` (there are none if `final`)."""
    hits = material.cases.hits.copy()
    hits[:, Hit.GRAMS] = np.asarray(material.counts.sum(1)).ravel()
    if not final:
        hits[:, Hit.SCORE] = material.counts @ linear(use)
    for fold in range(FOLDS):
        rows = use & (material.fold == fold)
        hits[rows, Hit.SCORE] = material.counts[rows] @ linear(use & (material.fold != fold))
    cases = material.cases
    return features(cases.lines, hits, cases.length, cases.prose, cases.found)


def linear_model(material: Material) -> Linear:
    rows = ngrams.normalised(material.counts)
    known: dict[bytes, NDArray[np.int32]] = {}  # two of five folds are left out together twice

    def fit(use: NDArray[np.bool_]) -> NDArray[np.int32]:
        use = use & (material.cases.label != UNKNOWN)
        lines = np.packbits(use).tobytes()
        if lines not in known:
            known[lines] = ngrams.fit(rows[use], material.cases.label[use], material.weight[use])
        return known[lines]

    return fit


def boosted(table: NDArray[np.float32], material: Material, use: NDArray[np.bool_]) -> list[lightgbm.Booster]:
    """The members of the committee."""
    use = use & (material.cases.label != UNKNOWN)
    weight = np.where(material.whole, PAGES / HALF, 1) * material.weight
    data = lightgbm.Dataset(
        table[use],
        material.cases.label[use],
        weight=weight[use],
        feature_name=list(NAMES),
        params={"max_bin": 127},
    )
    return [lightgbm.train(PARAMETERS | {"seed": seed}, data, FIRST) for seed in range(1, MEMBERS + 1)]


def probability(committee: Sequence[lightgbm.Booster], table: NDArray[np.float32]) -> NDArray[np.float64]:
    """(lines,) that each line is residue, without lines leaving early."""
    odds = np.mean([member.predict(table, raw_score=True, num_threads=1) for member in committee], axis=0)
    estimate: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return estimate
