"""The tagger: n-gram scores that no sentence has seen itself, then boosted trees on all features of a segment."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclean.boilerplate import stacking, tagger
from newsclean.boilerplate.features import NAMES, Feature, features
from newsclean.boilerplate.lines import LineColumn, lengths, prose, text_bounds
from newsclean.boilerplate.pieces import Segments
from newsclean.boilerplate.rules import Hit, rule_lines, with_ngrams
from newsclean.boilerplate.segments import cue_rules, joined
from training.boilerplate import ngrams
from training.boilerplate.cases import UNKNOWN, Cases, Record, labels
from training.boilerplate.shapes import FOLDS, fold_of, is_wild
from training.trees import forest_arrays

Linear = Callable[[NDArray[np.bool_]], NDArray[np.int32]]  # weights of n-grams learnt from some sentences

# Measured: two points more of other sources' residue go at .6 % loss, half a point to one more of other domains'.
EVEN = 0.3
# What lines of whole pages count for trees: three times what they count for n-grams. (Measured at .6 % loss: 1.6 points
# more of other sources' residue than if every other page counts, and F1 of whole pages .003 more; 63 leaves instead of
# 31 are worth another two points of other domains' residue, none of other sources', and .002.)
PAGES, HALF = 1.5, 0.5  # for trees, for n-grams
VOTED = 0.3  # what lines count that extractors, not people, have labelled
WILD = 2.0  # what texts count that were found as they are
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

AGAIN = PARAMETERS | {"num_leaves": 31, "min_data_in_leaf": 200, "learning_rate": 0.1}  # of the second forest
TREES = 60  # of it
LEARNT_FROM = -3.0  # log-odds of the first one from which on the second one learns
PARTS = 3  # of domains: what the second forest learns from was judged by trees that had not seen its domain
# What texts from the wild count for the second forest, besides. (Measured: log-odds for which equal shares of article
# are lost are then alike for all shapes, and a fifth more residue of the wild goes.)
MORE_WILD = 2.0


@dataclass
class Material:
    """Cases with what training needs of their sentences: fold (by domain) of each record, weight, n-grams."""

    cases: Cases
    fold: NDArray[np.int64]
    domain: NDArray[np.int64]
    weight: NDArray[np.float32]
    counts: sparse.csr_matrix
    keys: NDArray[np.uint64]


@dataclass
class Rows:
    """Segments to learn from: the record of each, features, label and weight."""

    case: NDArray[np.int32]
    table: NDArray[np.float32]
    label: NDArray[np.int8]
    weight: NDArray[np.float32]
    segments: Segments


def material(cases: Cases) -> Material:
    names = [record["domain_key"] or record["id"] for record in cases.records]
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    domain = np.array([numbers[name] for name in names])
    fold = np.array([fold_of(record) for record in cases.records])
    wild = np.array([is_wild(record) for record in cases.records])
    own = ~_flags(cases, "made")
    columns = (values[cases.case] for values in (domain, wild, own))
    counts, keys = ngrams.matrix(cases.sentences.lines, *columns)
    heard = ~_flags(cases, "muted")[cases.case]
    counts = sparse.diags(heard.astype(np.float32)) @ counts
    weight = weights(cases.records, cases.case, lengths(cases.sentences.lines), domain, HALF)
    return Material(cases, fold, domain, weight, counts, keys)


def _flags(cases: Cases, name: str) -> NDArray[np.bool_]:
    """Which records are copies of a kind."""
    return np.array([record.get(name, False) for record in cases.records], np.bool_)


def weights(
    records: Sequence[Record],
    case: NDArray[np.int32],
    length: NDArray[np.int32],
    domain: NDArray[np.int64],
    of_page: float,
) -> NDArray[np.float32]:
    """Sentences and segments count by their length to the power of 3/4; those of whole pages `of_page` as much; those
    of a page that several cases were made from less, by the root of how many; those of a domain less by how much of it
    there is to the power of EVEN."""
    names = [record["page"] for record in records]
    _, number, count = np.unique(names, return_inverse=True, return_counts=True)
    share = 1 / np.sqrt(count[number])
    share *= np.where([record["regime"] == "page" for record in records], of_page, 1.0)
    share *= np.where([record.get("gold_kind") == "consensus" for record in records], VOTED, 1.0)
    share *= np.where([is_wild(record) for record in records], WILD, 1.0)
    plain = np.clip(length, 10, 600) ** 0.75 * share[case]
    total = np.maximum(np.bincount(domain[case], plain, domain.max() + 1), 1e-9)
    weight: NDArray[np.float32] = (plain * (total.mean() / total[domain[case]]) ** EVEN).astype(np.float32)
    return weight


def rows(material: Material, linear: Linear, use: NDArray[np.bool_]) -> Rows:
    """The segments of all records. Sentences of records in `use` get n-gram weights learnt from the other folds of
    `use`, all others those learnt from all of `use`."""
    cases = material.cases
    hits = cases.sentences.hits.copy()
    hits[:, Hit.GRAMS] = np.asarray(material.counts.sum(1)).ravel()
    others = ~use[cases.case]
    if others.any():
        hits[others, Hit.SCORE] = material.counts[others] @ linear(use)
    for fold in range(FOLDS):
        own = use & (material.fold == fold)
        sentences = own[cases.case]
        hits[sentences, Hit.SCORE] = material.counts[sentences] @ linear(use & (material.fold != fold))
    known = with_ngrams(np.empty(0, np.uint64), np.empty(0, np.int32))
    found = joined(Segments(cases.sentences.lines, hits), known)
    texts = [record["text"] for record in cases.records]
    length = lengths(found.lines)
    rules = cue_rules(rule_lines(texts, found.lines, found.hits, known), found.lines)
    table = features(found.lines, found.hits, length, prose(found.lines, length), rules)
    case = found.lines.table[:, LineColumn.TEXT]
    weight = weights(cases.records, case, length, material.domain, PAGES)
    return Rows(case, table, labels(found, cases.spans), weight, found)


def linear_model(material: Material) -> Linear:
    counts = ngrams.normalised(material.counts)
    own = ~_flags(material.cases, "made")
    known: dict[bytes, NDArray[np.int32]] = {}  # two of five folds are left out together twice

    def fit(use: NDArray[np.bool_]) -> NDArray[np.int32]:
        key = np.packbits(use).tobytes()
        if key not in known:
            some = (use & own)[material.cases.case] & (material.cases.label != UNKNOWN)
            known[key] = ngrams.fit(counts[some], material.cases.label[some], material.weight[some])
        return known[key]

    return fit


def boosted(found: Rows, use: NDArray[np.bool_], members: int = MEMBERS) -> list[lightgbm.Booster]:
    """The members of the committee, from the records in `use`."""
    some = use[found.case] & (found.label != UNKNOWN)
    data = lightgbm.Dataset(
        found.table[some],
        found.label[some],
        weight=found.weight[some],
        feature_name=list(NAMES),
        params={"max_bin": 127},
    )
    return [lightgbm.train(PARAMETERS | {"seed": seed}, data, tagger.FIRST) for seed in range(1, members + 1)]


def second(material: Material, found: Rows) -> lightgbm.Booster:
    """The second forest, from all records: it sees the first one's log-odds as they are on domains not seen."""
    cases = material.cases
    part = np.array([zlib.crc32(f"part {domain}".encode()) % PARTS for domain in material.domain])
    odds = np.empty(len(found.case))
    for number in range(PARTS):
        own = (part == number)[found.case]
        odds[own] = boosted(found, part != number, 1)[0].predict(found.table[own], raw_score=True)
    bounds = text_bounds(found.segments.lines)
    rules = found.table[:, Feature.RULE_NUMBER].astype(np.int16)
    table = stacking.stacked(bounds, lengths(found.segments.lines), rules, odds, found.table)
    some = (found.label != UNKNOWN) & (odds > LEARNT_FROM)
    wild = np.array([is_wild(record) for record in cases.records])[found.case]
    weight = found.weight * np.where(wild, MORE_WILD, 1.0)
    names = list(stacking.NAMES)
    params = {"max_bin": 127}
    data = lightgbm.Dataset(table[some], found.label[some], weight=weight[some], feature_name=names, params=params)
    return lightgbm.train(AGAIN | {"seed": 1}, data, TREES)


def forests(material: Material, found: Rows, members: int = MEMBERS) -> dict[str, NDArray[Any]]:
    """The arrays of both forests."""
    everything = np.ones(len(material.fold), np.bool_)
    arrays = forest_arrays(boosted(found, everything, members))
    return arrays | forest_arrays([second(material, found)], tagger.SECOND)
