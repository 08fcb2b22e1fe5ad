"""What single tokens say, in many languages: directions, names of places and days, numerals."""

import functools
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Column
from newsclean.duplicates.tokens import split


class Lexicon(NamedTuple):
    """Hashes, each column sorted, and what each says. Languages are not told apart: both texts must have such a word,
    and opposite ones, which words of another language hardly are by chance."""

    directed: Column[np.uint32]
    """Words that say a direction, without the two bits that say what a word is."""
    directions: Column[np.uint64]
    """Of each, two bits an axis: up and down, won and lost."""
    facts: Column[np.uint32]
    """Terms that name a country, a city, a month or a weekday."""
    numerals: Column[np.uint32]
    """Words that are numerals."""
    values: Column[np.uint32]
    """Of each, the word for the same number in digits."""


@functools.cache
def lexicon() -> Lexicon:
    """The tables, read and hashed once."""
    with (files("newsclean.duplicates.short") / "data/facts.npz").open("rb") as file, np.load(file) as arrays:
        facts = arrays["facts"]
    masks: dict[int, int] = {}
    axes: dict[str, int] = {}
    for _, axis, pole, words in _rows("directions.tsv"):
        bit = 2 * axes.setdefault(axis, len(axes)) + "-+".index(pole)
        for word in _hashes(words.split(" ")):
            masks[word] = masks.get(word, 0) | 1 << bit
    numerals: dict[int, int] = {}
    for _, first, words in _rows("numerals.tsv"):
        spelt = words.split(" ")
        digits = _hashes([str(number) for number in range(int(first), int(first) + len(spelt))])
        numerals.update(zip(_hashes(spelt), digits, strict=True))
    return Lexicon(
        *_sorted(masks, np.dtype(np.uint64)), np.ascontiguousarray(facts), *_sorted(numerals, np.dtype(np.uint32))
    )


def _rows(name: str) -> list[list[str]]:
    """The rows of a table of words, without its head."""
    text = (files("newsclean.duplicates.short") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:] if line]


def _hashes(words: list[str]) -> list[int]:
    """What each word is hashed to; of several tokens the first."""
    tokens, bounds = split(words)
    found: list[int] = (tokens[bounds[:-1]] >> 2).tolist()
    return found


def _sorted(table: dict[int, int], kind: np.dtype[Any]) -> tuple[NDArray[np.uint32], NDArray[Any]]:
    """The keys of a table in order, and their values."""
    keys = sorted(table)
    return np.array(keys, np.uint32), np.array([table[key] for key in keys], kind)
