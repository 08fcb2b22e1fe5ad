"""The tables of stories in the file of a `DuplicateIndex`.

A node is a story, or an article that is in none, under its number. Each leader of a story counts once; articles that
are copies follow one of them. Of pairs of nodes the scores of all pairs of leaders across them are kept, so that
articles are joined to a story by average link, as in a batch, though the pairs of yesterday are not compared again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS stories (
  number INTEGER PRIMARY KEY, size INTEGER NOT NULL, within REAL NOT NULL, heir INTEGER);
CREATE TABLE IF NOT EXISTS members (
  article INTEGER PRIMARY KEY, story INTEGER NOT NULL, leader INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS by_story ON members (story);
CREATE TABLE IF NOT EXISTS links (
  newer INTEGER NOT NULL, older INTEGER NOT NULL, sum REAL NOT NULL, PRIMARY KEY (newer, older)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_older ON links (older);
CREATE TABLE IF NOT EXISTS outlets (hash INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS events (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, story INTEGER NOT NULL, article TEXT NOT NULL, other INTEGER);
CREATE INDEX IF NOT EXISTS by_event ON events (story);
"""


class Member(NamedTuple):
    """An article of a story."""

    story: int
    leader: int
    """The article that it is a copy of, or itself."""


class StoryStore:
    """The tables of one file; its transactions are those of the file."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def member(self, article: int) -> Member | None:
        """What an article is in a story, if it is in one."""
        row = self._base.execute("SELECT story, leader FROM members WHERE article = ?", (article,)).fetchone()
        return Member(*row) if row else None

    def members(self, story: int) -> list[int]:
        """The articles of a story, by number."""
        query = "SELECT article FROM members WHERE story = ? ORDER BY article"
        return [row[0] for row in self._base.execute(query, (story,))]

    def group(self, node: int) -> tuple[int, float]:
        """How many leaders a node has, and the scores of all pairs of them."""
        row = self._base.execute("SELECT size, within FROM stories WHERE number = ?", (node,)).fetchone()
        return (row[0], row[1]) if row else (1, 0.0)

    def is_story(self, node: int) -> bool:
        """Whether a node is a story, not an article alone."""
        return self._base.execute("SELECT 1 FROM stories WHERE number = ?", (node,)).fetchone() is not None

    def heir(self, story: int) -> int | None:
        """The story that a story has become part of, or itself; none where there is no such story."""
        while row := self._base.execute("SELECT heir FROM stories WHERE number = ?", (story,)).fetchone():
            if row[0] is None:
                return story
            story = row[0]
        return None

    def links(self, node: int) -> Iterator[tuple[int, float]]:
        """The nodes that a node has pairs with, and the scores of these together."""
        for ours, theirs in (("newer", "older"), ("older", "newer")):
            yield from self._base.execute(f"SELECT {theirs}, sum FROM links WHERE {ours} = ?", (node,)).fetchall()

    def add_links(self, links: Iterable[tuple[int, int, float]]) -> None:
        """Add scores of pairs across nodes."""
        rows = sorted((max(one, two), min(one, two), score) for one, two, score in links)
        query = "INSERT INTO links VALUES (?, ?, ?) ON CONFLICT (newer, older) DO UPDATE SET sum = sum + excluded.sum"
        self._base.executemany(query, rows)

    def drop_links(self, node: int) -> None:
        """Forget all pairs of a node."""
        self._base.execute("DELETE FROM links WHERE newer = ?", (node,))
        self._base.execute("DELETE FROM links WHERE older = ?", (node,))

    def put_story(self, story: int, size: int, within: float) -> None:
        """Make a story, or note how large one is now."""
        query = (
            "INSERT INTO stories VALUES (?, ?, ?, NULL)"
            " ON CONFLICT (number) DO UPDATE SET size = excluded.size, within = excluded.within"
        )
        self._base.execute(query, (story, size, within))

    def put_member(self, article: int, story: int, leader: int) -> None:
        """Put an article into a story."""
        self._base.execute("INSERT OR REPLACE INTO members VALUES (?, ?, ?)", (article, story, leader))

    def hand_over(self, story: int, heir: int) -> None:
        """Make all articles of a story those of another one."""
        self._base.execute("UPDATE members SET story = ? WHERE story = ?", (heir, story))
        self._base.execute("UPDATE stories SET heir = ?, size = 0, within = 0 WHERE number = ?", (heir, story))

    def renumber(self, old: int, new: int) -> None:
        """Give an article that was added again its place under its new number."""
        self._base.execute("UPDATE members SET article = ? WHERE article = ?", (new, old))
        self._base.execute("UPDATE members SET leader = ? WHERE leader = ?", (new, old))
        if self.member(new) is None:
            links = [(new, other, score) for other, score in self.links(old)]
            self.drop_links(old)
            self.add_links(links)

    def remove(self, article: int) -> None:
        """Take an article away; of the copies of a leader the oldest one leads from then on."""
        member = self.member(article)
        if member is None:
            self.drop_links(article)
            return
        self._base.execute("DELETE FROM members WHERE article = ?", (article,))
        if member.leader != article:
            return
        query = "SELECT min(article) FROM members WHERE leader = ?"
        follower = self._base.execute(query, (article,)).fetchone()[0]
        if follower is not None:
            self._base.execute("UPDATE members SET leader = ? WHERE leader = ?", (follower, article))
            return
        size, within = self.group(member.story)
        if size <= 1:
            self._base.execute("DELETE FROM stories WHERE number = ?", (member.story,))
            self._base.execute("DELETE FROM events WHERE story = ?", (member.story,))
            self.drop_links(member.story)
        else:  # a leader's own share of the scores is not known: the mean is
            self.put_story(member.story, size - 1, within * (size - 2) / size)

    def note_outlets(self, names: Iterable[tuple[int, str]]) -> None:
        """Remember what sources are called."""
        self._base.executemany("INSERT OR IGNORE INTO outlets VALUES (?, ?)", names)

    def note_events(self, events: Sequence[tuple[str, int, str, int | None]]) -> None:
        """Record what happened: kind, story, article, other story."""
        self._base.executemany("INSERT INTO events (kind, story, article, other) VALUES (?, ?, ?, ?)", events)

    def events(self, story: int) -> list[tuple[str, int, str, int | None]]:
        """What happened to a story, oldest first."""
        query = "SELECT kind, story, article, other FROM events WHERE story = ? OR other = ? ORDER BY number"
        return self._base.execute(query, (story, story)).fetchall()

    def articles(self, story: int) -> list[tuple[Any, ...]]:
        """Of all articles of a story: number, id, day, length, source's name, and whether it leads."""
        query = (
            "SELECT articles.number, id, day, length, outlets.name, leader = article FROM members"
            " JOIN articles ON articles.number = article LEFT JOIN outlets ON hash = source"
            " WHERE story = ? ORDER BY articles.number"
        )
        return self._base.execute(query, (story,)).fetchall()

    def seen_since(self, day: int) -> list[int]:
        """Stories that have an article from a day on, by number."""
        query = (
            "SELECT story FROM members JOIN articles ON articles.number = article"
            " GROUP BY story HAVING count(*) > 1 AND max(seen) >= ? ORDER BY story"
        )
        return [row[0] for row in self._base.execute(query, (day,))]

    def last(self) -> int:
        """The highest number of a story."""
        return int(self._base.execute("SELECT coalesce(max(number), 0) FROM stories").fetchone()[0])
