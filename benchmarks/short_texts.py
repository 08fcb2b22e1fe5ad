"""Measure the search for duplicates on the shared headlines, pool by pool, as a user would run it.

    python -m benchmarks.short_texts [--set NAME]    # with the shipped models, which have seen these pairs
    python -m benchmarks.short_texts --left-out      # each source by models that have not seen it

What models alone say of sources left out is printed by `python -m training.duplicates.short --check`.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
from sklearn.metrics import average_precision_score

from newsclean.duplicates import Duplicates, find_duplicates
from newsclean.models import Forest
from training.duplicates import short
from training.duplicates.datasets import read
from training.trees import forest_arrays

Pools = dict[str, list[dict[str, Any]]]
Models = tuple[Forest, Forest, float, float]  # as newsclean.duplicates.short.models holds them


class Answer(NamedTuple):
    """What a search says of a labelled pair."""

    copy: bool
    story: bool
    score: float
    """Of a story; 0 for a pair that is not named."""
    one_copy: bool
    """Whether one cluster of copies has both."""
    one_story: bool


def pools_of(name: str) -> Pools:
    """The texts of a set and their background, by pool."""
    pools: Pools = defaultdict(list)
    for document in (*read("headlines.background"), *read(name)):
        pools[document["pool"]].append(document)
    return pools


def searched(documents: list[dict[str, Any]]) -> Duplicates:
    """What is found among the texts of a pool."""
    given = {
        document["id"]: {
            "id": document["id"],
            "text": document["text"],
            "date": document.get("date"),
            "source": document.get("outlet"),
        }
        for document in documents
    }
    return find_duplicates(given.values())


def answers(found: Duplicates, pairs: list[dict[str, Any]]) -> list[Answer]:
    """What was found of labelled pairs."""
    named = {frozenset(pair[:2]): pair for pair in found.pairs}
    copies = {member: cluster.id for cluster in found.copies for member in cluster.members}
    stories = {member: cluster.id for cluster in found.stories for member in cluster.members}
    told = []
    for each in pairs:
        left, right = each["a"], each["b"]
        pair = named.get(frozenset((left, right)))
        told.append(
            Answer(
                pair is not None and pair.relation != "same_story",
                pair is not None,
                pair.story if pair else 0.0,
                copies.get(left, 0) == copies.get(right, 1),
                stories.get(left, 0) == stories.get(right, 1),
            )
        )
    return told


def unseen() -> Iterator[tuple[str, Models]]:
    """For each source, the models of all others; thresholds are chosen as for the shipped models."""
    judged, pairs = short.measured()
    own = np.arange(len(judged.source)) < len(pairs)
    sources = np.unique(judged.source)
    arrays: dict[str, dict[str, Any]] = {source: {} for source in sources}
    odds = []
    for task, labels in (("copy", judged.copy), ("story", judged.story)):
        said = np.zeros(len(judged.source))
        for source in sources:
            rows = judged.source == source
            models = short.train(judged, task, ~rows & (judged.source != short.EVALUATED_ONLY))
            said[rows] = np.mean([model.predict(judged.features[rows], raw_score=True) for model in models], axis=0)
            arrays[source] |= forest_arrays(models, f"{task}_")
            arrays[source][f"{task}_value"] /= short.SEEDS
        if task == "copy":
            said[short.vetoed(judged.features)] = -20
        rows = own & (labels >= 0) & (judged.source != short.EVALUATED_ONLY)
        odds.append(short.threshold(said[rows], labels[rows], short.PRECISION[task]))
    for source in sources:
        yield source, (Forest.load(arrays[source], "copy_"), Forest.load(arrays[source], "story_"), odds[0], odds[1])


@contextmanager
def judged_by(models: Models | None) -> Iterator[None]:
    """Short texts are judged by these models, if any are given."""
    if models is None:
        yield
        return
    with mock.patch("newsclean.duplicates.short.models._models", return_value=models):
        yield


def report(pairs: list[dict[str, Any]], told: list[Answer]) -> None:
    """Print precision, recall and F1."""
    for kind, sources in (("", {pair["source"] for pair in pairs} - {"wdm"}), (" (wdm)", {"wdm"})):
        for task, name, clusters in (("copy", "copy", "one_copy"), ("story", "story", "one_story")):
            rows = [at for at, p in enumerate(pairs) if p[f"label_{task}"] in (0, 1) and p["source"] in sources]
            wanted = [pairs[at][f"label_{task}"] == 1 for at in rows]
            figures(f"{task}{kind}: pairs", [getattr(told[at], name) for at in rows], wanted)
            figures(f"{task}{kind}: clusters", [getattr(told[at], clusters) for at in rows], wanted)
            if task == "story" and not kind:
                average = average_precision_score(wanted, [told[at].score for at in rows])
                print(f"{'story: average precision':24} {average:.3f}")
    other = [at for at, pair in enumerate(pairs) if pair["label_story"] == 0]
    together = [pairs[at] for at in other if told[at].one_copy]
    print(f"different events in one cluster of copies: {len(together)} of {len(other)}")
    for pair in together:
        print("  ", pair["relation"], pair["a"], pair["b"])


def figures(name: str, found: list[bool], wanted: list[bool]) -> None:
    """Print precision, recall and F1."""
    right = sum(one and two for one, two in zip(found, wanted, strict=True))
    precision, recall = right / max(1, sum(found)), right / max(1, sum(wanted))
    score = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{name:24} P {precision:.3f} R {recall:.3f} F1 {score:.3f} of {sum(wanted)} among {len(wanted)}")


def main() -> None:
    """Search every pool and compare with the labels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="headlines")
    parser.add_argument("--left-out", action="store_true")
    chosen = parser.parse_args()
    pools, pairs = pools_of(chosen.set), read(f"{chosen.set}.pairs")
    pool_of = {document["id"]: pool for pool, documents in pools.items() for document in documents}
    told: dict[int, Answer] = {}
    runs: list[tuple[set[str], Models | None]] = [({pair["source"] for pair in pairs}, None)]
    if chosen.left_out:
        runs = [({source}, models) for source, models in unseen()]
    begun = time.process_time()
    for sources, models in runs:
        by_pool = defaultdict(list)
        for at, pair in enumerate(pairs):
            if pair["source"] in sources:
                by_pool[pool_of[pair["a"]]].append(at)
        for pool, rows in by_pool.items():
            with judged_by(models):
                found = searched(pools[pool])
            told |= dict(zip(rows, answers(found, [pairs[at] for at in rows]), strict=True))
    report(pairs, [told[at] for at in range(len(pairs))])
    print(f"searched in {time.process_time() - begun:.1f} CPU seconds")


if __name__ == "__main__":
    main()
