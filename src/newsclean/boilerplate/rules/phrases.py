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
from newsclean.boilerplate.rules._keys import KEY, MIX, VALUE, Keys, extend, first_place, indexed, may_lead
from newsclean.boilerplate.rules.registry import HOWS, INSIDE, NUMBER, phrases
from newsclean.compilation import Column, Table, kernel

LONGEST_PHRASE = 48  # words of a phrase; longer ones cannot be found (a letter of Thai or Burmese is a word)
LONGEST_WITHIN = 12  # the same of one that may stand anywhere in a line
HEAD, TAIL = 32, 16  # words at the beginning and at the end of a line, where such a phrase may begin
LONGEST_LINE = 6  # words of a line that has an n-gram as a whole; its first four to six words need not have any


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
    "framed": Place.LINE,
}


class Dictionary(NamedTuple):
    """The `keys` of all that is known, and those of phrases alone (`of_phrases`), with what `_packed` says of each.

    Of phrases: `rule`, `how` and `inside` (positions in RULES, HOWS, INSIDE), and `size` in words.
    """

    keys: Keys
    of_phrases: Keys
    rule: NDArray[np.int16]
    how: NDArray[np.int8]
    inside: NDArray[np.int8]
    size: NDArray[np.int16]


# What is known of a key, in 64 bits: the weight of an n-gram in 1/1024, plus a half of 32 bits; or, above those, the
# number of a phrase, from 1, times two, plus one if it is an `only` phrase.
_ABOVE, _ONE = np.uint64(32), np.uint64(1)
_HALF = 1 << 31


def _packed(only: NDArray[np.bool_], weights: NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    """What is known of the keys of phrases, then of n-grams."""
    of_phrases = (np.arange(1, len(only) + 1, dtype=np.uint64) << _ONE | only.astype(np.uint64)) << _ABOVE
    return np.concatenate([of_phrases, (weights.astype(np.int64) + _HALF).astype(np.uint64)])


def word_hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of the words of all `texts`, one text after the other, and how many each text has. What stands between
    spaces is looked at once, however many texts have it: a third of the bytes."""
    pieces = [text.split() for text in texts]
    number = {piece: number for number, piece in enumerate(dict.fromkeys(itertools.chain(*pieces)))}
    lines = scan(list(number))
    row = np.fromiter(map(number.__getitem__, itertools.chain(*pieces)), np.int64)
    words = np.bincount(lines.table[:, LineColumn.TEXT], lines.table[:, LineColumn.WORDS], len(number)).astype(np.int64)
    first, count = np.cumsum(words) - words, words[row]  # of the words of each piece, which are in order
    at = np.arange(count.sum()) + np.repeat(first[row] - (np.cumsum(count) - count), count)
    ends = np.append(0, np.cumsum(count))[np.cumsum([0, *map(len, pieces)])]
    return lines.words[at], np.diff(ends)


class PhraseKeys(NamedTuple):
    """The keys of some phrases, and those of their first words (of `END`: last ones), of every number of words."""

    keys: NDArray[np.uint64]
    leading: NDArray[np.uint64]


def phrase_keys(words: NDArray[np.uint64], count: NDArray[np.int64], places: NDArray[np.int64]) -> PhraseKeys:
    """Keys of many phrases at once: their `words`, how many words each has, and their places."""
    first = np.cumsum(count) - count
    value = MIX * np.where(places == Place.LINE, Place.START, places).astype(np.uint64)
    leading = []
    for position in range(int(count.max())):
        at = np.where(places == Place.END, first + count - 1 - position, first + position)
        within = position < count
        word = words[np.where(within, at, 0)]
        word = np.where(word & np.uint64(3) == 1, np.uint64(1), word)
        step = (value ^ word) * MIX
        value = np.where(within, step ^ step >> np.uint64(29), value)
        leading.append(value[within])
    return PhraseKeys(np.where(places == Place.LINE, value ^ MIX, value), np.unique(np.concatenate(leading)))


@functools.cache
def dictionary() -> Dictionary:
    """The phrases of all rules and the weighted n-grams."""
    with resources.as_file(resources.files(__package__) / "data/ngrams.npz") as path, np.load(path) as ngrams:
        return with_ngrams(ngrams["keys"], ngrams["weights"])


def with_ngrams(keys: NDArray[np.uint64], weights: NDArray[np.integer[Any]]) -> Dictionary:
    """The phrases of all rules and n-grams with these weights (in 1/1024). The first words of an n-gram must be n-grams
    too, as they are where all that so many domains use are taken."""
    known = phrases()
    words, count = word_hashes([phrase.words for phrase in known])
    only = np.array([phrase.how == "only" for phrase in known])
    places = np.array([_PLACE.get(phrase.how, Place.ANY) for phrase in known], np.int64)
    own = phrase_keys(words, count, places)
    every, values = np.concatenate([own.keys, keys]), _packed(only, weights)
    order, own_order = np.argsort(every, kind="stable"), np.argsort(own.keys, kind="stable")
    rule = np.array([NUMBER[phrase.rule] for phrase in known], np.int16)
    how = np.array([HOWS.index(phrase.how) for phrase in known], np.int8)
    inside = np.array([INSIDE.index(phrase.inside) for phrase in known], np.int8)
    index = indexed(every[order], own.leading, values[order])
    of_phrases = indexed(own.keys[own_order], own.leading, values[own_order])
    return Dictionary(index, of_phrases, rule, how, inside, count.astype(np.int16))


def look_up(lines: Lines, known: Dictionary) -> NDArray[np.int32]:
    """(lines, len(Hit)) int32: what is known of each line's words."""
    return _hits(lines, known.keys)


def look_up_phrases(lines: Lines, known: Dictionary) -> NDArray[np.int32]:
    """The same without n-grams."""
    return _hits(lines, known.of_phrases)


def _hits(lines: Lines, known: Keys) -> NDArray[np.int32]:
    hits = np.zeros((len(lines.table), len(Hit)), np.int32)
    _look_up(lines.table, lines.words, known, hits)
    most = HEAD + TAIL
    followed = _Followed(np.empty(most, np.int64), np.empty(most, np.uint64), np.empty(most, np.uint64))
    _look_up_within(lines.table, lines.words, known, followed, hits)
    return hits


@kernel(entry=True, interpreted=True)
def _look_up(table: Table[np.int32], words: Column[np.uint64], known: Keys, hits: Table[np.int32]) -> None:
    """Fill `hits` with what begins or ends a line. A sequence that begins nothing known is not followed further."""
    for row in range(len(table)):
        first, count = table[row, LineColumn.WORD], table[row, LineColumn.WORDS]
        for place in range(Place.START, Place.ANY):
            value = MIX * np.uint64(place)
            through = 0 < count <= LONGEST_PHRASE
            whole = place == Place.START and count <= LONGEST_LINE
            for position in range(min(count, LONGEST_PHRASE)):
                value = extend(value, words[first + (count - 1 - position if place == Place.END else position)])
                if may_lead(known, value):
                    _note(known, value, hits, row, place)
                elif not whole:
                    through = False
                    break
            if place == Place.START and through and may_lead(known, value ^ MIX):
                _note(known, value ^ MIX, hits, row, Hit.LINE)


class _Followed(NamedTuple):
    """Room for the sequences of a line that are followed at once: the first word and the key of each."""

    begin: Column[np.int64]
    value: Column[np.uint64]
    near: Column[np.uint64]
    """The key in the row of the table where that of the sequence may stand. Asked for before it is needed, so that the
    processor waits for many rows at once."""


@kernel(entry=True, interpreted=True)
def _look_up_within(
    table: Table[np.int32],
    words: Column[np.uint64],
    known: Keys,
    followed: _Followed,
    hits: Table[np.int32],
) -> None:
    """Add to `hits` what may stand anywhere in a line. All sequences of one word come first, then those of two that go
    on, so that the processor looks for several at once. Of the phrases the last one counts."""
    for row in range(len(table)):
        first, count = table[row, LineColumn.WORD], table[row, LineColumn.WORDS]
        left = 0
        for begin in range(count):
            if HEAD <= begin < count - TAIL:
                continue  # the middle of a long paragraph says nothing
            value = extend(MIX * np.uint64(Place.ANY), words[first + begin])
            followed.begin[left], followed.value[left] = begin, value
            left += may_lead(known, value)
        score = grams = only = phrase = 0
        last = -1  # where the phrase begins
        for size in range(1, LONGEST_WITHIN + 1):
            for at in range(left):
                followed.near[at] = known.table[np.int64(followed.value[at] >> known.shift), KEY]
            for at in range(left):
                value = followed.value[at]
                place = int(np.int64(value >> known.shift))
                if followed.near[at] != value:
                    place = first_place(known, value)
                while place >= 0 and known.table[place, KEY] == value:
                    what = known.table[place, VALUE]
                    number = int(np.int64(what >> _ABOVE))
                    if number == 0:
                        score += int(np.int64(what)) - _HALF
                        grams += 1
                    elif number & 1:
                        only += 1
                    elif followed.begin[at] >= last:
                        last, phrase = followed.begin[at], number >> 1
                    place += 1
            going = left
            left = 0
            for at in range(going):
                begin = followed.begin[at]
                if begin + size < count:
                    value = extend(followed.value[at], words[first + begin + size])
                    followed.begin[left], followed.value[left] = begin, value
                    left += may_lead(known, value)
            if left == 0:
                break
        hits[row, Hit.SCORE] += score
        hits[row, Hit.GRAMS] += grams
        hits[row, Hit.ONLY] += only
        hits[row, Hit.ANY] = phrase


@kernel(interpreted=True)
def _note(known: Keys, value: np.uint64, hits: Table[np.int32], row: int, place: int) -> None:
    """Add to a line's hits what is known of a sequence of its words; `place` is the column of its phrase."""
    at = first_place(known, value)
    while at >= 0 and known.table[at, KEY] == value:
        what = known.table[at, VALUE]
        number = int(np.int64(what >> _ABOVE))
        if number == 0:
            hits[row, Hit.SCORE] += int(np.int64(what)) - _HALF
            hits[row, Hit.GRAMS] += 1
        elif number & 1:
            hits[row, Hit.ONLY] += 1
        else:
            hits[row, place] = number >> 1
        at += 1
