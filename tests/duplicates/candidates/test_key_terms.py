"""Reports on one event meet by their key terms, within the window of days."""

from pathlib import Path

import numpy as np
import pytest

from newsclean.duplicates.candidates import key_terms
from newsclean.duplicates.candidates.key_terms import story_candidates
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.scratch import Scratch
from newsclean.duplicates.sketching import sketch_batch
from newsclean.duplicates.tfidf import learn_weights, select_salient, shareable
from tests.duplicates.articles import article

STORM = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the breakwater."
REPORT = "Four fishing boats sank in a storm near Lisbon, whose harbour stayed closed. The breakwater was damaged."


def met(days: list[int]) -> list[list[int]]:
    sketches = sketch_batch([STORM, REPORT, *(article(seed, 40) for seed in range(20))])
    weights = learn_weights(sketches.words, sketches.spans, sketches.languages)
    salient = select_salient(sketches.words, sketches.spans, sketches.languages, weights)
    found = story_candidates(salient, np.array([*days, *[NO_DAY] * 20], np.int32), 3)
    return found.tolist()


def test_reports_meet_unless_they_are_too_far_apart() -> None:
    assert met([NO_DAY, NO_DAY]) == [[0, 1]]
    assert met([100, 103]) == [[0, 1]]
    assert met([100, 104]) == []


def reports(count: int) -> list[str]:
    """Two reports each on so many events."""
    events = [article(1000 + seed, 12) for seed in range(count)]
    return [f"{event} {article(2 * seed + turn, 10)}" for seed, event in enumerate(events) for turn in range(2)]


@pytest.mark.parametrize("memory", [1 << 10, 1 << 16])
@pytest.mark.parametrize("size", [1 << 9, 1 << 14])
def test_neither_ranges_nor_pieces_of_them_lose_a_pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int, size: int
) -> None:
    sketches = sketch_batch(reports(60))
    weights = learn_weights(sketches.words, sketches.spans, sketches.languages)
    salient = select_salient(sketches.words, sketches.spans, sketches.languages, shareable(weights))
    days = np.full(sketches.size, NO_DAY, np.int32)
    expected = story_candidates(salient, days, 3).tolist()
    assert len(expected) > 50
    monkeypatch.setattr(key_terms, "RANGE", size)
    assert key_terms.key_ranges(sketches.size) == -(-120 * 120 // size)
    assert story_candidates(salient, days, 3, Scratch(tmp_path, memory)).tolist() == expected


def test_ranges_depend_on_the_number_of_articles_only() -> None:
    assert [key_terms.key_ranges(count) for count in (0, 1, 139_810, 139_811, 10_000_000)] == [1, 1, 1, 2, 72]
