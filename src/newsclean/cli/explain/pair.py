"""Why two articles match or not: shared passages and terms, and what each feature adds to the decision."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from newsclean.cli.explain.lookup import FoundArticle, is_run
from newsclean.cli.terminal import visible
from newsclean.duplicates import PairExplanation, explain_pair
from newsclean.report import RELATIONS, RunOutputs
from newsclean.settings import DuplicateSettings

_FEATURES = 8  # shown of each decision
_SHOWN = 300  # code points of a passage
_QUESTIONS = {"copy": "Copies of one text?", "story": "Reports on one event?"}


def explained(articles: Sequence[FoundArticle], settings: DuplicateSettings) -> PairExplanation:
    """Two articles, judged alone."""
    left, right = (each.document for each in articles)
    return explain_pair(left, right, settings)


def recorded(path: str, ids: Sequence[str]) -> dict[str, Any] | None:
    """What a run wrote of a pair; None if it did not name it, or if there is no run."""
    if not is_run(path):
        return None
    wanted = set(ids)
    return next((row for row in RunOutputs(Path(path)).pairs() if {row["left"], row["right"]} == wanted), None)


def clusters_of(path: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The clusters of a run that hold both articles, without their other members."""
    if not is_run(path):
        return []
    wanted = set(ids)
    rows = RunOutputs(Path(path)).clusters()
    return [row | {"members": len(row["members"])} for row in rows if wanted <= set(row["members"])]


def as_json(found: PairExplanation, row: dict[str, Any] | None, clusters: list[dict[str, Any]]) -> dict[str, Any]:
    """An explanation as JSON holds it. `recorded` is what the run wrote, `alone` what the two are without others."""
    judgements = [
        each._asdict() | {"features": [feature._asdict() for feature in each.features]} for each in found.judgements
    ]
    return {
        "recorded": row,
        "clusters": clusters,
        "alone": None if found.pair is None else found.pair._asdict(),
        "judgements": judgements,
        "equal_bands": found.equal_bands,
        "bands": found.bands,
        "passages": [passage._asdict() for passage in found.evidence.passages],
        "terms": list(found.evidence.terms),
    }


def print_pair(
    articles: Sequence[FoundArticle], found: PairExplanation, row: dict[str, Any] | None, clusters: list[dict[str, Any]]
) -> None:
    """What two articles are to each other, and why, to standard output."""
    console = Console(highlight=False, soft_wrap=True)
    for side, each in zip("AB", articles, strict=True):
        about = each.document
        facts = (about["source"], about["lang"], about["date"], f"{len(about['text']):,} characters")
        title = about["title"] or about["text"].strip().split("\n")[0][:160]
        console.print(Text.assemble((f"{side}  ", "bold"), (visible(about["id"]), "cyan"), f"  {visible(title)}"))
        console.print(Text(f"   {visible(', '.join(filter(None, facts)))}", style="dim"))
    if row is not None:
        scores = f"similarity {row['similarity']:.2f}, story {row['story']:.2f}, copy {row.get('copy', 0):.2f}"
        console.print(Text(f"The run: {_meaning(row['relation'])}; {scores}."))
    for cluster in clusters:
        kind = "one story" if cluster["kind"] == "story" else "copies"
        console.print(
            Text(f"Together in a cluster of {cluster['members']:,} ({kind}), kept: {visible(cluster['keep'])}.")
        )
    alone = "nothing to each other" if found.pair is None else _meaning(found.pair.relation)
    console.print(Text(f"Judged alone, without the terms and passages of other articles: {alone}."))
    console.print(Text(f"{found.equal_bands} of {found.bands} bands of their signatures are equal.", style="dim"))
    for judgement in found.judgements:
        verdict = "yes" if judgement.confidence >= judgement.threshold else "no"
        console.print()
        console.print(Text.assemble((f"{_QUESTIONS[judgement.question]} {verdict}", "bold"),
                                    f"  {judgement.confidence:.3f}, threshold {judgement.threshold:g}"))  # fmt: skip
        for note in judgement.notes:
            console.print(Text(f"  {note}", style="yellow"))
        for feature in judgement.features[:_FEATURES]:
            style = "green" if feature.credit > 0 else "red"
            console.print(
                Text.assemble((f"  {feature.credit:+6.2f}", style), f"  {feature.value:8.3f}  {feature.meaning}")
            )
    _print_evidence(console, found)


def _print_evidence(console: Console, found: PairExplanation) -> None:
    console.print()
    if not found.evidence.passages:
        console.print("No passage of five words is in both.")
    for passage in found.evidence.passages:
        text = passage.text if len(passage.text) <= _SHOWN else f"{passage.text[:_SHOWN]}… ({len(passage.text):,})"
        where = f"A {passage.left_start:,} to {passage.left_end:,}, B {passage.right_start:,} to {passage.right_end:,}"
        console.print(Text.assemble(("both have  ", "bold"), visible(text), (f"  ({where})", "dim")))
    if found.evidence.terms:
        console.print(Text.assemble(("telling words of both  ", "bold"), visible(", ".join(found.evidence.terms))))


def _meaning(relation: str) -> str:
    return f"{relation} ({RELATIONS.get(relation, relation)})"
