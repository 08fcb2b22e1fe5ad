"""How many texts share a frame."""

import numpy as np

from newsclean.duplicates.short import count_frames
from newsclean.duplicates.tokens import split


def test_counts_texts_not_places() -> None:
    words, bounds = split(["one two three one two three one two three", "one two three", "four"])
    counts = count_frames(words, np.stack([bounds[:-1], bounds[1:]], axis=1), 1 << 16)
    # Inside: three rotations of the run, one of them in both texts; openings: one in both; closings: one in both.
    assert np.sort(counts[counts > 0]).tolist() == [1, 1, 2, 2, 2]


def test_counts_add_up() -> None:
    texts = ["storm shuts harbour of Lisbon", "storm shuts harbour of Porto", "nothing happened here today"]
    words, bounds = split(texts)
    spans = np.stack([bounds[:-1], bounds[1:]], axis=1)
    parts = sum(count_frames(words, spans[at : at + 1], 1 << 16) for at in range(3))
    assert (count_frames(words, spans, 1 << 16) == parts).all()
