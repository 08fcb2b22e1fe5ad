"""Fields are found under their usual names, and only where they hold what they should."""

from typing import Any

import pytest

from newsclean.formats.fields import MISSING, Fields, choose, value_at

FOUND = [
    ({"text": "a", "body": "b"}, {"text": "text"}),
    ({"Body": "b"}, {"text": "Body"}),
    (
        {"maintext": "a", "title": "t", "date_publish": "2025", "source_domain": "x", "language": "en"},
        {"text": "maintext", "title": "title", "date": "date_publish", "source": "source_domain", "lang": "language"},
    ),
    ({"body": "a", "publishing_date": "2025", "url": "u"}, {"text": "body", "date": "publishing_date", "url": "url"}),
    ({"content": {"body": "b"}, "meta": {"url": "u"}}, {"text": "content.body", "url": "meta.url"}),
    ({"text": {"a": 1}, "body": "b"}, {"text": "body"}),
    ({"text": 5, "body": "b"}, {"text": "body"}),
    ({"title": ["a"], "headline": "h", "text": "x"}, {"text": "text", "title": "headline"}),
    ({"author": {"id": "a"}, "image": {"date": "2025"}, "text": "x"}, {"text": "text"}),
    ({"id": 7, "text": "x", "timestamp": 1763020800}, {"id": "id", "text": "text", "date": "timestamp"}),
    ({"rank": 1}, {"text": "text"}),
]


@pytest.mark.parametrize(("record", "expected"), FOUND, ids=str)
def test_usual_names_are_found(record: dict[str, Any], expected: dict[str, str]) -> None:
    assert choose([record], Fields()).fields == Fields(**expected)


def test_what_is_given_is_taken() -> None:
    assert choose([{"text": "a", "body": "b"}], Fields(text="body")).fields.text == "body"
    assert choose([{"text": "a"}], Fields(title="kicker")).fields.title == "kicker"


def test_a_field_may_be_in_a_later_record() -> None:
    assert choose([{"text": None}, {"text": "a"}], Fields()).fields.text == "text"
    assert choose([], Fields()).fields == Fields(text="text")


def test_a_choice_says_what_was_chosen_of_how_many() -> None:
    assert str(choose([{"body": "b", "n": 1}], Fields())) == "text=body (of 2 fields)"


def test_values_at_a_path() -> None:
    record = {"a": {"b": {"c": 1}, "n": None}, "a.b": 2}
    assert value_at(record, "a.b") == 2
    assert value_at(record, "a.n") is None
    assert value_at({"a": {"b": {"c": 1}}}, "a.b.c") == 1
    assert value_at(record, "a.x") is value_at(record, "x") is value_at({"a": 5}, "a.b") is MISSING
