"""Terms: words, and two ideographs in a row."""

from newsclean.duplicates.tokens import split
from newsclean.duplicates.tokens.terms import terms_of


def terms(text: str) -> list[int]:
    return terms_of(split([text])[0])


def test_words_are_terms_whatever_their_case() -> None:
    assert terms("Storm SHUTS harbour") == terms("storm shuts Harbour")
    assert len(terms("one two one")) == 3


def test_two_ideographs_are_a_term_and_one_alone_is_none() -> None:
    assert len(terms("海运网")) == 2
    assert terms("海") == []
    assert terms("海运 abc") == [*terms("海运"), *terms("abc")]
