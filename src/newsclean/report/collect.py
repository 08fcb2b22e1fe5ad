"""One pass over a run's outputs: counts of everything, and samples of what a person should look at."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsclean.duplicates import Pair
from newsclean.formats.fields import Fields
from newsclean.report.figures import Figures, twentieth
from newsclean.report.outputs import Article, RunOutputs
from newsclean.report.sampling import Lowest, lot

EACH_RULE = 3
"""Articles shown for each rule, drawn by lot."""
MOST_RULES = 40
BORDERLINE = 40
"""Removals with the least confidence."""
PAIRS = 12
"""Pairs shown of each relation: half of them the closest to the threshold, half drawn by lot."""
CLUSTERS = 10
"""Clusters shown of each kind: the largest, and as many drawn by lot."""
MEMBERS = 12
"""Members shown of a cluster."""
REJECTS = 50


@dataclass
class Samples:
    """What the page shows in full."""

    articles: list[Article] = field(default_factory=list)
    borderline: list[tuple[str, int]] = field(default_factory=list)
    """Removals by article and place among its edits, the least sure first."""
    pairs: list[Pair] = field(default_factory=list)
    clusters: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, Article] = field(default_factory=dict)
    """The articles of the pairs and clusters that are shown."""


@dataclass
class Report:
    """Everything that the page is made of."""

    folder: Path
    summary: dict[str, Any]
    figures: Figures
    samples: Samples


def collect(folder: Path, fields: Fields = Fields()) -> Report:
    """Counts and samples of the run in `folder`.

    Raises:
        InputError: there is no finished run, or one of its files is damaged.
    """
    outputs = RunOutputs(folder, fields)
    figures, samples = Figures(), Samples()
    stories = _collect_clusters(outputs, figures, samples)
    _collect_pairs(outputs, figures, samples)
    samples.rejects = list(itertools.islice(outputs.rejects(), REJECTS))
    wanted = {name for pair in samples.pairs for name in (pair.left, pair.right)}
    wanted |= {member for cluster in samples.clusters for member in cluster["members"][:MEMBERS]}
    wanted |= {cluster["keep"] for cluster in samples.clusters}
    by_rule: dict[str, Lowest[Article]] = defaultdict(lambda: Lowest(EACH_RULE))
    borderline: Lowest[tuple[Article, int]] = Lowest(BORDERLINE)
    for article in outputs.articles():
        name = article.document["id"]
        figures.add(article, name in stories)
        if name in wanted:
            samples.texts[name] = article
        for rule in {rule for edit in article.edits for rule in edit.rule.split(" + ")}:
            if rule in by_rule or len(by_rule) < MOST_RULES:
                by_rule[rule].offer(lot(rule, name), name, article)
        for place, edit in enumerate(article.edits):
            if edit.confidence < 1.0:
                borderline.offer(edit.confidence, f"{name}\0{place}", (article, place))
    close = list(borderline)
    samples.borderline = [(article.document["id"], place) for article, place in close]
    chosen = {article.document["id"]: article for article, _ in close}
    chosen |= {article.document["id"]: article for lowest in by_rule.values() for article in lowest}
    samples.articles = [chosen[name] for name in sorted(chosen)]
    return Report(folder, outputs.summary, figures, samples)


def _collect_clusters(outputs: RunOutputs, figures: Figures, samples: Samples) -> set[str]:
    """Count clusters and choose some; the ids of all articles of stories."""
    largest: dict[str, Lowest[dict[str, Any]]] = defaultdict(lambda: Lowest(CLUSTERS))
    drawn: dict[str, Lowest[dict[str, Any]]] = defaultdict(lambda: Lowest(CLUSTERS))
    stories: set[str] = set()
    for cluster in outputs.clusters():
        kind, size = cluster["kind"], len(cluster["members"])
        figures.cluster_sizes[kind][size] += 1
        if kind == "story":
            stories.update(cluster["members"])
        shown = cluster | {"size": size, "members": cluster["members"][:MEMBERS]}
        largest[kind].offer(-size, cluster["id"], shown)
        drawn[kind].offer(lot(kind, cluster["id"]), cluster["id"], shown)
    for kind in sorted(largest):
        chosen = {cluster["id"]: cluster for cluster in (*largest[kind], *drawn[kind])}
        samples.clusters += chosen.values()
    return stories


def _collect_pairs(outputs: RunOutputs, figures: Figures, samples: Samples) -> None:
    """Count pairs and choose some of each relation."""
    close: dict[str, Lowest[Pair]] = defaultdict(lambda: Lowest(PAIRS // 2))
    drawn: dict[str, Lowest[Pair]] = defaultdict(lambda: Lowest(PAIRS // 2))
    for row in outputs.pairs():
        pair = Pair(*(row[name] for name in Pair._fields))
        score = pair.story if pair.relation == "same_story" else pair.similarity
        figures.similarities[pair.relation][twentieth(score)] += 1
        name = f"{pair.left}\0{pair.right}"
        close[pair.relation].offer(score, name, pair)
        drawn[pair.relation].offer(lot(name), name, pair)
    for relation in sorted(close):
        samples.pairs += dict.fromkeys(_each(close[relation], drawn[relation]))


def _each(*samples: Lowest[Pair]) -> Iterator[Pair]:
    return itertools.chain.from_iterable(samples)
