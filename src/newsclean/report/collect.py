"""One pass over a run's outputs: counts of everything, and samples of what a person should look at."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsclean.duplicates import Pair
from newsclean.edits import Edit
from newsclean.formats.fields import Fields
from newsclean.report.close_decisions import ClosePair, ClosePairs, nearly_removed, pair_of, settings_of
from newsclean.report.figures import Figures, day_of, twentieth
from newsclean.report.outputs import Article, RunOutputs, id_key
from newsclean.report.sampling import Lowest, hashed_share
from newsclean.settings import Settings

EACH_RULE = 3
"""Articles shown for each rule, drawn by lot."""
MOST_RULES = 40
BORDERLINE = 40
"""Removals with the least confidence, and of those nearly made the ones with the most."""
LOOKED_AT = 300
"""Articles, drawn by lot, in which removals that were nearly made are looked for."""
PAIRS = 6
"""Pairs shown of each relation, drawn by lot."""
CLUSTERS = 10
"""Clusters shown of each kind: the largest, and as many drawn by lot."""
MEMBERS = 12
"""Members shown of a cluster."""
DATED = 1_000
"""Members of a story of which the dates are looked at."""
LOST = 12
"""Articles that lost most of their text, by share, and of each flag some."""
REJECTS = 50


@dataclass
class Samples:
    """What the page shows in full."""

    articles: list[Article] = field(default_factory=list)
    lost: list[tuple[Article, float]] = field(default_factory=list)
    """Articles that lost the largest shares of their text, and the shares."""
    flagged: list[Article] = field(default_factory=list)
    borderline: list[tuple[Article, int]] = field(default_factory=list)
    """Changes by article and place among its edits, the least sure first."""
    nearly: list[tuple[Article, Edit]] = field(default_factory=list)
    """Removals that the next mode would make."""
    close: list[ClosePair] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    clusters: list[dict[str, Any]] = field(default_factory=list)
    member_pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    """Pairs of members shown with the article that is kept for them."""
    story_days: dict[str, list[str]] = field(default_factory=dict)
    """Days of the articles of the largest stories."""
    rejects: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, Article] = field(default_factory=dict)
    """The articles of the pairs and clusters that are shown."""


@dataclass
class Report:
    """Everything that the page is made of."""

    folder: Path
    summary: dict[str, Any]
    settings: Settings
    figures: Figures
    samples: Samples


def collect(folder: Path, fields: Fields = Fields()) -> Report:
    """Counts and samples of the run in `folder`.

    Raises:
        InputError: there is no finished run, or one of its files is damaged.
    """
    outputs = RunOutputs(folder, fields)
    settings = settings_of(outputs.summary)
    figures, samples = Figures(), Samples()
    stories, dated = _collect_clusters(outputs, figures, samples)
    _collect_pairs(outputs, figures, samples, settings)
    samples.rejects = list(itertools.islice(outputs.rejects(), REJECTS))
    _collect_articles(outputs, figures, samples, stories, dated)
    return Report(folder, outputs.summary, settings, figures, samples)


def _collect_articles(
    outputs: RunOutputs, figures: Figures, samples: Samples, stories: set[int], dated: dict[str, str]
) -> None:
    """Count articles and choose some."""
    wanted = {name for pair in samples.pairs for name in (pair.left, pair.right)}
    wanted |= {name for each in samples.close for name in (each.pair.left, each.pair.right)}
    wanted |= {member for cluster in samples.clusters for member in cluster["members"]}
    wanted |= {cluster["keep"] for cluster in samples.clusters}
    by_rule: dict[str, Lowest[Article]] = defaultdict(lambda: Lowest(EACH_RULE))
    borderline: Lowest[tuple[Article, int]] = Lowest(BORDERLINE)
    drawn: Lowest[Article] = Lowest(LOOKED_AT)
    lost: Lowest[tuple[Article, float]] = Lowest(LOST)
    flagged: dict[str, Lowest[Article]] = defaultdict(lambda: Lowest(EACH_RULE))
    for article in outputs.articles():
        name = article.document["id"]
        figures.add(article, bool(stories) and int(id_key(name)) in stories)
        if name in wanted:
            samples.texts[name] = article
        if name in dated and (day := day_of(article)):
            samples.story_days.setdefault(dated[name], []).append(day)
        for rule in {rule for edit in article.edits for rule in edit.rule.split(" + ")}:
            if rule in by_rule or len(by_rule) < MOST_RULES:
                by_rule[rule].offer(hashed_share(rule, name), name, article)
        for place, edit in enumerate(article.edits):
            if edit.confidence < 1.0:
                borderline.offer(edit.confidence, f"{name}\0{place}", (article, place))
        if share := _share_removed(article):
            lost.offer(-share, name, (article, share))
        for flag in article.flags:
            flagged[flag.split()[0]].offer(hashed_share(flag, name), name, article)
        drawn.offer(hashed_share("nearly", name), name, article)
    samples.lost = list(lost)
    samples.flagged = list({each.document["id"]: each for flag in sorted(flagged) for each in flagged[flag]}.values())
    samples.borderline = list(borderline)
    chosen = {article.document["id"]: article for article, _ in borderline}
    chosen |= {article.document["id"]: article for lowest in by_rule.values() for article in lowest}
    samples.articles = [chosen[name] for name in sorted(chosen)]
    nearly: Lowest[tuple[Article, Edit]] = Lowest(BORDERLINE // 2)
    for article, edit in nearly_removed(drawn, settings_of(outputs.summary)):
        nearly.offer(-edit.confidence, f"{article.document['id']}\0{edit.start}", (article, edit))
    samples.nearly = list(nearly)


def _share_removed(article: Article) -> float:
    removed = sum(len(edit.before) for edit in article.edits if not edit.after)
    return removed / max(1, len(article.document["text"]) + removed)


def _collect_clusters(outputs: RunOutputs, figures: Figures, samples: Samples) -> tuple[set[int], dict[str, str]]:
    """Count clusters and choose some; numbers of the ids of all articles of stories, and by id the largest stories."""
    largest: dict[str, Lowest[dict[str, Any]]] = defaultdict(lambda: Lowest(CLUSTERS))
    drawn: dict[str, Lowest[dict[str, Any]]] = defaultdict(lambda: Lowest(CLUSTERS))
    stories: set[int] = set()
    for cluster in outputs.clusters():
        kind, size = cluster["kind"], len(cluster["members"])
        figures.cluster_sizes[kind][size] += 1
        if kind == "story":
            stories.update(int(id_key(member)) for member in cluster["members"])
        shown = cluster | {"size": size, "members": cluster["members"][:MEMBERS], "all": cluster["members"][:DATED]}
        largest[kind].offer(-size, cluster["id"], shown)
        drawn[kind].offer(hashed_share(kind, cluster["id"]), cluster["id"], shown)
    for kind in sorted(largest):
        chosen = {cluster["id"]: cluster for cluster in (*largest[kind], *drawn[kind])}
        samples.clusters += chosen.values()
    return stories, {name: story["id"] for story in largest["story"] for name in story.pop("all", ())}


def _collect_pairs(outputs: RunOutputs, figures: Figures, samples: Samples, settings: Settings) -> None:
    """Count pairs and choose some of each relation."""
    close = ClosePairs(settings)
    drawn: dict[str, Lowest[Pair]] = defaultdict(lambda: Lowest(PAIRS))
    kept = {(name, each["keep"]) for each in samples.clusters for name in each["members"]}
    for pair in map(pair_of, outputs.pairs()):
        score = pair.story if pair.relation in ("same_story", "border_story") else pair.similarity
        figures.similarities[pair.relation][twentieth(score)] += 1
        close.offer(pair)
        for ends in ((pair.left, pair.right), (pair.right, pair.left)):
            if ends in kept:
                samples.member_pairs[ends] = pair
        drawn[pair.relation].offer(hashed_share(pair.left, pair.right), f"{pair.left}\0{pair.right}", pair)
    samples.close = list(close)
    samples.pairs = list(_all(drawn))


def _all(drawn: dict[str, Lowest[Pair]]) -> Iterator[Pair]:
    return itertools.chain.from_iterable(drawn[relation] for relation in sorted(drawn))
