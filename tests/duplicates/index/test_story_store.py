"""The tables of stories."""

import sqlite3

import pytest

from newsclean.duplicates.index.story_store import SCHEMA, Member, StoryStore


@pytest.fixture
def store() -> StoryStore:
    base = sqlite3.connect(":memory:")
    base.executescript(SCHEMA)
    return StoryStore(base)


def test_an_article_in_no_story(store: StoryStore) -> None:
    assert not store.is_story(7)
    assert store.member(7) is store.heir(7) is None


def test_leaders_and_what_follows_them(store: StoryStore) -> None:
    store.put_story(1, 2, 0.9)
    for article, leader in ((1, 1), (2, 1), (3, 3)):
        store.put_member(article, 1, leader)
    assert store.leaders(1) == [1, 3]
    assert store.has_copies(1)
    assert not store.has_copies(3)
    store.put_story(9, 1, 0.0)
    store.move(1, 9)
    assert (store.members(1), store.members(9)) == ([3], [1, 2])
    store.leave(3)
    store.end(1)
    assert not store.is_story(1)


def test_heirs_of_heirs(store: StoryStore) -> None:
    for story in (1, 2, 3):
        store.put_story(story, 1, 0.0)
        store.put_member(story, story, story)
    store.hand_over(3, 2)
    store.hand_over(2, 1)
    assert store.heir(3) == store.heir(1) == 1
    assert store.members(1) == [1, 2, 3]


def test_a_copy_takes_the_place_of_its_leader(store: StoryStore) -> None:
    store.put_story(1, 1, 0.0)
    for article in (1, 2, 3):
        store.put_member(article, 1, 1)
    store.remove(1)
    assert store.member(2) == Member(1, 2)
    assert store.member(3) == Member(1, 2)
    assert store.group(1) == (1, 0.0)
    store.remove(3)
    store.remove(2)
    assert not store.is_story(1)


def test_a_leader_takes_its_share_of_the_scores_along(store: StoryStore) -> None:
    store.put_story(1, 3, 2.4)
    for article in (1, 2, 3):
        store.put_member(article, 1, article)
    store.remove(2)
    assert store.group(1) == (2, pytest.approx(0.8))


def test_an_article_added_again_keeps_its_place(store: StoryStore) -> None:
    store.put_story(1, 2, 0.5)
    for article in (1, 9):
        store.put_member(article, 1, article)
    store.renumber(1, 10)
    assert store.members(1) == store.leaders(1) == [9, 10]


def test_events_are_kept_in_order(store: StoryStore) -> None:
    store.note_events([("created", 1, "a", None), ("created", 2, "b", None), ("merged", 2, "", 1)])
    assert [row[0] for row in store.events(1)] == ["created", "merged"]
