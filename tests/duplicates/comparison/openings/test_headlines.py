"""Headlines that name what only their own article is about."""

import numpy as np
import pytest

from newsclean.duplicates.comparison import CopyFeature, copy_features, texts_of
from newsclean.duplicates.comparison.openings import own_terms
from newsclean.duplicates.sketching import sketch_batch
from newsclean.duplicates.tokens.terms import terms_of
from tests.duplicates.articles import article

PAIR = np.array([[0, 1]])
REST = "the company said that more than nine hundred homes and small businesses can order fast lines from today on"


def slow(left: str, right: str, heads: tuple[int, int]) -> list[float]:
    """The shares with sets, where no word is frequent."""
    sketches = sketch_batch([left, right])
    texts = [terms_of(sketches.words[start:end]) for start, end in sketches.spans]
    shares = []
    for own, other, head in zip(texts, texts[::-1], heads, strict=True):
        title, body = set(own[:head]), set(own[head:])
        shares.append(len((title & body) - set(other)) / max(1, len(title)))
    return shares


@pytest.mark.parametrize("seed", range(4))
def test_shares_are_those_of_sets(seed: int) -> None:
    chooser = np.random.default_rng(seed)
    left, right = (" ".join(f"w{at}" for at in chooser.integers(0, 60, size)) for size in (80, 50))
    sketches, heads = sketch_batch([left, right]), np.array([6, 9])
    found = own_terms(texts_of(sketches.words, sketches.spans, heads), np.zeros(2, np.uint8), PAIR)[0]
    assert found.tolist() == pytest.approx(slow(left, right, (6, 9)))


def lower_and_higher(left: str, right: str) -> tuple[float, float]:
    sketches = sketch_batch([left, right])
    row = copy_features(texts_of(sketches.words, sketches.spans, sketches.heads), sketches.languages, PAIR)[0]
    return row[CopyFeature.HEADLINE_OWN], row[CopyFeature.HEADLINE_OWN_LONGER]


def test_a_frame_names_its_own_place_in_headline_and_body() -> None:
    frame = "{0} gets gigabit lines\n{0} gets gigabit lines now, " + REST + ". People of {0} are glad."
    assert lower_and_higher(frame.format("Onslow"), frame.format("Jones"))[0] > 0.1


def test_characters_are_taken_by_twos() -> None:
    frame = "{0}公司派发股息\n{0}公司今天宣布，向全体股东派发现金股息，股权登记日为六月十一日，{0}公司说。"
    assert lower_and_higher(frame.format("天能"), frame.format("亿田"))[0] > 0.1


def test_another_headline_above_a_copy_says_nothing_of_its_own() -> None:
    body = article(1, 100)
    assert lower_and_higher(f"Storm shuts harbour\n{body}", f"Boats sunk off coast\n{body}") == (0, 0)
