"""Words of a file are numbered in order of their first places."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsclean.duplicates.sketching._numbering import number_words

WORDS = st.lists(st.integers(0, 1 << 32).map(lambda word: word % (1 << 32)) | st.integers(0, 3), max_size=40)


@given(WORDS)
def test_words_are_numbered_as_a_dictionary_would(words: list[int]) -> None:
    known: dict[int, int] = {}
    expected = [known.setdefault(word, len(known)) for word in words]
    distinct, numbers = np.empty(len(words), np.uint32), np.empty(len(words), np.int32)
    count = number_words(np.array(words, np.uint32), np.zeros(128, np.uint64), distinct, numbers)
    assert distinct[:count].tolist() == list(known)
    assert numbers.tolist() == expected


def test_too_few_slots_are_told() -> None:
    words = np.arange(5, dtype=np.uint32)
    distinct, numbers = np.empty(5, np.uint32), np.empty(5, np.int32)
    assert number_words(words, np.zeros(8, np.uint64), distinct, numbers) == -1
    assert number_words(words[:4], np.zeros(8, np.uint64), distinct, numbers) == 4
