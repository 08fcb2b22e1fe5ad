"""What is said of a pair does not depend on how many pairs are compared at once."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from newsclean.duplicates import DuplicateSettings, sketch_batch
from newsclean.duplicates.clustering.identical import Groups
from newsclean.duplicates.matching.compare import compare_words
from newsclean.duplicates.matching.corpus import Corpus
from newsclean.duplicates.scratch import Scratch
from tests.duplicates.articles import article, edited

TEXTS = [
    article(1, 60),
    " ".join([article(2, 200), article(1, 60), article(3, 200)]),
    article(4, 150),
    edited(article(4, 150), 1),
    article(5, 150),
]


def corpus(scratch: Scratch) -> Corpus:
    sketches = sketch_batch([{"text": text} for text in TEXTS])
    return Groups(sketches, list("abcde"), DuplicateSettings()).corpus(sketches)._replace(scratch=scratch)


def pairs_of(texts: Corpus) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """All pairs of texts, and their places among TEXTS."""
    pairs = np.array(list(combinations(range(len(TEXTS)), 2)), np.int64)
    return pairs, [(int(texts.rows[left]), int(texts.rows[right])) for left, right in pairs]


def test_copies_and_what_is_contained() -> None:
    texts = corpus(Scratch())
    pairs, named = pairs_of(texts)
    found = compare_words(texts, pairs)
    contained = {frozenset(pair) for pair, inside in zip(named, found.contained, strict=True) if inside}
    copies = {frozenset(pair) for pair, sure in zip(named, found.copy, strict=True) if sure > 0.5}
    assert contained == {frozenset((0, 1))}
    assert copies == {frozenset((0, 1)), frozenset((2, 3))}


@pytest.mark.parametrize("memory", [1, 1 << 10, 1 << 20])
def test_memory_does_not_matter(tmp_path: Path, memory: int) -> None:
    texts = corpus(Scratch())
    pairs, _ = pairs_of(texts)
    expected, found = compare_words(texts, pairs), compare_words(corpus(Scratch(tmp_path, memory)), pairs)
    for column, other in zip(expected, found, strict=True):
        assert column.tolist() == other.tolist()
