"""Audit: a sample of a run's decisions as a sheet for a person to judge, and what the judgements say."""

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclean.errors import InputError
from newsclean.formats.base import Document
from newsclean.formats.fields import Fields
from newsclean.report.close_decisions import ClosePair, ClosePairs, pair_of, settings_of
from newsclean.report.outputs import Article, RunOutputs
from newsclean.report.sampling import Lowest, hashed_share
from newsclean.report.spans import printable

STRATA = ("removed", "kept-beside", "repaired", "dropped", "border", "border-pair")
"""What is judged: removals, lines kept beside them, repairs, dropped articles, the least sure removals, and pairs next
to a threshold."""
VERDICTS = ("right", "wrong", "unsure")
CONTEXT = 200
"""Code points shown before and behind what is judged."""
SHOWN = 1_500
"""Code points shown of each article of two."""
NORMAL = 1.96
"""Standard deviations of a 95 % interval."""


class Item(NamedTuple):
    """A row of the sheet. `of` is how many decisions its stratum has in the whole run."""

    number: int
    stratum: str
    of: int
    id: str
    rule: str
    source: str
    lang: str
    confidence: float
    before: str
    text: str
    after: str
    behind: str
    verdict: str = ""
    note: str = ""


class Score(NamedTuple):
    """Share of judged items that are right, with its 95 % interval. `unsure` items are left out."""

    group: str
    name: str
    right: int
    judged: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        """Share of right items."""
        return self.right / self.judged if self.judged else math.nan


def draw(folder: Path, size: int, seed: int, fields: Fields = Fields()) -> list[Item]:
    """About `size` decisions of a run, the strata alike, drawn by lot: the same ones each time for the same `seed`.

    Raises:
        InputError: there is no finished run in `folder`, or one of its files is damaged.
    """
    outputs = RunOutputs(folder, fields)
    each = max(1, size // len(STRATA))
    samples: dict[str, Lowest[Item]] = {stratum: Lowest(each) for stratum in STRATA}
    counts: Counter[str] = Counter()
    kept_for = {row["left"]: row for row in _pairs_of_dropped(outputs)}
    close = ClosePairs(settings_of(outputs.summary), each)
    counts["border-pair"] = sum(map(close.offer, map(pair_of, outputs.pairs())))
    wanted = {row["right"] for row in kept_for.values()}
    documents = _documents(outputs, wanted | {name for found in close for name in found.pair[:2]})
    for found in close:
        item = _pair(found, documents)
        samples["border-pair"].offer(abs(found.score - found.threshold), f"{item.id}\0{item.before}", item)
    for article in outputs.articles():
        for item in _decisions(article, kept_for, documents):
            counts[item.stratum] += 1
            lot = hashed_share(str(seed), item.stratum, item.id, item.text)
            key = item.confidence if item.stratum == "border" else lot
            samples[item.stratum].offer(key, f"{item.id}\0{item.before}\0{item.text}", item)
    drawn = [item for stratum in STRATA for item in samples[stratum]]
    return [item._replace(number=number, of=counts[item.stratum]) for number, item in enumerate(drawn, 1)]


def to_csv(items: Iterable[Item]) -> str:
    """The sheet as CSV; texts that a spreadsheet would take for a formula begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Item._fields)
    for item in items:
        writer.writerow([_without_formula(value) if isinstance(value, str) else value for value in item])
    return out.getvalue()


def score(sheet: Path) -> list[Score]:
    """Precision of a judged sheet: by stratum, rule, source and language.

    Raises:
        InputError: the file is no sheet, or a verdict is not one of VERDICTS.
    """
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in _judged(sheet):
        if row["verdict"] == "unsure":
            continue
        for group in ("stratum", "rule", "source", "lang"):
            if row[group]:
                groups[group, row[group]].append(row["verdict"] == "right")
    found = []
    for (group, name), verdicts in sorted(groups.items()):
        right, judged = sum(verdicts), len(verdicts)
        found.append(Score(group, name, right, judged, *_interval(right, judged)))
    return found


def _judged(sheet: Path) -> Iterator[dict[str, str]]:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"stratum", "verdict"} - set(rows.fieldnames or ())
        if missing:
            raise InputError(f"{sheet} is no audit sheet: it has no column {', '.join(sorted(missing))}")
        for number, row in enumerate(rows, 2):
            row["verdict"] = (row["verdict"] or "").strip().lower()
            if row["verdict"] and row["verdict"] not in VERDICTS:
                raise InputError(
                    f"{sheet} line {number}: verdict must be {', '.join(VERDICTS)} or empty, got {row['verdict']!r}"
                )
            if row["verdict"]:
                yield {name: row.get(name) or "" for name in Item._fields}


def _interval(right: int, judged: int) -> tuple[float, float]:
    """The 95 % interval of a share. Source: Wilson (1927), the score interval."""
    share, square = right / judged, NORMAL**2
    middle = (share + square / (2 * judged)) / (1 + square / judged)
    half = NORMAL / (1 + square / judged) * math.sqrt(share * (1 - share) / judged + square / (4 * judged**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _decisions(article: Article, kept_for: dict[str, dict[str, str]], documents: dict[str, Document]) -> Iterator[Item]:
    """Everything that was decided of an article."""
    document, raw = article.document, article.raw
    about = {"id": document["id"], "source": document["source"] or "", "lang": document["lang"] or ""}
    for edit in article.edits:
        before = printable(raw[max(0, edit.start - CONTEXT) : edit.start])
        behind = printable(raw[edit.end : edit.end + CONTEXT])
        stratum = "repaired" if edit.after else "removed"
        shown = {"before": before, "text": printable(edit.before), "after": printable(edit.after), "behind": behind}
        item = Item(0, stratum, 0, rule=edit.rule, confidence=edit.confidence, **about, **shown)
        yield item
        if stratum == "removed" and edit.confidence < 1:
            yield item._replace(stratum="border")
    yield from _kept_beside(article, raw, about)
    drop = kept_for.get(document["id"]) if article.is_dropped else None
    if drop is not None:
        text, kept = (_beginning(each) for each in (document, documents.get(drop["right"])))
        yield Item(0, "dropped", 0, rule=drop["relation"], confidence=float(drop["similarity"]), before="", text=text,
                   after=kept, behind="", **about)  # fmt: skip


def _kept_beside(article: Article, raw: str, about: dict[str, str]) -> Iterator[Item]:
    """The lines above and below removals that were kept."""
    gone = [(edit.start, edit.end) for edit in article.edits if not edit.after]
    position = 0
    for line in raw.splitlines(keepends=True):
        start, end = position, position + len(line)
        position = end
        touches = any(low < end and high > start for low, high in gone)
        beside = any(0 <= start - high <= 2 or 0 <= low - end <= 2 for low, high in gone)
        if line.strip() and beside and not touches:
            shown = {
                "before": printable(raw[max(0, start - CONTEXT) : start]),
                "behind": printable(raw[end : end + CONTEXT]),
            }
            yield Item(
                0, "kept-beside", 0, rule="", confidence=1.0, text=printable(line.strip()), after="", **about, **shown
            )


def _pairs_of_dropped(outputs: RunOutputs) -> Iterator[dict[str, str]]:
    """For each dropped article its pair with the one that was kept, the dropped one as `left`."""
    kept: dict[str, str] = {}
    for cluster in outputs.clusters():
        if cluster["kind"] == "duplicate":
            kept.update({member: cluster["keep"] for member in cluster["members"] if member != cluster["keep"]})
    for pair in outputs.pairs():
        for left, right in ((pair["left"], pair["right"]), (pair["right"], pair["left"])):
            if pair["relation"] != "same_story" and kept.get(left) == right:
                yield pair | {"left": left, "right": right}


def _documents(outputs: RunOutputs, wanted: set[str]) -> dict[str, Document]:
    """Documents by id, with the beginning of their texts."""
    if not wanted:
        return {}
    every = (article.document for article in outputs.articles())
    return {each["id"]: each | {"text": each["text"][:SHOWN]} for each in every if each["id"] in wanted}


def _beginning(document: Document | None) -> str:
    return "" if document is None else printable(document["text"][:SHOWN])


def _pair(close: ClosePair, documents: dict[str, Document]) -> Item:
    """A pair next to a threshold; the id of the second article stands before, what was decided behind."""
    pair, said, score, threshold = close
    left, right = documents.get(pair.left), documents.get(pair.right)
    why = f"{said} ({score:.2f}, threshold {threshold:.2f})"
    return Item(
        0,
        "border-pair",
        0,
        id=pair.left,
        rule=pair.relation,
        source=(left["source"] if left else None) or "",
        lang=(left["lang"] if left else None) or "",
        confidence=round(score, 4),
        before=pair.right,
        text=_beginning(left),
        after=_beginning(right),
        behind=why,
    )


def _without_formula(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def table(scores: Sequence[Score]) -> str:
    """The scores as a plain table."""
    lines = [f"{'':8} {'':28} right / judged   precision (95 % interval)"]
    for each in scores:
        share = f"{each.precision:6.1%} ({each.low:.1%} to {each.high:.1%})"
        lines.append(f"{each.group:8} {each.name[:28]:28} {each.right:5} / {each.judged:<6}   {share}")
    return "\n".join(lines)
