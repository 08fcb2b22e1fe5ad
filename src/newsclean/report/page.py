"""The page: one HTML file with its styles and scripts, made from a report."""

import functools
import importlib.resources
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2
from markupsafe import Markup

from newsclean import __version__
from newsclean.duplicates import Pair, evidence
from newsclean.edits import Edit
from newsclean.report import charts
from newsclean.report.audit import VERDICTS, Item
from newsclean.report.close_decisions import ClosePair, next_mode
from newsclean.report.collect import Report, Samples
from newsclean.report.figures import Figures, Group
from newsclean.report.meanings import RELATIONS, rule_meaning
from newsclean.report.outputs import Article
from newsclean.report.spans import edited, printable, shared
from newsclean.settings import Settings

TWENTIETHS = [f"{place / 20:.2f}" for place in range(20)]
SIZES = ["2", "3", "4", "5", "6-10", "11-20", "21-50", "51+"]
TOTALS = ("read", "kept", "changed", "characters_removed", "dropped", "stories", "rejected", "skipped")
"""What the page takes from the summary of the run."""
RULES = 60
"""Rules of a table."""
REPEATED = 25
"""Removed texts that occur most often."""
STORIES = 8
"""Stories of the timeline."""
ROWS = 30
"""Rows of the tables of sources and languages."""
BESIDE = 1_500
"""Code points from a close change within which others are marked, too."""
SHOWN = 6_000
"""Code points of a text that a pair shows at most."""


def render(report: Report) -> str:
    """The whole page. Every text of an article is escaped."""
    figures, samples = report.figures, report.samples
    return _template("page.html").render(
        version=__version__,
        name=printable(report.folder.name),
        summary=dict.fromkeys(TOTALS) | report.summary,
        alarms=figures.alarms(),
        flagged=sum(group.flagged for group in figures.sources.values()),
        removals=_rules(figures, figures.removed_by_rule),
        repairs=_rules(figures, figures.repairs_by_rule),
        repeated=[(printable(text), count) for text, count in figures.texts.most_common(REPEATED) if count > 1],
        sources=_largest(figures.sources),
        languages=_largest(figures.languages),
        confidence=charts.histogram(figures.confidences, TWENTIETHS, "Removals by confidence"),
        similarity=_similarities(figures),
        sizes=_cluster_sizes(figures),
        days=charts.timeline(figures.days, "Articles by day") if figures.days else None,
        story_days=charts.timeline(figures.story_days, "Articles of stories by day") if figures.days else None,
        stories=_story_spans(samples),
        borderline=[_borderline(article, article.edits[place]) for article, place in samples.borderline],
        nearly=[_borderline(article, edit) for article, edit in samples.nearly],
        mode=report.settings.boilerplate.mode,
        next_mode=next_mode(report.settings),
        has_border=report.settings.duplicates.border,
        close=[_close(each, samples.texts) for each in samples.close if _is_known(each.pair, samples.texts)],
        lost=[_article(article) | {"lost": share} for article, share in samples.lost],
        flagged_articles=[_article(article) for article in samples.flagged],
        articles=[_article(article) for article in samples.articles],
        pairs=[_pair(pair, samples.texts) for pair in samples.pairs if _is_known(pair, samples.texts)],
        clusters=[_cluster(cluster, samples) for cluster in samples.clusters],
        keep=_policy(report.settings),
        rejects=[{name: printable(str(value)) for name, value in row.items()} for row in samples.rejects],
        relations=RELATIONS,
    )


def render_audit(name: str, items: Sequence[Item]) -> str:
    """The sheet of an audit as a form that saves its answers to a file."""
    rows = [item._asdict() for item in items]
    return _template("audit.html").render(
        name=printable(name), items=rows, verdicts=VERDICTS, columns=Item._fields, version=__version__
    )


@functools.cache
def _template(name: str) -> jinja2.Template:
    files = importlib.resources.files(__package__) / "assets"
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["printable"] = printable
    for asset in ("style.css", "script.js", "audit.js"):
        environment.globals[asset.replace(".", "_")] = (files / asset).read_text(encoding="utf-8")
    return environment.from_string((files / name).read_text(encoding="utf-8"))


def _rules(figures: Figures, counts: Counter[str]) -> list[dict[str, Any]]:
    """A row for each rule that is counted: what it did, and to whom most."""
    ordered = sorted((rule for rule in counts if counts[rule]), key=lambda rule: (-counts[rule], rule))
    return [
        {
            "name": rule,
            "meaning": rule_meaning(rule),
            "edits": figures.edits_by_rule[rule],
            "removed": counts[rule],
            "sources": ", ".join(
                f"{printable(name)} {count:,}" for name, count in figures.sources_by_rule[rule].most_common(3)
            ),
        }
        for rule in ordered[:RULES]
    ]


def _largest(groups: Mapping[str, Group]) -> list[Group]:
    """The groups with most articles, and those of which most was removed."""
    by_articles = sorted(groups.values(), key=lambda group: (-group.articles, group.name))[:ROWS]
    by_removed = sorted(groups.values(), key=lambda group: (-group.removed, group.name))[:ROWS]
    chosen = {group.name: group for group in (*by_articles, *by_removed)}
    return sorted(chosen.values(), key=lambda group: (-group.removed, group.name))


def _similarities(figures: Figures) -> dict[str, Any]:
    return {
        relation: charts.histogram(counts, TWENTIETHS, f"{relation}: pairs by score")
        for relation, counts in sorted(figures.similarities.items())
    }


def _cluster_sizes(figures: Figures) -> dict[str, Any]:
    return {
        kind: charts.histogram(_sizes(counts), SIZES, f"Clusters by size: {kind}")
        for kind, counts in sorted(figures.cluster_sizes.items())
    }


def _sizes(counts: Mapping[int, int]) -> dict[int, int]:
    bounds = (2, 3, 4, 5, 10, 20, 50)
    found: dict[int, int] = dict.fromkeys(range(len(SIZES)), 0)
    for size, count in counts.items():
        found[sum(size > bound for bound in bounds)] += count
    return found


def _about(article: Article) -> dict[str, Any]:
    document = article.document
    title = document["title"] or document["text"].strip().split("\n")[0]
    return {
        "id": printable(document["id"]),
        "title": printable(title[:160]),
        "source": printable(document["source"] or ""),
        "lang": printable(document["lang"] or ""),
        "date": printable(document["date"] or ""),
        "dropped": article.is_dropped,
        "length": len(document["text"]),
    }


def _article(article: Article) -> dict[str, Any]:
    rules = sorted({rule for edit in article.edits for rule in edit.rule.split(" + ")})
    return _about(article) | {
        "rules": rules,
        "flags": article.flags,
        "spans": edited(article.raw, article.edits),
    }


def _borderline(article: Article, edit: Edit) -> dict[str, Any]:
    return _about(article) | {
        "rule": edit.rule,
        "why": rule_meaning(edit.rule),
        "confidence": edit.confidence,
        "spans": edited(article.raw, _beside(edit, article.edits), context=200, asked=edit),
    }


def _beside(edit: Edit, edits: Sequence[Edit]) -> list[Edit]:
    """An edit with those that stand near it: without them, what goes too would look as if it stayed."""
    others = [
        each
        for each in edits
        if (each.end <= edit.start or each.start >= edit.end)
        and max(each.start - edit.end, edit.start - each.end) < BESIDE
    ]
    return sorted([edit, *others])


def _pair(pair: Pair, texts: Mapping[str, Article]) -> dict[str, Any]:
    left, right = texts[pair.left], texts[pair.right]
    left_text, right_text = (side.document["text"][:SHOWN] for side in (left, right))
    found = evidence(left_text, right_text, pair)
    sides: Sequence[tuple[Article, str, list[tuple[int, int]]]] = (
        (left, left_text, [(passage.left_start, passage.left_end) for passage in found.passages]),
        (right, right_text, [(passage.right_start, passage.right_end) for passage in found.passages]),
    )
    return {
        "relation": pair.relation,
        "meaning": RELATIONS.get(pair.relation, ""),
        "similarity": pair.similarity,
        "story": pair.story,
        "copy": pair.copy,
        "terms": [printable(term) for term in found.terms],
        "sides": [_about(side) | {"spans": shared(text, places)} for side, text, places in sides],
    }


def _close(close: ClosePair, texts: Mapping[str, Article]) -> dict[str, Any]:
    return _pair(close.pair, texts) | {"said": close.said, "score": close.score, "threshold": close.threshold}


def _is_known(pair: Pair, texts: Mapping[str, Article]) -> bool:
    return pair.left in texts and pair.right in texts


def _story_spans(samples: Samples) -> Markup | None:
    """When the articles of the largest stories appeared."""
    rows: dict[str, list[str]] = {}
    for story, days in sorted(samples.story_days.items(), key=lambda item: (-len(item[1]), item[0]))[:STORIES]:
        title = _about(samples.texts[story])["title"] if story in samples.texts else printable(story)
        label = f"{title[:44]}…" if len(title) > 45 else title
        rows[label if label not in rows else f"{label} ({len(rows)})"] = days
    return charts.spans(rows, "Days of the largest stories") if rows else None


def _policy(settings: Settings) -> str:
    """Why one of several copies is kept."""
    of = settings.duplicates
    preferred = f"a preferred source ({', '.join(of.preferred_sources)}), then " if of.preferred_sources else ""
    return f"{preferred}the {of.keep} article"


def _cluster(cluster: Mapping[str, Any], samples: Samples) -> dict[str, Any]:
    """A cluster: the article that is kept, or leads, before the others, and beside one of them."""
    members, beside = [], None
    keep = cluster["keep"]
    for name in sorted(cluster["members"], key=lambda name: name != keep):
        if name in samples.texts:
            pair = samples.member_pairs.get((name, keep))
            members.append(_about(samples.texts[name]) | {"pair": pair})
            if beside is None and pair is not None and keep in samples.texts:
                beside = _pair(pair, samples.texts)
    return {
        "kind": cluster["kind"],
        "id": printable(cluster["id"]),
        "keep": printable(keep),
        "size": cluster["size"],
        "members": members,
        "beside": beside,
    }
