"""Hashes of words and shingles, against a slow reference."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsclean.duplicates.tokens.hashing import SHINGLE, mix, mix_array, shingle
from tests.duplicates import reference


@given(st.lists(st.integers(0, 0xFFFFFFFF), min_size=1, max_size=20))
def test_mix(values: list[int]) -> None:
    expected = list(map(reference.mix, values))
    assert mix_array(np.array(values, np.uint32)).tolist() == expected
    assert [int(mix(np.uint32(value))) for value in values] == expected


@given(st.lists(st.integers(0, 0x3FFFFFFF), min_size=1, max_size=9))
def test_shingles(values: list[int]) -> None:
    words = np.array(values, np.uint32) << np.uint32(2)
    stops = range(min(SHINGLE, len(words)), len(words) + 1)
    found = [int(shingle(words, max(0, stop - SHINGLE), stop)) for stop in stops]
    assert found == reference.shingles(words.tolist())
