"""Contained texts meet, however much longer the other text is; passages of many texts are no reason to meet."""

import numpy as np

from newsclean.duplicates.arrays import Pairs
from newsclean.duplicates.candidates.passages import passage_candidates
from newsclean.duplicates.sketching import sketch_batch
from tests.duplicates.articles import article


def met(texts: list[str]) -> list[list[int]]:
    sketches = sketch_batch(texts)
    pairs: Pairs = passage_candidates(sketches.words, sketches.spans)
    return pairs.tolist()


def test_a_brief_meets_the_round_up_that_holds_it() -> None:
    brief = article(1, 80)
    assert met([brief, article(2, 1500) + " " + brief + " " + article(3, 900), article(4, 80)]) == [[0, 1]]


def test_unlike_texts_and_common_passages_do_not_meet() -> None:
    assert met([article(seed) for seed in range(20)]) == []
    footer = article(99, 60)
    assert met([f"{article(seed, 60)} {footer}" for seed in range(40)]) == []


def test_short_empty_and_repeating_texts() -> None:
    assert met(["", "one two", "word " * 5000, "other " * 5000]) == []
    assert passage_candidates(np.empty(0, np.uint32), np.empty((0, 2), np.int64)).shape == (0, 2)
