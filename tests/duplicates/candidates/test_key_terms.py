"""Reports on one event meet by their key terms, within the window of days."""

import numpy as np

from newsclean.duplicates.candidates.key_terms import story_candidates
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.sketching import sketch_batch
from newsclean.duplicates.tfidf import learn_weights, select_salient
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
