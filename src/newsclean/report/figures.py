"""Counts of a run by rule, source and language, and which of them are far from the rest."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from newsclean.jobs import flag_meaning
from newsclean.report.outputs import Article
from newsclean.report.sampling import Frequent

NO_NAME = "(unknown)"
LEAST_ARTICLES = 20
"""Sources and languages with fewer articles raise no alarm."""
FAR = 5.0
"""An alarm is raised from so many median deviations above the median of all sources on ..."""
KNOWN = 2_000
"""Sources of a rule that are counted; removed texts, ten times as many."""
LONGEST_REMOVED = 200
"""Code points of a removed text that is counted."""
LEAST_SHARE = 0.1
"""... if the share is above the median by this much, too."""


@dataclass
class Group:
    """What happened to the articles of one source or language."""

    name: str
    articles: int = 0
    dropped: int = 0
    changed: int = 0
    flagged: int = 0
    characters: int = 0
    """Code points of the raw texts."""
    removed: int = 0
    repaired: int = 0
    """Code points removed by, and edits of, repairs and removals."""

    @property
    def removed_share(self) -> float:
        """Share of the raw text that was removed."""
        return self.removed / self.characters if self.characters else 0.0

    @property
    def dropped_share(self) -> float:
        """Share of the articles that were dropped."""
        return self.dropped / self.articles if self.articles else 0.0

    def add(self, article: Article) -> None:
        """Count an article."""
        self.articles += 1
        self.dropped += article.is_dropped
        self.changed += bool(article.edits)
        self.flagged += bool(article.flags)
        delta = sum(len(edit.before) - len(edit.after) for edit in article.edits)
        self.characters += len(article.document["text"]) + delta
        self.removed += sum(len(edit.before) for edit in article.edits if not edit.after)
        self.repaired += sum(bool(edit.after) for edit in article.edits)


@dataclass(frozen=True)
class Alarm:
    """A source or language to look at, and why."""

    kind: str
    name: str
    reason: str


@dataclass
class Figures:
    """All counts of a run that its summary does not have."""

    sources: dict[str, Group] = field(default_factory=dict)
    languages: dict[str, Group] = field(default_factory=dict)
    removed_by_rule: Counter[str] = field(default_factory=Counter)
    """Code points; what several rules removed together counts for each."""
    edits_by_rule: Counter[str] = field(default_factory=Counter)
    sources_by_rule: dict[str, Frequent] = field(default_factory=lambda: defaultdict(lambda: Frequent(KNOWN)))
    repairs_by_rule: Counter[str] = field(default_factory=Counter)
    """Edits that put something in place of the damage."""
    texts: Frequent = field(default_factory=lambda: Frequent(10 * KNOWN))
    """Removed texts, short ones whole: what sources repeat."""
    confidences: Counter[int] = field(default_factory=Counter)
    """Removals by confidence, in twentieths."""
    similarities: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """Pairs by relation and similarity (of stories: confidence), in twentieths."""
    cluster_sizes: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    days: Counter[str] = field(default_factory=Counter)
    """Articles by day."""
    story_days: Counter[str] = field(default_factory=Counter)
    """Articles of stories by day."""
    flags: Counter[str] = field(default_factory=Counter)

    def add(self, article: Article, in_story: bool) -> None:
        """Count an article."""
        source, language = article.document["source"] or NO_NAME, article.document["lang"] or NO_NAME
        self.sources.setdefault(source, Group(source)).add(article)
        self.languages.setdefault(language, Group(language)).add(article)
        self.flags.update(flag.split()[0] for flag in article.flags)
        for edit in article.edits:
            for rule in edit.rule.split(" + "):
                self.edits_by_rule[rule] += 1
                self.repairs_by_rule[rule] += bool(edit.after)
                if not edit.after:
                    self.removed_by_rule[rule] += len(edit.before)
                self.sources_by_rule[rule].add(source, 1 if edit.after else len(edit.before))
            if not edit.after and len(text := edit.before.strip()) <= LONGEST_REMOVED:
                self.texts.add(text)
            if not edit.after:
                self.confidences[twentieth(edit.confidence)] += 1
        if day := day_of(article):
            self.days[day] += 1
            self.story_days[day] += in_story

    def alarms(self) -> list[Alarm]:
        """Sources and languages of which much more was removed or dropped than of the others; flags."""
        found = [*_outliers("source", self.sources.values()), *_outliers("language", self.languages.values())]
        found += [
            Alarm(
                "flag", flag, f"{count:,} article{'' if count == 1 else 's'}; {flag_meaning(flag).partition(': ')[2]}"
            )
            for flag, count in sorted(self.flags.items())
        ]
        return found


def day_of(article: Article) -> str:
    """The day of an article, or nothing."""
    day = (article.document["date"] or "")[:10]
    return day if len(day) == 10 and day[4] == day[7] == "-" else ""


def twentieth(share: float) -> int:
    """The bin, 0 to 19, of a number from 0 to 1."""
    return min(19, max(0, int(share * 20)))


def _outliers(kind: str, groups: Iterable[Group]) -> list[Alarm]:
    large = sorted((group for group in groups if group.articles >= LEAST_ARTICLES), key=lambda group: group.name)
    found = []
    for what, share in (("removed", Group.removed_share), ("dropped", Group.dropped_share)):
        values = [share.__get__(group) for group in large]
        if len(values) < 3:
            continue
        median = statistics.median(values)
        deviation = statistics.median(abs(value - median) for value in values)
        for group, value in zip(large, values, strict=True):
            if value > median + max(FAR * deviation, LEAST_SHARE):
                of = "text" if what == "removed" else "articles"
                reason = f"{value:.0%} of its {of} {what}; half of all have {median:.0%} or less"
                found.append(Alarm(kind, group.name, reason))
    return found
