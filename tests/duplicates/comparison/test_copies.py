"""What two texts share word by word, against a slow reference."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.comparison.copies import copy_features, texts_of
from newsclean.duplicates.tokens.tokenizer import split
from tests.duplicates import reference

NO_HEADS, PAIR = np.zeros(9, np.int64), np.array([[0, 1]])
CODES = np.zeros(2, np.uint8)  # languages: unknown


@given(st.text("ab c.", min_size=1, max_size=80), st.text("ab c.", min_size=1, max_size=80))
@settings(max_examples=150, deadline=None)
def test_overlap(left: str, right: str) -> None:
    words, bounds = split([left, right])
    if 0 < bounds[1] < bounds[2]:
        found = copy_features(texts_of(words, np.stack([bounds[:-1], bounds[1:]], axis=1), NO_HEADS[:2]), CODES, PAIR)
        assert found[0, 0] == pytest.approx(reference.overlap(left, right, 5)[0])
        assert found[0, 1:3] == pytest.approx(reference.overlap(left, right, 2))


def test_order_and_number_of_pairs_are_irrelevant() -> None:
    """Texts are hashed once for all pairs they are in; longer texts leave larger tables behind."""
    chooser = np.random.default_rng(0)
    sizes = [0, 1, 2, 4, 5, 6, 40, 300, 2000]
    words = chooser.integers(0, 60, sum(sizes)).astype(np.uint32) << np.uint32(2) | chooser.integers(0, 4, sum(sizes))
    bounds = np.cumsum([0, *sizes])
    spans, codes = np.stack([bounds[:-1], bounds[1:]], axis=1), np.zeros(len(sizes), np.uint8)
    pairs = np.array([(one, two) for one in range(len(sizes)) for two in range(len(sizes)) if one != two])
    rows = words.astype(np.uint32)
    texts = texts_of(rows, spans, NO_HEADS[: len(sizes)])
    together = copy_features(texts, codes, pairs)
    alone = np.concatenate([copy_features(texts, codes, pair[None]) for pair in pairs])
    shuffled = chooser.permutation(len(pairs))
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(copy_features(texts, codes, pairs[shuffled]), together[shuffled])
