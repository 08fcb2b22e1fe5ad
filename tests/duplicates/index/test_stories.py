"""Stories that an index keeps from day to day."""

import datetime
import random
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from newsclean.duplicates import DuplicateIndex, DuplicateSettings
from newsclean.duplicates.index.stories import (
    CREATED,
    JOINED,
    story_id,
    story_number,
)

SETTINGS = DuplicateSettings()
QUAKE = [
    "Magnitude 7 earthquake strikes northern Chile near Iquique",
    "Chile: magnitude 7 earthquake hits Iquique in the north",
    "Iquique: strong earthquake of magnitude 7 shakes northern Chile",
]


def documents(texts: list[str], day: str = "2024-05-01", name: str = "a") -> list[dict[str, Any]]:
    return [
        {"id": f"{name}{at}", "text": text, "date": day, "source": f"paper {at % 2}"} for at, text in enumerate(texts)
    ]


def test_a_story_keeps_its_id(tmp_path: Path) -> None:
    with DuplicateIndex(tmp_path / "index.db") as index:
        first = index.add(documents(QUAKE[:2]))
        assert [event.kind for event in first.events] == [CREATED, JOINED]
        second = index.add(documents(QUAKE[2:], "2024-05-02", "b"))
        assert second.stories["b0"] == first.stories["a0"] == first.stories["a1"]
        story = index.story(first.stories["a0"])
        assert story is not None
        assert set(story.articles) == {"a0", "a1", "b0"}
        assert story.sources == ("paper 0", "paper 1")
        assert (story.first_seen, story.last_seen) == (datetime.date(2024, 5, 1), datetime.date(2024, 5, 2))
        assert index.stories() == index.stories(since="2024-05-02") == [story]
        assert index.stories(since="2024-05-03") == []
        assert index.story("s999") is index.story("nonsense") is None
        with pytest.raises(ValueError, match="since"):
            index.stories(since="soon")


def test_copies_follow_and_do_not_count(tmp_path: Path) -> None:
    texts = [QUAKE[0]] * 5 + [QUAKE[1]]
    with DuplicateIndex(tmp_path / "index.db") as index:
        added = index.add(documents(texts))
        assert set(added.stories.values()) == {added.stories["a0"]}
        assert len(added.stories) == 6


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    with DuplicateIndex(tmp_path / "index.db") as index:
        index.add(documents(QUAKE))
        before = index.stories()
        again = index.add(documents(QUAKE))
        assert again.events == []
        assert [(story.id, set(story.articles)) for story in index.stories()] == [
            (story.id, set(story.articles)) for story in before
        ]


def test_evicted_articles_leave_their_story(tmp_path: Path) -> None:
    with DuplicateIndex(tmp_path / "index.db") as index:
        index.add(documents(QUAKE[:2]))
        index.add(documents(QUAKE[2:], "2024-05-03", "b"))
        [story] = index.stories()
        index.evict("2024-05-02")
        left = index.story(story.id)
        assert left is not None
        assert left.articles == ("b0",)
        index.evict("2024-06-01")
        assert index.story(story.id) is None
        fresh = index.add(documents(QUAKE, "2024-06-02", "c"))
        assert set(fresh.stories.values()).isdisjoint({story.id}) or len(index.stories()) == 1


def test_no_stories_where_they_are_not_asked_for(tmp_path: Path) -> None:
    with DuplicateIndex(tmp_path / "index.db", DuplicateSettings(stories=False)) as index:
        assert index.add(documents(QUAKE)).stories == {}
        assert index.stories() == []


def test_days_give_what_one_batch_gives(tmp_path: Path) -> None:
    chooser = random.Random(5)
    others = ["".join(chooser.choices("bcdfglmnprst ", k=60)) for _ in range(20)]
    days = [QUAKE[:1] + others[:10], QUAKE[1:2] + others[10:], QUAKE[2:]]
    every = [documents(texts, f"2024-05-0{at + 1}", f"day{at}-") for at, texts in enumerate(days)]
    found = []
    for name, batches in (("daily", every), ("at once", [list(chain(*every))])):
        with DuplicateIndex(tmp_path / name) as index:
            for batch in batches:
                index.add(batch)
            found.append({frozenset(story.articles) for story in index.stories()})
    assert found[0] == found[1] == {frozenset({"day0-0", "day1-0", "day2-0"})}


def test_ids() -> None:
    assert story_number(story_id(12)) == 12
    assert story_number("12") == story_number("s") == story_number("s²") == -1
