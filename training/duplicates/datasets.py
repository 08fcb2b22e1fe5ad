"""Labelled pairs with the features that duplicates are verified by, from the shared coverage benchmarks.

Every set is mixed into the background articles first, as a user's articles would be, so that weights, candidates and
features are those of a real run. Background articles are known to differ from every set but `t1_variants`, whose
originals come from the same sources.
"""

import contextlib
import datetime
import gzip
import json
import random
import re
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
    """By pair: what is told of two short texts, -1 where that is left to the model of articles; else `NOT_SHORT`."""


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
    told = np.full(len(pairs), NOT_SHORT)
    judged = judge_short(corpus, pairs, weights)
    told[judged.rows] = np.where(judged.articles & ~judged.vetoed, -1, judged.copy)
    return told


def pages(count: int = 900, seed: int = 5) -> Labelled:
    """Constructed pages: different articles under which a site repeats the same other things, and edited long pages.

    The former are *not* copies; real ones (endless pages, feeds, footers, lists of headlines) are the commonest wrong
    duplicates of exact containment. The latter are copies, lest a model hold length against them.
    """
    chooser = random.Random(seed)
    background = plain(read("background"))
    bodies = [document["text"] for document in background if len(document["text"]) > 600]
    makers = (_endless, _footer, _revised)
    made = [makers[pair % 3](chooser, bodies) for pair in range(count)]
    documents: list[Document] = []
    judged: list[Document] = []
    for pair, (left, right, label) in enumerate(made):
        names = [f"page-{pair}-{side}" for side in "ab"]
        documents += ({"id": name, "text": text} for name, text in zip(names, (left, right), strict=True))
        judged.append({"a": names[0], "b": names[1], "label": label, "source": f"page{pair}", "lang": "en"})
    return measured(documents + background, len(documents), judged)


def _endless(chooser: random.Random, bodies: list[str]) -> tuple[str, str, int]:
    """Two articles with the same other articles below, not always in the same order, sometimes each other."""
    first, second, *feed = chooser.sample(bodies, chooser.randint(4, 14))
    other = list(feed)
    if chooser.random() < 0.5:
        chooser.shuffle(other)
    if chooser.random() < 0.4:
        feed, other = [*feed, second], [*other, first]
    kept = chooser.uniform(0.6, 1.0)
    other = [body for body in other if chooser.random() < kept] or other
    first, second = (body[: chooser.choice((90, len(body)))] for body in (first, second))  # some have a headline only
    return "\n\n".join([first, *feed]), "\n\n".join([second, *other]), 0


def _footer(chooser: random.Random, bodies: list[str]) -> tuple[str, str, int]:
    """Two articles, cut, with the same footer or headlines."""
    first, second = (body[: chooser.choice((60, 200, 1200))] for body in chooser.sample(bodies, 2))
    words = " ".join(chooser.sample(bodies, 2)).split()
    start = chooser.randrange(max(1, len(words) - 150))
    footer = " ".join(words[start : start + chooser.randint(20, 140)])
    return f"{first}\n\n{footer}", f"{second}\n\n{footer}", 0


def _revised(chooser: random.Random, bodies: list[str]) -> tuple[str, str, int]:
    """A long article and itself, with some words replaced, perhaps without its end, with other counters and times."""
    words = "\n\n".join(chooser.sample(bodies, chooser.randint(1, 12))).split(" ")
    changed, kept = chooser.uniform(0.0, 0.12), chooser.uniform(0.5, 1.2)
    spare = chooser.choice(bodies).split(" ")
    edited = [chooser.choice(spare) if chooser.random() < changed else word for word in words]
    left, right = " ".join(words), " ".join(edited[: int(kept * len(edited))])
    if chooser.random() < 0.5:  # a number more or less must not matter where nothing else differs
        left, right = (re.sub(r"\S*\d\S*", "", text) for text in (left, right))
    if chooser.random() < 0.3:  # a caption, or headlines of other articles, below the headline
        headlines = " ".join(chooser.choice(bodies)[:70] for _ in range(chooser.randint(1, 6)))
        cut = right.find(" ", chooser.randint(30, 80))
        right = f"{right[:cut]}\n{headlines}\n{right[cut:]}"
    stamps = chooser.randrange(4)  # times, counters of comments and views
    left, right = (f"{text}\n{' '.join(_stamp(chooser) for _ in range(stamps))}" for text in (left, right))
    return left, right, 1


def _stamp(chooser: random.Random) -> str:
    """Something with a number that a site adds to an article."""
    number = chooser.randrange(1, 3000)
    return chooser.choice(("Comments ({})", "{} views", "Updated {}", "Share {}", "Page {}")).format(number)
