"""The tables of words that say a direction, a place, a day or a number."""

import numpy as np
import pytest

from newsclean.duplicates.short.lexicon import lexicon
from newsclean.duplicates.tokens import split, term


def token(word: str) -> int:
    words, _ = split([word])
    return int(words[0] >> 2)


@pytest.mark.parametrize(
    ("one", "two", "opposite"),
    [("rises", "falls", True), ("naik", "melemah", True), ("涨", "跌", True), ("rises", "climbs", False)],
)
def test_directions(one: str, two: str, opposite: bool) -> None:
    table = lexicon()
    masks = [int(table.directions[np.searchsorted(table.directed, token(word))]) for word in (one, two)]
    even = 0x5555555555555555
    assert bool(((masks[0] >> 1 & masks[1]) | (masks[0] & masks[1] >> 1)) & even) == opposite


@pytest.mark.parametrize("name", ["Argentina", "Turkey", "Россия", "아르헨티나", "阿根廷", "Thursday", "grudnia"])
def test_facts(name: str) -> None:
    words, _ = split([name])
    assert int(term(words, 0, len(words))) in lexicon().facts.tolist()


@pytest.mark.parametrize("word", ["harbour", "may", "the", "rises"])
def test_no_facts(word: str) -> None:
    assert token(word) not in lexicon().facts.tolist()


def test_numerals() -> None:
    table = lexicon()
    assert table.values[np.searchsorted(table.numerals, token("seven"))] == token("7")


def test_columns_are_sorted() -> None:
    table = lexicon()
    for column in (table.directed, table.facts, table.numerals):
        assert (np.diff(column.astype(np.int64)) > 0).all()
