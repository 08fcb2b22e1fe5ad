"""Close decisions: pairs on either side of a threshold, and lines that the next mode would remove."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newsclean.duplicates import Pair
from newsclean.edits import Edit
from newsclean.pipeline import clean_batch
from newsclean.report.outputs import Article
from newsclean.report.sampling import Lowest
from newsclean.settings import MODES, Settings

CLOSE = 6
"""Pairs shown on each side of each threshold."""
SURE = 0.8
"""Confidence from which copies are dropped, unless all likely ones are."""
COPIES = ("near_duplicate", "contained")


class ClosePair(NamedTuple):
    """A pair near a threshold."""

    pair: Pair
    said: str
    """What was decided, in words."""
    score: float
    threshold: float


class ClosePairs:
    """The pairs next to the thresholds of a run."""

    def __init__(self, settings: Settings, most: int = CLOSE) -> None:
        of = settings.duplicates
        self._most = most
        self._copy, self._story = of.copy_threshold, of.story_threshold
        self._drop = None if of.drop == "likely" else max(SURE, of.copy_threshold)
        self._found: dict[str, Lowest[ClosePair]] = {}

    def offer(self, pair: Pair) -> bool:
        """Think of a pair for each decision that it was subject to; whether there was one."""
        decisions = list(self._decisions(pair))
        for said, score, threshold in decisions:
            found = self._found.setdefault(said, Lowest(self._most))
            found.offer(abs(score - threshold), f"{pair.left}\0{pair.right}", ClosePair(pair, said, score, threshold))
        return bool(decisions)

    def _decisions(self, pair: Pair) -> Iterator[tuple[str, float, float]]:
        if pair.relation in COPIES:
            yield "just above: called copies", pair.copy, self._copy
            if self._drop is not None:
                dropped = pair.copy >= self._drop
                said = "just above: sure enough to be dropped" if dropped else "just below: called copies, not dropped"
                yield said, pair.copy, self._drop
        elif pair.relation == "border_copy":
            yield "just below: not called copies", pair.copy, self._copy
        elif pair.relation == "same_story":
            yield "just above: called one story", pair.story, self._story
        elif pair.relation == "border_story":
            yield "just below: not called one story", pair.story, self._story

    def __iter__(self) -> Iterator[ClosePair]:
        for said in sorted(self._found):
            yield from self._found[said]


def pair_of(row: Mapping[str, Any]) -> Pair:
    """A pair of a row of `pairs.jsonl`."""
    return Pair(**{name: row[name] for name in Pair._fields if name in row})


def settings_of(summary: Mapping[str, Any]) -> Settings:
    """The settings of a run; the usual ones where its summary does not say."""
    return Settings.from_mapping(summary.get("settings") or {})


def next_mode(settings: Settings) -> str | None:
    """The mode that removes more than that of the run; None if there is none."""
    place = MODES.index(settings.boilerplate.mode) + 1
    return MODES[place] if place < len(MODES) else None


def nearly_removed(articles: Iterable[Article], settings: Settings) -> Iterator[tuple[Article, Edit]]:
    """What the next mode would remove of some articles, and the run did not."""
    mode = next_mode(settings)
    articles = list(articles)
    if mode is None:
        return
    more = settings.changed({"boilerplate": {"mode": mode}})
    sources = [article.document["source"] for article in articles]
    for article, cleaned in zip(
        articles, clean_batch([each.raw for each in articles], more, sources=sources), strict=True
    ):
        for edit in cleaned.edits:
            start, end = _inside(edit)
            met = any(start < each.end and each.start < end for each in article.edits)
            if not edit.after and start < end and not met:
                yield article, edit


def _inside(edit: Edit) -> tuple[int, int]:
    """Where a removed text begins and ends, without the space around it, of which either side may go."""
    start = edit.start + len(edit.before) - len(edit.before.lstrip())
    return start, start + len(edit.before.strip())
