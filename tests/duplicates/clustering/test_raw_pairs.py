"""Pairs that only raw texts are."""

import random
from typing import Any

import pytest

from newsclean.duplicates import find_duplicates, resolve, sketch_batch, sketch_raw

FOOTER = (
    "Once registered, you can read additional free articles each month, comment on articles and featured work, and "
    "get our curated newsletters delivered to your inbox. By registering you agree to our privacy policy, terms and "
    "conditions and to receive occasional emails from us. You may unsubscribe at any time. Are you a subscriber to "
    "the print edition? Activate your account now, or call our service department on weekdays between nine and five."
)


def page(seed: int, words: int = 40) -> dict[str, Any]:
    """A short article, with and without the footer."""
    chooser = random.Random(seed)
    text = " ".join("".join(chooser.choices("abcdefghij", k=6)) for _ in range(words))
    return {"id": f"p{seed}", "text": text, "raw": f"{text}\n\n{FOOTER}"}


def relations(documents: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Pairs, by what they are."""
    return [(pair.left, pair.right, pair.relation) for pair in find_duplicates(documents).pairs]


def test_a_shared_footer_is_reported_and_nothing_is_dropped() -> None:
    found = find_duplicates([page(1), page(2)])
    assert [pair[:3] for pair in found.pairs] == [("p1", "p2", "shared_boilerplate")]
    assert 0.5 <= found.pairs[0].similarity < 1
    assert found.pairs[0].story == 0
    assert found.keep == {}
    assert found.clusters() == found.clusters("story") == []


def test_nothing_is_reported_without_raw_texts_or_where_nothing_was_removed() -> None:
    documents = [page(1), page(2)]
    assert relations([{**document, "raw": document["text"]} for document in documents]) == []
    assert relations([{"id": document["id"], "text": document["text"]} for document in documents]) == []
    assert relations([{**document, "text": document["raw"]} for document in documents[:1]]) == []


def test_long_articles_with_one_footer_are_not_alike() -> None:
    assert relations([page(1, 600), page(2, 600)]) == []


def test_copies_stay_copies() -> None:
    one, two = page(1), page(1)
    assert relations([one, {**two, "id": "other"}]) == [("p1", "other", "identical")]
    edited = two["text"].rsplit(" ", 2)[0] + " the end"
    assert relations([one, {"id": "other", "text": edited, "raw": f"{edited}\n\n{FOOTER}"}]) == [
        ("p1", "other", "near_duplicate")
    ]


def test_pages_that_were_nothing_but_boilerplate() -> None:
    empty = [{"id": name, "text": "", "raw": FOOTER} for name in "abc"]
    assert {relation for _, _, relation in relations(empty)} == {"shared_boilerplate"}


def test_pairs_are_few_however_many_pages_share_a_footer() -> None:
    documents = [page(seed) for seed in range(300)]
    found = relations(documents)
    assert 150 <= len(found) <= 300
    shuffled = random.Random(3).sample(documents, len(documents))
    assert {frozenset(pair[:2]) for pair in relations(shuffled)} == {frozenset(pair[:2]) for pair in found}


def test_raw_documents_must_be_as_many() -> None:
    documents = [page(1), page(2)]
    with pytest.raises(ValueError, match="raw"):
        resolve([sketch_batch(documents)], ["p1", "p2"], raw=[sketch_raw(documents[:1])])
