"""The tables of stories in the file of a `DuplicateIndex`.

A story is called by a number. Each of its leaders counts once; articles that are copies follow one of them.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS stories (
  number INTEGER PRIMARY KEY, size INTEGER NOT NULL, within REAL NOT NULL, heir INTEGER);
CREATE TABLE IF NOT EXISTS members (
  article INTEGER PRIMARY KEY, story INTEGER NOT NULL, leader INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS by_story ON members (story);
CREATE INDEX IF NOT EXISTS by_leader ON members (leader);
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

    def leaders(self, story: int) -> list[int]:
        """The articles of a story that are nobody's copy, by number."""
        query = "SELECT article FROM members WHERE story = ? AND leader = article ORDER BY article"
        return [row[0] for row in self._base.execute(query, (story,))]

    def has_copies(self, article: int) -> bool:
        """Whether other articles follow this one."""
        query = "SELECT 1 FROM members WHERE leader = ? AND article != leader"
        return self._base.execute(query, (article,)).fetchone() is not None

    def group(self, story: int) -> tuple[int, float]:
        """How many leaders a story has, and the scores of all pairs of them."""
        row = self._base.execute("SELECT size, within FROM stories WHERE number = ?", (story,)).fetchone()
        return (row[0], row[1]) if row else (1, 0.0)

    def is_story(self, number: int) -> bool:
        """Whether a story has this number, or had it before it became part of another one."""
        return self._base.execute("SELECT 1 FROM stories WHERE number = ?", (number,)).fetchone() is not None

    def heir(self, story: int) -> int | None:
        """The story that a story has become part of, or itself; none where there is no such story."""
        while row := self._base.execute("SELECT heir FROM stories WHERE number = ?", (story,)).fetchone():
            if row[0] is None:
                return story
            story = row[0]
        return None

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

    def move(self, leader: int, story: int) -> None:
        """Put a leader and its copies into another story."""
        self._base.execute("UPDATE members SET story = ? WHERE leader = ?", (story, leader))

    def leave(self, article: int) -> None:
        """Take an article that nothing follows out of its story."""
        self._base.execute("DELETE FROM members WHERE article = ?", (article,))

    def end(self, story: int) -> None:
        """Forget a story that no article is left of."""
        self._base.execute("DELETE FROM stories WHERE number = ?", (story,))
        self._base.execute("DELETE FROM events WHERE story = ?", (story,))

    def hand_over(self, story: int, heir: int) -> None:
        """Make all articles of a story those of another one."""
        self._base.execute("UPDATE members SET story = ? WHERE story = ?", (heir, story))
        self._base.execute("UPDATE stories SET heir = ?, size = 0, within = 0 WHERE number = ?", (heir, story))

    def renumber(self, old: int, new: int) -> None:
        """Give an article that was added again its place under its new number."""
        self._base.execute("UPDATE members SET article = ? WHERE article = ?", (new, old))
        self._base.execute("UPDATE members SET leader = ? WHERE leader = ?", (new, old))

    def remove(self, article: int) -> None:
        """Take an article away; of the copies of a leader the oldest one leads from then on."""
        member = self.member(article)
        if member is None:
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
            self.end(member.story)
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
        """Of all articles of a story: number, id, day, length, source's name, whether it leads, code of its agency."""
        query = (
            "SELECT articles.number, id, day, length, outlets.name, leader = article, agency FROM members"
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
