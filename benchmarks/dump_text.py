"""Fresh text in made-up languages, as numbers and as UTF-8: what make_dump.py makes articles of.

A word is one number: its language, its form, its kind and its rank, each from its bit on. Words are spelled from their
numbers whenever they are written, so that a dump of any size takes no memory for its words.
"""

import itertools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

EVENT_WORDS = 12, 6, 4  # words, names and numbers that an event has
FREQUENT, GENERAL, NAME, NUMBER = range(4)  # kinds of words
PLAIN, COMMA, STOP, CAPITAL = range(4)  # forms of words
KIND_BITS, FORM_BITS, LANGUAGE_BITS = 40, 42, 44
HEADS = (6, 60, 40, 400)  # by kind of word: about how many of them are frequent
Tokens = NDArray[np.int64]


class Language(NamedTuple):
    """What words of a language are made of."""

    code: str
    frequent: list[str]
    syllables: list[str]
    space: str
    comma: str
    stop: str
    wire: str
    share: list[str]


class Event(NamedTuple):
    """What happened, when it is reported the next time, and by how many still."""

    number: int
    language: int
    reports: int


class Article(NamedTuple):
    """A text as tokens, and where its sentences end; the first is the headline."""

    number: int
    language: int
    tokens: Tokens
    ends: Tokens

    @property
    def sentences(self) -> list[Tokens]:
        """Each sentence by itself."""
        return [self.tokens[start:end] for start, end in itertools.pairwise([0, *self.ends.tolist()])]


def joined(number: int, language: int, sentences: list[Tokens]) -> Article:
    """An article of sentences."""
    return Article(number, language, np.concatenate(sentences), np.cumsum(list(map(len, sentences))))


def languages() -> tuple[list[Language], NDArray[np.float64]]:
    """All languages, and the share of each."""
    found, weights = list[Language](), list[int]()
    for code, table in tomllib.loads((Path(__file__).parent / "dump_languages.toml").read_text("utf-8")).items():
        if "characters" in table:
            syllables, marks = list(table["characters"]), ("", "，", "。")
        else:
            parts = table["onsets"].split(), table["vowels"].split(), table["codas"].split(" ")
            syllables, marks = ["".join(each) for each in itertools.product(*parts)], (" ", ", ", ". ")
        np.random.default_rng(len(found)).shuffle(syllables)
        found.append(Language(code, table["frequent"].split(), syllables, *marks, table["wire"], table["share"]))
        weights.append(table["weight"])
    return found, np.array(weights) / sum(weights)


class Tables(NamedTuple):
    """Pieces of words as UTF-8, each as it is and then with a capital, and where those of each language stand."""

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]
    """By language: first frequent word, how many, first syllable, how many, first mark (space, comma, stop)."""


def tables(known: list[Language]) -> Tables:
    """All pieces that `spell` puts together."""
    pieces, rows = list[str](), []
    for language in known:
        places = []
        for group in (language.frequent, language.syllables, (language.space, language.comma, language.stop)):
            places += [len(pieces) // 2, len(group)]
            pieces += itertools.chain.from_iterable((piece, piece.title()) for piece in group)
        rows.append(places[:5])
    encoded = [piece.encode() for piece in pieces]
    starts = np.cumsum([0, *map(len, encoded)])
    return Tables(np.frombuffer(b"".join(encoded), np.uint8), starts, np.array(rows))


@numba.njit(cache=True)
def spell(tokens: Tokens, ends: Tokens, known: Tables, out: NDArray[np.uint8], bounds: Tokens) -> None:
    """Write the words of all tokens as UTF-8, and where the texts end whose last token stands before each of `ends`."""
    size, text, digits = 0, 0, np.empty(16, np.int64)
    for at in range(len(tokens)):
        token = tokens[at]
        row = known.rows[token >> LANGUAGE_BITS]
        form, kind, rank = token >> FORM_BITS & 3, token >> KIND_BITS & 3, token & ((1 << KIND_BITS) - 1)
        capital = form == CAPITAL or kind == NAME
        if kind == NUMBER:
            count = 0
            while rank or not count:
                digits[count] = rank % 10
                rank //= 10
                count += 1
            for place in range(count - 1, -1, -1):
                out[size] = 48 + digits[place]
                size += 1
                if place and place % 3 == 0:
                    out[size] = 44
                    size += 1
        else:
            rest = 0 if kind == FREQUENT else 2 * rank + (kind == NAME)
            while True:
                piece = row[0] + rank % row[1] if kind == FREQUENT else row[2] + rest % row[3]
                for place in range(known.starts[2 * piece + capital], known.starts[2 * piece + capital + 1]):
                    out[size] = known.data[place]
                    size += 1
                capital, rest = False, rest // row[3]
                if rest == 0:
                    break
        mark = row[4] + (1 if form == COMMA else 2 if form == STOP else 0)
        if at + 1 < ends[text]:  # nothing stands behind a text's last word
            for place in range(known.starts[2 * mark], known.starts[2 * mark + 1]):
                out[size] = known.data[place]
                size += 1
        while text < len(ends) and at + 1 == ends[text]:
            bounds[text] = size
            text += 1


def ranks(draw: np.random.Generator, count: int, kind: int) -> Tokens:
    """Ranks of words of a kind, without an end: so that new words come for as long as a dump goes on.

    That of rank r is as frequent as (r + head) ** -1.5 (Zipf, Mandelbrot): n words have about n ** .67 different ones.
    """
    head = HEADS[kind]
    drawn = head * np.maximum(draw.random(count), 1e-5) ** -2 - head
    return drawn.astype(np.int64)


class Writer:
    """Writes fresh articles, batch by batch, about the events that it is given."""

    def __init__(self, seed: int, words: int) -> None:
        self.draw = np.random.default_rng(seed)
        self.words = words
        # Kinds of the words of a sentence: of three, one is frequent; names and numbers as in news.
        self.patterns = [self._pattern() for _ in range(400)]

    def _pattern(self) -> NDArray[np.int64]:
        size = int(self.draw.integers(8, 30))
        return self.draw.choice(4, size, p=[0.40, 0.44, 0.11, 0.05])

    def write(self, events: list[Event], numbers: list[int]) -> Iterator[Article]:
        """A fresh report on each event: a headline and sentences."""
        draw = self.draw
        counts = np.maximum(2, (self.words / 19 * draw.lognormal(0, 0.45, len(events))).astype(np.int64)) + 1
        chosen = draw.integers(0, len(self.patterns), int(counts.sum()))
        patterns = [self.patterns[at] for at in chosen.tolist()]
        sizes = np.fromiter(map(len, patterns), np.int64, len(patterns))
        kinds = np.concatenate(patterns)
        of = np.repeat(np.repeat(np.arange(len(events)), counts), sizes)
        tokens = self._tokens(kinds, of, events)
        ends = np.cumsum(sizes)
        forms = np.where(draw.random(len(tokens)) < 0.06, COMMA, PLAIN)
        forms[ends - sizes] = CAPITAL
        forms[ends - 1] = STOP
        tokens |= forms << FORM_BITS
        last = np.cumsum(counts)
        bounds, begin = ends[last - 1].tolist(), 0
        for number, event, end, sentence, count in zip(
            numbers, events, bounds, last.tolist(), counts.tolist(), strict=True
        ):
            yield Article(number, event.language, tokens[begin:end], ends[sentence - count : sentence] - begin)
            begin = end

    def _tokens(self, kinds: NDArray[np.int64], event: Tokens, events: list[Event]) -> Tokens:
        """Words of their kinds: those of the event, and others as frequent as they are in the language."""
        draw, total = self.draw, len(kinds)
        numbers = np.array([each.number for each in events], np.uint64)
        language = np.array([each.language for each in events], np.int64)[event]
        own = draw.random(total)
        rank = np.zeros(total, np.int64)
        for kind in range(len(HEADS)):
            rows = np.flatnonzero(kinds == kind)
            drawn = ranks(draw, len(rows), kind)
            if kind != FREQUENT:
                mine = own[rows] < (0, 0.35, 0.75, 0.5)[kind]
                of = event[rows[mine]]
                which = (draw.random(len(of)) ** 1.5 * EVENT_WORDS[kind - 1]).astype(np.uint64)
                drawn[mine] = _rank_of(numbers[of], which, kind)
            rank[rows] = drawn
        return rank | kinds << KIND_BITS | language << LANGUAGE_BITS


def _rank_of(numbers: NDArray[np.uint64], which: NDArray[np.uint64], kind: int) -> Tokens:
    """The ranks of words of events, the same whoever reports."""
    value = (numbers * np.uint64(64) + which * np.uint64(4) + np.uint64(kind)) * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ value >> np.uint64(31)) * np.uint64(0xD6E8FEB86659FD93)
    share = np.maximum((value >> np.uint64(11)).astype(np.float64) / 2**53, 1e-5)
    return (10 * HEADS[kind] / share).astype(np.int64)
