"""Sketches of documents: what stands in their columns."""

import pytest

from newsclean.duplicates import sketch_batch, sketch_raw
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.tokens import language_code


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"text": "Body text here", "title": "A headline"}, 2),
        ({"text": "A headline\n\nBody text here", "title": "A headline"}, 2),
        ({"text": "A first line\nBody text here"}, 3),
        ({"text": "Body text alone"}, 0),
        ({"text": "word " * 60 + "\nBody text here"}, 0),
        ({"text": "Body text here", "title": "  "}, 0),
        ({"text": ""}, 0),
    ],
    ids=["title apart", "title in front", "first line", "one line", "long first line", "blank title", "empty"],
)
def test_words_of_the_headline(document: dict[str, str], words: int) -> None:
    assert sketch_batch([document]).heads.tolist() == [words]


def test_metadata() -> None:
    sketches = sketch_batch([{"text": "a b", "date": "2024-05-01", "source": "x", "lang": "de"}, "c"])
    assert sketches.days[1] == NO_DAY != sketches.days[0]
    assert sketches.sources[0] != 0 == sketches.sources[1]
    assert sketches.languages[0] == language_code("de")


def test_raw_texts_count_where_cleaning_took_something() -> None:
    raw = sketch_raw([{"text": "a", "raw": "a"}, {"text": "a", "raw": "a " * 60}, "b"])
    assert raw.bounds.tolist() == [0, 0, 60, 60]
