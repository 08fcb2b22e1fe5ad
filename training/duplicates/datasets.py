"""Labelled pairs with the features that duplicates are verified by, from the shared coverage benchmarks.

Every set is mixed into the background articles first, as a user's articles would be, so that weights, candidates and
features are those of a real run. Background articles are known to differ from every set but `t1_variants`, whose
originals come from the same sources.
"""

import contextlib
import datetime
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean import boilerplate
from newsclean.duplicates.candidates.key_terms import story_candidates
from newsclean.duplicates.candidates.lsh import copy_candidates
from newsclean.duplicates.comparison import copy_features, texts_of
from newsclean.duplicates.comparison.stories import story_features
from newsclean.duplicates.matching.corpus import Corpus
from newsclean.duplicates.matching.short_pairs import judge_short, with_frames
from newsclean.duplicates.short import Texts, have_other_facts
from newsclean.duplicates.sketching import Sketches
from newsclean.duplicates.sketching.sketch import sketch_batch
from newsclean.duplicates.tfidf.idf import learn_weights, shareable
from newsclean.duplicates.tfidf.key_terms import select_salient
from newsclean.settings import DuplicateSettings

COVERAGE = Path(__file__).parents[3] / "shared/data/coverage"
CLUSTERED = ("t2_ecbplus", "t2_basil", "t2_fnc1", "t2_allsides", "t2_vnmds")
JUDGED = ("t2_semeval22", "t2_tgcontest")
REAL = ("t1_real", "t1_real2", "t1_real3_west", "t1_real3_east")  # pairs of real crawls, read and labelled by hand
AS_CRAWLED = ("t1_real", "t1_real3_east")  # the others hold cleaned texts
NOT_SHORT = -2.0
DAYS = 10  # between background articles that certainly are not on one event
Document = dict[str, Any]


class Labelled(NamedTuple):
    """Pairs of one set: rows of `documents` (its own come first), label 1, 0 or -1 (unclear), and features."""

    documents: list[Document]
    own: int
    pairs: NDArray[np.int64]
    labels: NDArray[np.int64]
    positives: int
    """Labelled pairs with label 1, whether or not they are among `pairs`."""
    story: NDArray[np.float32]
    copy: NDArray[np.float32]
    groups: list[str]
    """By pair: what a cross-validation must not split."""
    judged: list[Document]
    """By pair: its line in the file of labels, if the pairs were judged."""
    short: NDArray[np.float64]
    """By pair: what is told of two short texts, and 0 of brief ones with other facts; -1 where that is left to the
    model of articles; else `NOT_SHORT`."""


def read(name: str) -> list[Document]:
    """The lines of a shared file."""
    with gzip.open(COVERAGE / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def plain(documents: list[Document], dates: bool = False) -> list[Document]:
    """Documents with what a user without metadata would give (`source` names the benchmark, not the outlet)."""
    fields = ("id", "text", "title", "cluster", "transform", *(("date",) if dates else ()))
    # `language` is for reports: unlike `lang`, it tells the search for duplicates nothing.
    return [
        {"language": document.get("lang")} | {field: document[field] for field in fields if field in document}
        for document in documents
    ]


def cleaned(documents: list[Document]) -> list[Document]:
    """The same documents without residual boilerplate."""
    texts = [document["text"] for document in documents]
    return [
        {**document, "text": result.text}
        for document, result in zip(documents, boilerplate.strip_batch(texts), strict=True)
    ]


def labelled(name: str, alone: bool = False) -> Labelled:
    """A set, mixed into the background or alone; candidates are its pairs, or the pairs that were judged."""
    own = plain(read(name))
    documents = own if alone else own + plain(read("background"))
    judged = read(f"{name}.pairs") if name in JUDGED else None
    return measured(documents, len(own), judged)


def real(name: str) -> Labelled:
    """Pairs of real crawls, alone: weights of terms say nothing about copies."""
    own = plain(read(name))
    own = cleaned(own) if name in AS_CRAWLED else own
    return measured(own, len(own), read(f"{name}.pairs"))


def readings() -> Labelled:
    """Pairs that were labelled by reading later, kept without their texts: `readings/pairs.jsonl` beside this file.

    Raises:
        ValueError: a text is not the one that was read.
    """
    with (Path(__file__).parent / "readings/pairs.jsonl").open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    texts = {name: {document["id"]: document for document in read(name)} for name in {pair["set"] for pair in pairs}}
    documents = {}
    for pair in pairs:
        for side, total in zip("ab", pair["sha256"], strict=True):
            document = texts[pair["set"]][pair[side]]
            if not hashlib.sha256(document["text"].encode()).hexdigest().startswith(total):
                raise ValueError(f"{pair['set']} {pair[side]}: not the text that was read")
            documents[document["id"]] = document
    own = cleaned(plain(list(documents.values())))
    return measured(own, len(own), pairs)


def templates() -> Labelled:
    """Constructed reports of the same words with other facts, in the background: none of their pairs is one story."""
    made = [document for document in plain(read("t1_variants")) if document.get("transform") == "template"]
    return measured(made + plain(read("background")), len(made), None)


def distant() -> Labelled:
    """Candidates among the background articles: label 0 where they appeared more than `DAYS` apart, else unclear.

    Most articles have no report on their event beside them: what resembles one most is another event then.
    """
    documents = read("background")
    found = measured(plain(documents), len(documents), None)
    days = np.array([day_of_background(document) for document in documents])
    left, right = days[found.pairs[:, 0]], days[found.pairs[:, 1]]
    apart = (left > 0) & (right > 0) & (np.abs(left - right) > DAYS)
    return found._replace(labels=np.where(apart, 0, -1))


def day_of_background(document: Document) -> int:
    """The number of the day of an article, dated as 2019-02-13 or 9-MAR-1987, else 0."""
    date = str(document.get("date") or "").split(" ")[0]
    for pattern in ("%Y-%m-%d", "%d-%b-%Y"):
        with contextlib.suppress(ValueError):
            return datetime.datetime.strptime(date, pattern).toordinal()
    return 0


def measured(documents: list[Document], own: int, judged: list[Document] | None) -> Labelled:
    """Features of candidates in which own documents take part, or of judged pairs."""
    settings = DuplicateSettings()
    sketches = sketch_batch(documents, settings)
    spans = np.stack([sketches.bounds[:-1], sketches.bounds[1:]], axis=1)
    weights = learn_weights(sketches.words, spans, sketches.languages)
    if judged is None:
        salient = select_salient(sketches.words, spans, sketches.languages, shareable(weights))
        found = [
            copy_candidates(sketches.signatures, np.arange(sketches.size), settings.bands, settings.rows),
            story_candidates(salient, sketches.days, settings.story_days),
        ]
        pairs = np.unique(np.concatenate(found), axis=0)
        pairs = pairs[pairs[:, 0] < own]
        clusters = [document.get("cluster") for document in documents[:own]] + [None] * (len(documents) - own)
        same = [clusters[left] is not None and clusters[left] == clusters[right] for left, right in pairs]
        labels = np.array(same, np.int64)
        sizes = Counter(cluster for cluster in clusters if cluster)
        positives = sum(size * (size - 1) // 2 for size in sizes.values())
        groups = [str(clusters[left]) for left, _ in pairs]
    else:
        row = {document["id"]: at for at, document in enumerate(documents)}
        pairs = np.array([sorted((row[pair["a"]], row[pair["b"]])) for pair in judged])
        labels = np.array([pair["label"] for pair in judged])
        positives = int((labels == 1).sum())
        groups = [pair["source"] + (pair["lang"] if pair["source"] == "daniel" else "") for pair in judged]
    return Labelled(
        documents, own, pairs, labels, positives,
        story_features(sketches.words, spans, sketches.languages, weights, pairs),
        copy_features(texts_of(sketches.words, spans, sketches.heads), sketches.languages, pairs),
        groups, judged or [], told_of_short(sketches, weights, pairs),
    )  # fmt: skip


def told_of_short(sketches: Sketches, weights: NDArray[np.float32], pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the models of short texts say of pairs; see `Labelled.short`."""
    every = np.arange(sketches.size)
    corpus = with_frames(Corpus(
        sketches.words, sketches.spans, sketches.signatures, every, sketches.days, sketches.languages,
        sketches.heads.astype(np.int64), every, sketches.sources,
    ))  # fmt: skip
    texts = Texts(sketches.words, sketches.spans, sketches.languages)
    told = np.where(have_other_facts(texts, pairs), 0.0, NOT_SHORT)
    judged = judge_short(corpus, pairs, weights)
    told[judged.rows] = np.where(judged.articles & ~judged.vetoed, -1, judged.copy)
    return told
