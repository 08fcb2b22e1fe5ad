"""Putting articles into stories, by pairs that a test tells."""

import datetime
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from newsclean.duplicates import DuplicateIndex, DuplicateSettings
from newsclean.duplicates.index import linker
from newsclean.duplicates.index.linker import Linker
from newsclean.duplicates.index.store import Store
from newsclean.duplicates.index.stories import CREATED, JOINED, LEFT, MERGED, MOVED, Edge, StoryEvent
from newsclean.duplicates.sketching import sketch_batch

SETTINGS = DuplicateSettings()


class Told:
    """An index whose articles, named by their numbers and a day apart, have the pairs that a test says."""

    def __init__(self, path: Path, count: int) -> None:
        self.store = Store(str(path), SETTINGS)
        self.scores: dict[tuple[int, int], float] = {}
        names = [str(number) for number in range(1, count + 1)]
        first = datetime.date(2024, 5, 1)
        days = [str(first + datetime.timedelta(days=at)) for at in range(count)]
        with self.store.writing():
            texts = [{"text": f"text {name}", "date": day} for name, day in zip(names, days, strict=True)]
            self.store.insert(names, sketch_batch(texts), 1, np.zeros(len(names), np.int64))

    def score(self, numbers: Sequence[int]) -> list[tuple[int, int, float, bool]]:
        return [(*ends, score, True) for ends, score in sorted(self.scores.items()) if set(ends) <= set(numbers)]

    def link(self, scores: dict[tuple[int, int], float]) -> list[StoryEvent]:
        """Tell pairs, the newer article first, as one batch."""
        self.scores |= scores
        with self.store.writing():
            edges = [Edge(new, old, False) for new, old in sorted(scores)]
            return Linker(self.store, self.score, SETTINGS).link(edges, min(edge.new for edge in edges))

    def members(self, story: int) -> list[int]:
        return self.store.stories.members(story)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    found = Told(tmp_path / "index.db", 30)
    yield found
    found.store.close()


def test_merged_stories_lead_to_their_heir(told: Told) -> None:
    told.link({(2, 1): 0.9})
    told.link({(4, 3): 0.9} | {(new, old): 0.3 for new in (3, 4) for old in (1, 2)})
    events = told.link({(new, old): 0.95 for new in (5, 6, 7) for old in range(1, new)})
    assert [(event.kind, event.story, event.into) for event in events] == [
        (MERGED, "s3", "s1"),
        *[(JOINED, "s1", None)] * 3,
    ]
    assert told.store.stories.heir(3) == 1
    assert told.members(1) == [1, 2, 3, 4, 5, 6, 7]


def test_an_article_moves_to_the_story_that_it_belongs_to(told: Told) -> None:
    told.link({(2, 1): 0.9, (3, 1): 0.6, (3, 2): 0.6})
    assert told.members(1) == [1, 2, 3]
    events = told.link({(5, 4): 0.95, (4, 3): 0.95, (5, 3): 0.95})
    assert [(event.kind, event.article, event.into) for event in events] == [
        (CREATED, "3", None),
        (MOVED, "3", "s3"),
        *((JOINED, name, None) for name in "45"),
    ]
    assert (told.members(1), told.members(3)) == ([1, 2], [3, 4, 5])


def test_an_article_may_be_left_alone(told: Told) -> None:
    told.link({(2, 1): 0.6})
    told.scores[2, 1] = 0.3  # terms became more common
    events = told.link({(3, 1): 0.9})
    assert [(event.kind, event.article) for event in events] == [(JOINED, "3"), (LEFT, "2")]
    assert told.members(1) == [1, 3]


def test_two_articles_stay_a_story_while_they_are_nearly_alike_enough(told: Told) -> None:
    told.link({(2, 1): 0.6, (5, 4): 0.9, (6, 4): 0.9, (6, 5): 0.9})
    told.scores[2, 1] = 0.3
    assert told.link({(8, 7): 0.9})[0].story == "s7"
    assert told.members(1) == [1, 2]
    told.scores |= {(5, 4): 0.3, (6, 5): 0.3, (6, 4): 0.4}  # three are looked at anew
    told.link({(10, 9): 0.9})
    assert told.members(1) == [1, 2]
    assert not told.members(4)


def test_more_is_asked_of_new_articles_which_may_join_later(told: Told) -> None:
    told.link({(2, 1): 0.9, (3, 1): 0.55, (3, 2): 0.55})
    assert told.members(1) == [1, 2]
    events = told.link({(5, 4): 0.9})
    assert (JOINED, "s1", "3") in [event[:3] for event in events]
    told.scores |= {(3, 1): 0.3, (3, 2): 0.3}
    told.link({(7, 6): 0.9})
    assert told.members(1) == [1, 2]


def test_two_articles_part_for_a_better_story(told: Told) -> None:
    told.link({(2, 1): 0.6})
    told.scores[2, 1] = 0.45
    told.link({(4, 2): 0.95, (5, 2): 0.95, (5, 4): 0.95})
    assert [set(told.members(number)) for number in (1, 2)] in ([{2, 4, 5}, set()], [set(), {2, 4, 5}])


def test_a_copy_follows_a_leader_and_no_other_copy(told: Told) -> None:
    with told.store.writing():
        for edge in (Edge(2, 1, True), Edge(3, 2, True), Edge(4, 1, True)):
            Linker(told.store, told.score, SETTINGS).link([edge], edge.new)
    assert told.members(1) == [1, 2, 4]


def test_articles_of_earlier_days_stay_together(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linker, "YOUNG", 0)
    told.link({(2, 1): 0.9, (3, 1): 0.9, (3, 2): 0.9})
    told.scores = {}
    told.link({(20, 3): 0.9})
    assert told.members(1) == [1, 2, 3]


@pytest.mark.parametrize("young", [0, 100])
def test_running_stories_do_not_chain(told: Told, young: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linker, "YOUNG", young)
    for number in range(2, 31):  # each is like the one before it only
        told.link({(number, number - 1): 0.8})
    assert max(len(told.members(number)) for number in range(1, 31)) <= 3


WRITER = """
import sys
sys.path.insert(0, {here!r})
from tests.duplicates.index.test_linker import batches
from newsclean.duplicates import DuplicateIndex
with DuplicateIndex({path!r}) as index:
    print("ready", flush=True)
    for batch in batches()[{done}:]:
        index.add(batch)
"""


def batches() -> list[list[dict[str, str]]]:
    """Headlines of one event each week, three a day."""
    places = ["Iquique", "Lisbon", "Nairobi", "Osaka", "Quito", "Riga", "Sofia", "Tunis"]
    verbs = ["strikes", "hits", "shakes", "rattles", "damages"]
    return [
        [
            {
                "id": f"{week}-{day}-{paper}",
                "text": f"Strong earthquake {verbs[(day + paper) % 5]} {place}, {week + 3} dead in {place}",
                "date": f"2024-05-{week * 3 + day + 1:02}",
            }
            for paper in range(3)
        ]
        for week, place in enumerate(places)
        for day in range(2)
    ]


def test_a_killed_writer_goes_on_to_the_same_stories(tmp_path: Path) -> None:
    chooser, root = random.Random(3), Path(__file__).parents[3]
    with DuplicateIndex(tmp_path / "whole.db") as index:
        for batch in batches():
            index.add(batch)
        whole = [(story.id, story.articles) for story in index.stories()]
    assert len(whole) > 4
    path, done = str(tmp_path / "killed.db"), 0
    for _ in range(4):
        script = WRITER.format(here=str(root), path=path, done=done)
        writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chooser.uniform(0, 0.2))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with DuplicateIndex(path) as index:
            done = index.info().articles // 3
    with DuplicateIndex(path) as index:
        for batch in batches()[done:]:
            index.add(batch)
        assert [(story.id, story.articles) for story in index.stories()] == whole
