"""Which text of a pair is the left one."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.compilation import read_only
from newsclean.duplicates.comparison._arrangement import put_longer_first
from newsclean.duplicates.comparison.copies import copy_features, texts_of

PAIR = np.array([[0, 1]])


def test_the_longer_text_is_the_left_one() -> None:
    words, spans = np.arange(9, dtype=np.uint32), np.array([[0, 2], [2, 5], [5, 8], [5, 8]])
    pairs = np.array([[0, 1], [1, 0], [1, 2], [2, 1], [2, 3]])
    put_longer_first(read_only(words), spans, pairs)
    assert pairs.tolist() == [[1, 0], [1, 0], [2, 1], [2, 1], [2, 3]]


@given(st.lists(st.integers(0, 9), min_size=20, max_size=60), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_numbers_of_texts_are_irrelevant(tokens: list[int], chooser: random.Random) -> None:
    """Of two equally long texts, a batch and an index may number the other one first."""
    other = sorted(tokens, key=lambda _: chooser.random())
    sides = [np.array([*one, *two], np.uint32) << np.uint32(2) for one, two in ((tokens, other), (other, tokens))]
    spans, heads, codes = np.array([[0, len(tokens)], [len(tokens), 2 * len(tokens)]]), np.zeros(2), np.zeros(2, "u1")
    one, two = (copy_features(texts_of(words, spans, heads), codes, PAIR) for words in sides)
    np.testing.assert_array_equal(one, two)
