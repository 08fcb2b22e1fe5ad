"""Passages of two bodies: what they cover, and the slots between them."""

import math

import numpy as np
import pytest

from newsclean.duplicates.comparison import CopyFeature, copy_features, texts_of
from newsclean.duplicates.comparison._passages import covered_words
from newsclean.duplicates.sketching import sketch_batch
from tests.duplicates.articles import article, words

PAIR = np.array([[0, 1]])


def features(left: str | dict[str, str], right: str | dict[str, str]) -> dict[str, float]:
    sketches = sketch_batch([left, right])
    row = copy_features(texts_of(sketches.words, sketches.spans, sketches.heads), sketches.languages, PAIR)[0]
    return {column.name: float(row[column]) for column in CopyFeature}


def test_words_in_shingles_are_counted_once() -> None:
    found = np.array([1, 1, 0, 0, 0, 0, 0, 1], np.uint32)
    assert covered_words.function(found, 8, 11) == 9
    assert covered_words.function(found, 8, 3) == 3


def test_another_headline_does_not_matter() -> None:
    body = article(1, 100)
    found = features({"text": body, "title": "Storm shuts harbour"}, {"text": body, "title": "Boats sunk off coast"})
    assert found["COVERED"] == found["COVERED_LONGER"] == found["BEGINNING"] == found["PASSAGE"] == 1
    assert found["HEADLINE"] == 0
    assert features({"text": body, "title": "Storm"}, {"text": body, "title": "Storm"})["HEADLINE"] == 1
    assert features(body, body)["HEADLINE"] == -1


def test_a_first_line_is_a_headline() -> None:
    body = article(1, 100)
    assert features(f"Storm shuts harbour\n{body}", f"Boats sunk off coast\n\n{body}")["HEADLINE"] == 0


def test_a_frame_has_slots_with_facts_and_a_rewrite_has_slots_without() -> None:
    frame = words(1, 120)
    other = [str(at) if at % 12 == 6 else word for at, word in enumerate(frame)]
    reworded = ["reworded" if at % 12 == 6 else word for at, word in enumerate(frame)]
    filled, edited = features(" ".join(frame), " ".join(other)), features(" ".join(frame), " ".join(reworded))
    assert filled["SLOTS"] == edited["SLOTS"] > 2
    assert filled["FACTS"] == filled["SLOTS"]
    assert edited["FACTS"] == 0


def test_shared_at_the_end_only() -> None:
    found = features(f"{article(1, 100)} {article(9, 100)}", f"{article(2, 100)} {article(9, 100)}")
    assert found["BEGINNING"] == found["BEGINNING_LONGER"] == found["TAIL"] == found["TAIL_LONGER"] == 0
    assert found["START"] == found["GAP"] == pytest.approx(math.log1p(100))
    assert 0.45 < found["COVERED"] < 0.55


def test_a_copy_within_a_round_up_ends_before_it_does() -> None:
    body = article(1, 80)
    found = features({"text": body, "title": "Storm"}, f"{article(5, 40)} {body} {article(6, 60)}")
    assert found["START"] == found["TAIL"] == found["GAP"] == 0
    assert found["START_LONGER"] == pytest.approx(math.log1p(40))
    assert found["TAIL_LONGER"] == pytest.approx(math.log1p(60))


def test_numbers_that_one_side_lacks() -> None:
    body = article(1, 60)
    assert features(f"{body} 1 2 3 4 5 6", f"{body} 1 2 13 14 15 16")["NUMBERS_LOST"] == 4
