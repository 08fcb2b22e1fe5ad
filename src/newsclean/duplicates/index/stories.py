"""Stories that stay: articles join them day by day, and their ids survive."""

import datetime
from typing import NamedTuple

from newsclean.duplicates.agencies import agency_name
from newsclean.duplicates.index.story_store import StoryStore
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.results import Pair

CREATED, JOINED, MERGED, MOVED, LEFT = "created", "joined", "merged", "moved", "left"


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
    origin: str | None = None
    """The article with the earliest date, if one alone has it."""
    agency: str | None = None
    """The news agency that articles name as where they come from, if they name but one."""


class StoryEvent(NamedTuple):
    """What happened to a story."""

    kind: str
    """`created` by its first article, or `joined` by a further one; or `merged` into another story.

    `moved`: an article went into another story. `left`: an article is in none any more.
    """
    story: str
    article: str
    """The article that the story was created for, or that joined, moved or left; nothing where stories were merged."""
    into: str | None = None
    """The story that this one became part of, or that the article moved to."""


class Added(list[Pair]):
    """The pairs of articles that were added to an index, and what became of stories."""

    def __init__(self) -> None:
        super().__init__()
        self.stories: dict[str, str] = {}
        """The story of each added article that is in one."""
        self.origins: dict[str, str] = {}
        """For each added article that is surely a copy of older ones, the earliest of them all, itself perhaps."""
        self.agencies: dict[str, str] = {}
        """For each added article that names a news agency as where it comes from, that agency."""
        self.events: list[StoryEvent] = []


class Edge(NamedTuple):
    """A new article and an older one that it may share a story with, by number."""

    new: int
    old: int
    follows: bool
    """Whether the new one is a copy, and counts for nothing beside the older one."""


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
    first = [row[1] for row in articles if days and row[2] == min(days)]
    agencies = {row[6] for row in articles} - {0}
    leaders = [row for row in articles if row[5]] or articles
    lead = min(leaders, key=lambda row: (-row[3], row[0]))
    return Story(
        story_id(number),
        lead[1],
        tuple(row[1] for row in articles),
        tuple(sorted({row[4] for row in articles if row[4] is not None})),
        datetime.date.fromordinal(min(days)) if days else None,
        datetime.date.fromordinal(max(days)) if days else None,
        first[0] if len(first) == 1 else None,
        agency_name(agencies.pop()) if len(agencies) == 1 else None,
    )
