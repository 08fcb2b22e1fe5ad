"""Which phrases of the rules and which weighted word n-grams a line holds: hashes of word sequences, looked up."""

import functools
import itertools
from collections.abc import Sequence
from enum import IntEnum
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import LineColumn, Lines, scan
from newsclean.boilerplate.rules.registry import HOWS, INSIDE, NUMBER, Phrase, phrases
from newsclean.compilation import kernel

LONGEST = 18  # words of a phrase; longer ones cannot be found
LONGEST_WITHIN = 4  # the same of one that may stand anywhere in a line


class Hit(IntEnum):
    """Columns of the table of hits (int32). The first four hold the number of a phrase plus one, or 0."""

    LINE = 0
    START = 1
    END = 2
    ANY = 3
    ONLY = 4  # words that belong to `only` phrases
    SCORE = 5  # sum of the weights of the line's n-grams, in 1/1024
    GRAMS = 6  # how many n-grams had a weight


class Place(IntEnum):
    """Where the words of a key stand; START, END and ANY begin the hash, LINE and ONLY come from START and ANY."""

    START = 1
    END = 2
    ANY = 3
    LINE = 4


_PLACE = {
    "line": Place.LINE,
    "start": Place.START,
    "label": Place.START,
    "named": Place.START,
    "end": Place.END,
    "signed": Place.END,
    "any": Place.ANY,
}


MIX = np.uint64(0x9E3779B97F4A7C15)


class Dictionary(NamedTuple):
    """Sorted `keys` (uint64), where each 16-bit prefix begins (`prefix`, int32), and (keys, 2) `entries`: number of the
    phrase plus one (negative: of an `only` phrase) and weight in 1/1024. Of phrases: `rule`, `how`,
    `inside` (positions in RULES, HOWS, INSIDE) and `size` (words)."""

    prefix: NDArray[np.int32]
    keys: NDArray[np.uint64]
    entries: NDArray[np.int32]
    rule: NDArray[np.int16]
    how: NDArray[np.int8]
    inside: NDArray[np.int8]
    size: NDArray[np.int16]


def word_hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of the words of all `texts`, one text after the other, and how many each text has. What stands between
    spaces is looked at once, however many texts have it: a third of the bytes."""
    pieces = [text.split() for text in texts]
    number = {piece: number for number, piece in enumerate(dict.fromkeys(itertools.chain(*pieces)))}
    lines = scan(list(number))
    words: list[list[int]] = [[] for _ in number]
    for row in lines.table[:, [LineColumn.TEXT, LineColumn.WORD, LineColumn.WORDS]].tolist():
        words[row[0]] = lines.words[row[1] : row[1] + row[2]].tolist()
    each = [[word for piece in row for word in words[number[piece]]] for row in pieces]
    return np.array(list(itertools.chain(*each)), np.uint64), np.array([len(row) for row in each], np.int64)


def phrase_keys(words: NDArray[np.uint64], count: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Keys of many phrases at once: their `words`, how many words each has, and their places."""
    first = np.cumsum(count) - count
    value = MIX * np.where(places == Place.LINE, Place.START, places).astype(np.uint64)
    for position in range(int(count.max())):
        at = np.where(places == Place.END, first + count - 1 - position, first + position)
        within = position < count
        word = words[np.where(within, at, 0)]
        word = np.where(word & np.uint64(3) == 1, np.uint64(1), word)
        step = (value ^ word) * MIX
        value = np.where(within, step ^ step >> np.uint64(29), value)
    return np.where(places == Place.LINE, value ^ MIX, value)


@functools.cache
def dictionary() -> Dictionary:
    """The phrases of all rules and the weighted n-grams."""
    with resources.as_file(resources.files(__package__) / "data/ngrams.npz") as path, np.load(path) as ngrams:
        return with_ngrams(ngrams["keys"], ngrams["weights"])


def with_ngrams(keys: NDArray[np.uint64], weights: NDArray[np.integer[Any]]) -> Dictionary:
    """The phrases of all rules and n-grams with these weights (in 1/1024)."""
    known = phrases()
    words, count = word_hashes([phrase.words for phrase in known])
    only = np.array([phrase.how == "only" for phrase in known])
    places = np.array([_PLACE.get(phrase.how, Place.ANY) for phrase in known], np.int64)
    numbers = np.arange(1, len(known) + 1)
    entries = np.zeros((len(known) + len(keys), 2), np.int32)
    entries[: len(known), 0] = np.where(only, -numbers, numbers)
    entries[len(known) :, 1] = weights
    every = np.concatenate([phrase_keys(words, count, places), keys])
    return _indexed(every, entries, known, count)


def _indexed(
    keys: NDArray[np.uint64], entries: NDArray[np.int32], known: Sequence[Phrase], size: NDArray[np.int64]
) -> Dictionary:
    order = np.argsort(keys, kind="stable")
    keys, entries = keys[order], entries[order]
    bounds = np.arange(0x10000, dtype=np.uint64) << np.uint64(48)
    index = np.append(np.searchsorted(keys, bounds), len(keys)).astype(np.int32)
    rule = np.array([NUMBER[phrase.rule] for phrase in known], np.int16)
    how = np.array([HOWS.index(phrase.how) for phrase in known], np.int8)
    inside = np.array([INSIDE.index(phrase.inside) for phrase in known], np.int8)
    return Dictionary(index, keys, np.ascontiguousarray(entries), rule, how, inside, size.astype(np.int16))


def look_up(lines: Lines, known: Dictionary) -> NDArray[np.int32]:
    """(lines, len(Hit)) int32: what is known of each line's words."""
    hits = np.zeros((len(lines.table), len(Hit)), np.int32)
    _look_up(lines.table, lines.words, known.prefix, known.keys, known.entries, hits)
    return hits


@kernel("void(int32[:, ::1], uint64[::1], int32[::1], uint64[::1], int32[:, ::1], int32[:, ::1])", interpreted=True)
def _look_up(
    table: NDArray[np.int32],
    words: NDArray[np.uint64],
    index: NDArray[np.int32],
    keys: NDArray[np.uint64],
    entries: NDArray[np.int32],
    hits: NDArray[np.int32],
) -> None:
    """Fill `hits`. Places: 1 from the line's first word, 2 back from its last, 3 up to three words from any other."""
    for row in range(len(table)):
        first, count = table[row, LineColumn.WORD], table[row, LineColumn.WORDS]
        for begin in range(-2, count):
            if 32 <= begin < count - 16:
                continue  # the middle of a long paragraph says nothing
            place = begin + 3 if begin < 0 else 3
            value = MIX * np.uint64(place)
            for position in range(min(count - max(begin, 0), LONGEST if begin < 0 else LONGEST_WITHIN)):
                word = words[first + (count - 1 - position if place == 2 else max(begin, 0) + position)]
                value = (value ^ (np.uint64(1) if word & np.uint64(3) == 1 else word)) * MIX
                value = value ^ value >> np.uint64(29)
                for whole in range(1 + (place == 1 and position == count - 1)):
                    wanted = value ^ (MIX if whole else np.uint64(0))
                    prefix = np.int64(wanted >> np.uint64(48))
                    for entry in range(index[prefix], index[prefix + 1]):
                        if keys[entry] == wanted:
                            code = entries[entry, 0]
                            if code < 0:
                                hits[row, Hit.ONLY] += 1
                            elif code > 0:
                                hits[row, 0 if whole else place] = code
                            else:
                                hits[row, Hit.SCORE] += entries[entry, 1]
                                hits[row, Hit.GRAMS] += 1
