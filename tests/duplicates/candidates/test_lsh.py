"""Copies meet by a band of their signatures, however many there are; unlike texts hardly do."""

import numpy as np

from newsclean.duplicates.candidates.lsh import copy_candidates
from newsclean.duplicates.sketching import sketch_batch
from tests.duplicates import reference
from tests.duplicates.articles import article, words


def edited(seed: int) -> str:
    """The article of a seed with every twelfth word replaced."""
    return " ".join("edited" if at % 12 == 0 else word for at, word in enumerate(words(seed, 120)))


def met(texts: list[str]) -> set[tuple[int, int]]:
    signatures = sketch_batch(texts).signatures
    pairs = copy_candidates(signatures, np.arange(len(texts)), 64, 2)
    return set(map(tuple, pairs.tolist()))


def test_edited_copies_meet_and_share_a_band() -> None:
    texts = [article(seed) for seed in range(10)] + [edited(seed) for seed in range(10)]
    found = met(texts)
    assert {(seed, seed + 10) for seed in range(10)} <= found
    assert found <= reference.closest(sketch_batch(texts).signatures, 64, 2)


def test_many_copies_give_few_pairs_and_all_meet_the_first() -> None:
    found = met([f"{article(1)} {at}" for at in range(200)])
    assert len(found) <= 200 * 40
    assert {(0, at) for at in range(1, 200)} <= found
