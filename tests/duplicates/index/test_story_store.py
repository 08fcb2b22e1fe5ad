"""The tables of stories."""

import sqlite3

import pytest

from newsclean.duplicates.index.story_store import SCHEMA, Member, StoryStore


@pytest.fixture
def store() -> StoryStore:
    base = sqlite3.connect(":memory:")
    base.executescript(SCHEMA)
    return StoryStore(base)


def test_links_add_up_in_both_directions(store: StoryStore) -> None:
    store.add_links([(1, 2, 0.5), (2, 1, 0.25), (2, 3, 1.0)])
    assert sorted(store.links(2)) == [(1, 0.75), (3, 1.0)]
    store.drop_links(2)
    assert list(store.links(1)) == list(store.links(3)) == []


def test_a_lone_article_is_a_group_of_one(store: StoryStore) -> None:
    assert store.group(7) == (1, 0.0)
    assert not store.is_story(7)
    assert store.member(7) is store.heir(7) is None


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
    store.add_links([(1, 2, 0.5)])
    store.renumber(2, 9)
    assert list(store.links(1)) == [(9, 0.5)]
    store.put_story(1, 2, 0.5)
    for article in (1, 9):
        store.put_member(article, 1, article)
    store.renumber(1, 10)
    assert store.members(1) == [9, 10]
    assert list(store.links(1)) == [(9, 0.5)]


def test_events_are_kept_in_order(store: StoryStore) -> None:
    store.note_events([("created", 1, "a", None), ("created", 2, "b", None), ("merged", 2, "", 1)])
    assert [row[0] for row in store.events(1)] == ["created", "merged"]
