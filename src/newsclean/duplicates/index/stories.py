"""Stories that stay: articles join them day by day, and their ids survive."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from newsclean.duplicates.clustering import link_groups
from newsclean.duplicates.index.store import Store
from newsclean.duplicates.index.story_store import StoryStore
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.results import Pair

CREATED, JOINED, MERGED = "created", "joined", "merged"


class Story(NamedTuple):
    """Articles on one event, copies of each other included."""

    id: str
    """Stays the same as long as the story does; that of a merged story leads to the story it became part of."""
    lead: str
    """The longest of the articles that are nobody's copy."""
    articles: tuple[str, ...]
    """In the order they were added."""
    sources: tuple[str, ...]
    first_seen: datetime.date | None
    last_seen: datetime.date | None


class StoryEvent(NamedTuple):
    """What happened to a story."""

    kind: str
    """`created` (by its first article), `joined` (by a further one), or `merged` (into another story)."""
    story: str
    article: str
    """The article that the story was created for, or that joined; nothing where stories were merged."""
    into: str | None = None
    """The story that this one became part of."""


class Added(list[Pair]):
    """The pairs of articles that were added to an index, and what became of stories."""

    def __init__(self) -> None:
        super().__init__()
        self.stories: dict[str, str] = {}
        """The story of each added article that is in one."""
        self.events: list[StoryEvent] = []


class Edge(NamedTuple):
    """A new article and an older one that it may share a story with, by number."""

    new: int
    old: int
    score: float
    is_copy: bool


def story_id(number: int) -> str:
    """The id of a story."""
    return f"s{number}"


def story_number(name: str) -> int:
    """The number of a story by its id; -1 for what is none."""
    return int(name[1:]) if name[:1] == "s" and name[1:].isascii() and name[1:].isdigit() else -1


def read_story(store: StoryStore, number: int) -> Story:
    """A story with all its articles."""
    articles = store.articles(number)
    days = [day for _, _, day, *_ in articles if day != NO_DAY]
    leaders = [row for row in articles if row[5]] or articles
    lead = min(leaders, key=lambda row: (-row[3], row[0]))
    return Story(
        story_id(number),
        lead[1],
        tuple(row[1] for row in articles),
        tuple(sorted({row[4] for row in articles if row[4] is not None})),
        datetime.date.fromordinal(min(days)) if days else None,
        datetime.date.fromordinal(max(days)) if days else None,
    )


class Linker:
    """Joins the articles of one batch to stories."""

    def __init__(self, store: Store, threshold: float) -> None:
        self._names, self._store, self._threshold = store, store.stories, threshold
        self.events: list[tuple[str, int, str, int | None]] = []

    def link(self, numbers: Sequence[int], edges: Sequence[Edge]) -> list[StoryEvent]:
        """Put new articles into stories, by their pairs with older ones; returns what happened, in order."""
        leaders: dict[int, int] = {}  # of copies among the new articles
        for edge in sorted(edge for edge in edges if edge.is_copy):
            leaders.setdefault(edge.new, self._leader(edge.old, leaders))
        self._join(numbers, edges, leaders)
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

    def _node(self, article: int) -> int:
        """The story of an article, or itself."""
        member = self._store.member(article)
        return member.story if member else article

    def _join(self, numbers: Sequence[int], edges: Sequence[Edge], leaders: dict[int, int]) -> None:
        """Join leaders to stories, and stories to each other, by average link."""
        best: dict[tuple[int, int], float] = {}
        for edge in edges:
            if edge.new not in leaders and not edge.is_copy:
                ends = edge.new, self._leader(edge.old, leaders)
                best[ends] = max(best.get(ends, 0.0), edge.score)
        sums: dict[tuple[int, int], float] = defaultdict(float)
        node_of = {article: self._node(article) for article in sorted({end for ends in best for end in ends})}
        for (new, old), score in best.items():
            one, two = node_of[new], node_of[old]
            if one != two:
                sums[min(one, two), max(one, two)] += score
        fresh = dict(sums)
        touched = sorted({node for ends in sums for node in ends})
        known = set(touched)
        for node in touched:
            for other, score in self._store.links(node):
                if other < node and other in known:
                    sums[other, node] += score
        place = {node: at for at, node in enumerate(touched)}
        groups = [self._store.group(node) for node in touched]
        pairs = sorted(sums)
        linked = link_groups(
            np.array([[place[one], place[two]] for one, two in pairs], np.int64).reshape(-1, 2),
            np.array([sums[each] for each in pairs], np.float64),
            np.array([size for size, _ in groups], np.int64),
            np.array([within for _, within in groups], np.float64),
            self._threshold,
        )
        joined: dict[int, list[int]] = defaultdict(list)
        for node, root in zip(touched, linked.joined.tolist(), strict=True):
            joined[root].append(node)
        self._store.add_links((one, two, score) for (one, two), score in sorted(fresh.items()))
        for root, nodes in sorted(joined.items()):
            if len(nodes) > 1:
                sizes = {node: groups[place[node]][0] for node in nodes}
                self._merge(nodes, sizes, int(linked.sizes[root]), float(linked.within[root]))

    def _merge(self, nodes: list[int], sizes: dict[int, int], size: int, within: float) -> None:
        """Make one story of some nodes: it keeps the id of the largest, and of the oldest among equal ones."""
        story = min(nodes, key=lambda node: (-sizes[node], node))
        self._begin(story)
        self._store.put_story(story, size, within)
        own = set(nodes)
        for node in sorted(own - {story}):
            links = [(story, other, score) for other, score in self._store.links(node) if other not in own]
            self._store.drop_links(node)
            self._store.add_links(links)
            if self._store.is_story(node):
                self._store.hand_over(node, story)
                self.events.append((MERGED, node, "", story))
            else:
                self._store.put_member(node, story, node)
                self.events.append((JOINED, story, self._names.name(node), None))

    def _begin(self, node: int) -> None:
        """Make a story of an article that is in none."""
        if not self._store.is_story(node):
            self._store.put_story(node, 1, 0.0)
            self._store.put_member(node, node, node)
            self.events.append((CREATED, node, self._names.name(node), None))

    def _follow(self, article: int, leader: int) -> None:
        """Put a copy into the story of its leader."""
        member = self._store.member(leader)
        if member is None:
            self._begin(leader)
        story = member.story if member else leader
        self._store.put_member(article, story, leader)
        self.events.append((JOINED, story, self._names.name(article), None))
