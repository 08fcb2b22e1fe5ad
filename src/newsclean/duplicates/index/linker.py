"""Puts the articles of a batch into stories, and what they touch together again.

Stories that new articles have pairs with are made anew, as a batch would make them. The pairs of their recent articles
are scored with what the index knows today, and joined by average link. Articles of earlier days have no pairs with
today's. Those of a story stay together, and count as one group that recent articles may join. A story keeps its id
where most of its articles are.

What terms weigh changes with each batch. So that headlines near the threshold do not come and go, more is asked of new
ones, which may still join on a later day. Less is asked of two that are a story. A copy follows the longest of those
that it is a copy of, as in a batch.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from newsclean.duplicates.clustering import link_groups
from newsclean.duplicates.index.store import Store
from newsclean.duplicates.index.stories import CREATED, JOINED, LEFT, MERGED, MOVED, Edge, StoryEvent, story_id
from newsclean.duplicates.metadata import NO_DAY
from newsclean.settings import DuplicateSettings

YOUNG = 5_000  # articles up to which all stories are made anew: what terms weigh still changes with each batch
RECENT = 2  # windows of days around new articles, in which the articles of a story are put together again
MOST_LEADERS = 200  # leaders of one story that are
SURER = 1.12  # times the threshold is asked of new headlines: what is just above it today is often below it tomorrow
STAYING = 0.4  # share of the threshold from which two articles that are a story, and would each be alone, stay one
Scored = list[tuple[int, int, float, bool]]
"""Pairs of articles, by number, how surely they report one event, and whether both are short."""


class Touched(NamedTuple):
    """What is put together again."""

    loose: list[int]
    """Articles that are nobody's copy."""
    settled: dict[int, list[int]]
    """Stories whose earlier articles stay together, and those of them that loose ones may have pairs with."""
    homes: dict[int, int]
    """The stories of loose articles that were in one."""


class Group(NamedTuple):
    """What was joined: loose articles, and settled stories."""

    articles: list[int]
    stories: list[int]
    size: int
    within: float


class Linker:
    """Joins the articles of one batch to stories."""

    def __init__(self, store: Store, score: Callable[[Sequence[int]], Scored], settings: DuplicateSettings) -> None:
        """`score` finds the pairs of some articles."""
        self._names, self._store, self._score = store, store.stories, score
        self._threshold, self._window = settings.story_threshold, settings.story_days
        self.events: list[tuple[str, int, str, int | None]] = []
        self._first = 0  # number of the first new article

    def link(self, edges: Sequence[Edge], first: int) -> list[StoryEvent]:
        """Put new articles, numbered from `first`, into stories, by their pairs with older ones; returns what happened,
        in order."""
        self._first = first
        leaders: dict[int, int] = {}  # of copies among the new articles
        follows = [edge for edge in edges if edge.follows]
        length = self._names.lengths({edge.old for edge in follows})
        for edge in sorted(follows, key=lambda edge: (edge.new, -length[edge.old], edge.old)):
            if self._leader(edge.old, leaders) == edge.old:  # copies of a copy need not be copies of what it follows
                leaders.setdefault(edge.new, edge.old)
        reached = [edge for edge in edges if edge.new not in leaders]
        if reached:
            new = sorted({edge.new for edge in reached})
            if self._names.count() <= YOUNG:
                touched = self._every(leaders)
            else:
                touched = self._touched(new, {self._leader(edge.old, leaders) for edge in reached} - set(new))
            self._name(self._groups(touched), touched, set(leaders.values()))
        for article, leader in sorted(leaders.items()):
            self._follow(article, leader)
        self._store.note_events(self.events)
        return [
            StoryEvent(kind, story_id(story), article, None if other is None else story_id(other))
            for kind, story, article, other in self.events
        ]

    def _leader(self, article: int, leaders: dict[int, int]) -> int:
        """The article that stands for one."""
        if article in leaders:
            return leaders[article]
        member = self._store.member(article)
        return member.leader if member else article

    def _every(self, copies: Container[int]) -> Touched:
        """All articles of a young index."""
        members = {article: self._store.member(article) for article in self._names.all() if article not in copies}
        homes = {article: member.story for article, member in members.items() if member and member.leader == article}
        return Touched([article for article, member in members.items() if not member or article in homes], {}, homes)

    def _touched(self, new: list[int], reached: Iterable[int]) -> Touched:
        """New articles, those that they reach, and the stories of these."""
        members = {article: self._store.member(article) for article in reached}
        touched = Touched(new + [article for article, member in members.items() if member is None], {}, {})
        for story in sorted({member.story for member in members.values() if member}):
            leaders = self._store.leaders(story)
            recent = set(self._near(leaders, new, RECENT)[-MOST_LEADERS:])
            touched.homes.update(dict.fromkeys(recent, story))
            if len(recent) < len(leaders):
                early = [article for article in leaders if article not in recent]
                touched.settled[story] = self._near(early, new, RECENT + 1)[-MOST_LEADERS:]
        return touched._replace(loose=sorted(touched.loose + list(touched.homes)))

    def _near(self, articles: list[int], new: list[int], windows: int) -> list[int]:
        """Those that appeared within so many windows of days of the new ones, or have no date."""
        days = [day for day in self._names.days(new) if day != NO_DAY]
        if not days:
            return articles
        first, last = min(days) - windows * self._window, max(days) + windows * self._window
        dated = zip(articles, self._names.days(articles), strict=True)
        return [article for article, day in dated if day == NO_DAY or first <= day <= last]

    def _groups(self, touched: Touched) -> list[Group]:
        """What average link makes of loose articles and settled stories."""
        settled = {article: -story for story, early in touched.settled.items() for article in early}
        home_of = touched.homes | {article: -node for article, node in settled.items()}
        node_of = {article: article for article in touched.loose} | settled
        sizes, within = dict.fromkeys(touched.loose, 1), dict.fromkeys(touched.loose, 0.0)
        for story in touched.settled:
            size, within[-story] = self._store.group(story)
            sizes[-story] = size - sum(home == story for home in touched.homes.values())
        sums: dict[tuple[int, int], float] = defaultdict(float)
        doubts: dict[tuple[int, int], float] = defaultdict(float)
        for one, two, score, is_short in self._score(sorted([*touched.loose, *settled])):
            ends = min(node_of[one], node_of[two]), max(node_of[one], node_of[two])
            if ends[0] != ends[1]:
                sums[ends] += score
                doubts[ends] += score - score / SURER if is_short and max(one, two) >= self._first else 0.0
                if -home_of.get(one, 0) in within and home_of[one] == home_of.get(two):  # no part of what is settled
                    within[-home_of[one]] -= score
        nodes, pairs = sorted(sizes), sorted(sums)
        place = {node: at for at, node in enumerate(nodes)}
        roots = link_groups(
            np.array([[place[one], place[two]] for one, two in pairs], np.int64).reshape(-1, 2),
            np.array([sums[each] - doubts[each] for each in pairs], np.float64),
            np.array([sizes[node] for node in nodes], np.int64),
            np.array([max(0.0, within[node]) for node in nodes], np.float64),
            self._threshold,
        ).joined.tolist()
        joined: dict[int, list[int]] = defaultdict(list)
        for node, root in zip(nodes, roots, strict=True):
            joined[root].append(node)
        self._hold(touched, sums, {node: joined[root] for node, root in zip(nodes, roots, strict=True)})
        inside: dict[int, float] = defaultdict(float)  # by the first node of a group, the scores between its nodes
        first = {node: group[0] for group in joined.values() for node in group}
        for ends, total in sums.items():
            inside[first[ends[0]]] += total if first[ends[0]] == first[ends[1]] else 0.0
        return [
            Group(
                [node for node in group if node > 0],
                [-node for node in group if node < 0],
                sum(sizes[node] for node in group),
                sum(max(0.0, within[node]) for node in group) + inside[group[0]],
            )
            for group in sorted(filter(None, joined.values()))
        ]

    def _hold(self, touched: Touched, sums: dict[tuple[int, int], float], group_of: dict[int, list[int]]) -> None:
        """Put two articles that were a story, and would each be alone, together again if they are still alike."""
        homes: dict[int, list[int]] = defaultdict(list)
        for article, story in sorted(touched.homes.items()):
            homes[story].append(article)
        for story, members in homes.items():
            if len(members) != 2 or story in touched.settled:
                continue
            one, two = (group_of[article] for article in members)
            alike = sums.get((members[0], members[1]), 0.0) >= STAYING * self._threshold
            if alike and len(one) == len(two) == 1 and one is not two:
                one += two
                two.clear()

    def _name(self, groups: list[Group], touched: Touched, followed: set[int]) -> None:
        """Make the groups stories: each keeps the id of the story that has most of its articles in it."""
        claims = []
        for at, group in enumerate(groups):
            counts = Counter(touched.homes[article] for article in group.articles if article in touched.homes)
            counts.update({story: 1 + self._store.group(story)[0] for story in group.stories})
            claims += [(-count, story, at) for story, count in counts.items()]
        names: dict[int, int] = {}
        gone: dict[int, int] = {}  # stories, and the group that most of their articles are in
        for _, story, at in sorted(claims):
            if at not in names and story not in names.values():
                names[at] = story
            gone.setdefault(story, at)
        gone = {story: at for story, at in gone.items() if story not in names.values()}
        for at, group in enumerate(groups):
            alone = len(group.articles) == 1 and not group.stories
            if alone and group.articles[0] not in followed and not self._store.has_copies(group.articles[0]):
                names.pop(at, None)
            elif at not in names:
                names[at] = self._fresh(group.articles)
        gone = {story: at for story, at in gone.items() if at in names}
        for story, at in sorted(gone.items()):
            self._store.hand_over(story, names[at])
            self.events.append((MERGED, story, "", names[at]))
        for at, group in enumerate(groups):
            self._fill(names.get(at), group, touched.homes, {story for story in gone if gone[story] == at})
        for story in sorted(set(touched.homes.values()) - set(names.values()) - set(touched.settled) - set(gone)):
            if not self._store.members(story):
                self._store.end(story)

    def _fresh(self, articles: list[int]) -> int:
        """A number that no story has, nor had."""
        unused = [article for article in articles if not self._store.is_story(article)]
        return unused[0] if unused else self._names.next()

    def _fill(self, story: int | None, group: Group, homes: dict[int, int], merged: set[int]) -> None:
        """Put the articles of a group into its story, or the one that is alone into none."""
        if story is None:
            [article] = group.articles
            if article in homes:
                self._store.leave(article)
                self.events.append((LEFT, homes[article], self._names.name(article), None))
            return
        created = not self._store.is_story(story)
        if created:
            self.events.append((CREATED, story, self._names.name(group.articles[0]), None))
        self._store.put_story(story, group.size, group.within)
        for article in group.articles:
            home = homes.get(article)
            if home is None:
                self._store.put_member(article, story, article)
                if not created or article != group.articles[0]:
                    self.events.append((JOINED, story, self._names.name(article), None))
            elif home != story:
                self._store.move(article, story)
                if home not in merged:
                    self.events.append((MOVED, home, self._names.name(article), story))

    def _follow(self, article: int, leader: int) -> None:
        """Put a copy into the story of its leader."""
        member = self._store.member(leader)
        if member is None:
            self._store.put_story(leader, 1, 0.0)
            self._store.put_member(leader, leader, leader)
            self.events.append((CREATED, leader, self._names.name(leader), None))
        story = member.story if member else leader
        self._store.put_member(article, story, leader)
        self.events.append((JOINED, story, self._names.name(article), None))
