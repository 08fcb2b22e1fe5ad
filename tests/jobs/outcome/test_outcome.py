"""What becomes of articles, by number."""

import numpy as np

from newsclean.duplicates import Scratch
from newsclean.jobs.outcome import Names, Outcome


def test_without_a_search_all_articles_are_kept() -> None:
    names = Names(Scratch())
    names.add(["a", "b"])
    outcome = Outcome(None, names)
    assert outcome.keep.tolist() == outcome.story.tolist() == [-1, -1]
    assert outcome.why(np.empty(0, np.int64)) == ([], [])
    assert [*outcome.pairs()] == [*outcome.clusters()] == []
