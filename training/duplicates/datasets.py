"""Labelled pairs with the features that duplicates are verified by, from the shared coverage benchmarks.

Every set is mixed into the background articles first, as a user's articles would be, so that weights, candidates and
features are those of a real run. Background articles are known to differ from every set but `t1_variants`, whose originals
come from the same sources.
"""

import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean import boilerplate
from newsclean.duplicates.candidates import copy_candidates, story_candidates
from newsclean.duplicates.overlap import copy_features
from newsclean.duplicates.salience import learn_weights
from newsclean.duplicates.sketches import sketch_batch
from newsclean.duplicates.vectors import select_salient, story_features
from newsclean.settings import DuplicateSettings

COVERAGE = Path(__file__).parents[3] / "shared/data/coverage"
CLUSTERED = ("t2_ecbplus", "t2_basil", "t2_fnc1", "t2_allsides", "t2_vnmds")
JUDGED = ("t2_semeval22", "t2_tgcontest")
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


def read(name: str) -> list[Document]:
    """The lines of a shared file."""
    with gzip.open(COVERAGE / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def plain(documents: list[Document], dates: bool = False) -> list[Document]:
    """Documents with what a user without metadata would give (`source` names the benchmark, not the outlet)."""
    fields = ("id", "text", "title", "cluster", "transform", *(("date",) if dates else ()))
    return [{field: document[field] for field in fields if field in document} for document in documents]


def cleaned(documents: list[Document]) -> list[Document]:
    """The same documents without residual boilerplate."""
    texts = [document["text"] for document in documents]
    return [
        {**document, "text": result.text}
        for document, result in zip(documents, boilerplate.strip_batch(texts), strict=True)
    ]


def labelled(name: str, clean: bool = False, dates: bool = False) -> Labelled:
    """A set, mixed into the background; candidates are its pairs, or the pairs that were judged."""
    own = plain(read(name), dates)
    own = cleaned(own) if clean else own
    documents = own + plain(read("background"))
    judged = read(f"{name}.pairs") if name in (*JUDGED, "t1_real") else None
    return measured(documents, len(own), judged)


def measured(documents: list[Document], own: int, judged: list[Document] | None) -> Labelled:
    """Features of candidates in which own documents take part, or of judged pairs."""
    settings = DuplicateSettings()
    sketches = sketch_batch(documents, settings)
    spans = np.stack([sketches.bounds[:-1], sketches.bounds[1:]], axis=1)
    weights = learn_weights(sketches.words, spans, sketches.languages)
    if judged is None:
        salient = select_salient(sketches.words, spans, sketches.languages, weights)
        found = [
            copy_candidates(sketches.signatures, settings.bands, settings.rows),
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
        copy_features(sketches.words, spans, pairs), groups,
    )  # fmt: skip


def appended_feeds(count: int = 400, seed: int = 5) -> Labelled:
    """Constructed pairs that are *not* copies: two different articles under which a site repeats the same other things.

    Real ones (endless pages, feeds, footers, lists of headlines) are the commonest wrong duplicates of exact containment.
    """
    chooser = random.Random(seed)
    background = plain(read("background"))
    bodies = [document["text"] for document in background if len(document["text"]) > 600]
    documents: list[Document] = []
    for pair in range(count):
        first, second = chooser.sample(bodies, 2)
        if pair % 2:  # an endless page: whole articles, not always in the same order, sometimes each other's
            feed = chooser.sample(bodies, chooser.randint(2, 12))
            other = list(feed)
            if chooser.random() < 0.5:
                chooser.shuffle(other)
            if chooser.random() < 0.4:
                feed, other = [*feed, second], [*other, first]
            kept = chooser.uniform(0.6, 1.0)
            other = [body for body in other if chooser.random() < kept] or other
        else:  # a footer or headlines
            words = " ".join(chooser.sample(bodies, 2)).split()
            start = chooser.randrange(max(1, len(words) - 150))
            feed = other = [" ".join(words[start : start + chooser.randint(20, 140)])]
            cut = chooser.randint(200, 1200)
            first, second = first[:cut], second[:cut]
        for body, rest in ((first, feed), (second, other)):
            documents.append({"id": f"feed-{len(documents)}", "text": "\n\n".join([body, *rest])})
    judged = [
        {"a": f"feed-{2 * pair}", "b": f"feed-{2 * pair + 1}", "label": 0, "source": f"feed{pair}", "lang": "en"}
        for pair in range(count)
    ]
    return measured(documents + background, len(documents), judged)
