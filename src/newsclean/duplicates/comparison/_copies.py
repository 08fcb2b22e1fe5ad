"""Kernels that count what two texts share word by word."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.comparison._alignment import align, longest_run
from newsclean.duplicates.comparison._passages import (
    Passages,
    covered_words,
    different_words,
    measure_gaps,
    measure_passages,
    shared_headline,
)
from newsclean.duplicates.tokens import NAME, NUMBER, SHINGLE, pair_shingle, shingle, whole_shingle
from newsclean.duplicates.tokens.hashing import four_shingle

LEAD_SHINGLES = 60  # shingles that a text begins with
BEGINNING = 50  # words that a body begins with
SHORT_BODY = 15  # words; a shorter body is looked at together with its headline
_HOPELESS = 0.12  # share of two-word shingles below which the rest is not counted: no labelled copy has less than .46
_STEP = np.uint64(1)
_KINDS = 5


class Kind(IntEnum):
    """What is compared, one after the other."""

    FIVES = 0
    TWOS = 1
    NAMES = 2
    NUMBERS = 3
    FOURS = 4


class Count(IntEnum):
    """Columns of the counts of a pair; the first five are shared values by `Kind`."""

    FIVES = 0
    TWOS = 1
    NAMES = 2
    NUMBERS = 3
    FOURS = 4
    STREAK = 5
    LEFT_LEAD = 6
    RIGHT_LEAD = 7
    ALIGNED = 8
    SHIFTED = 9
    LEFT_COVERED = 10
    RIGHT_COVERED = 11
    LEFT_BEGINNING = 12
    RIGHT_BEGINNING = 13
    LONGEST = 14
    PASSAGES = 15
    SLOTS = 16
    FACTS = 17
    HEADLINE = 18
    HEADLINES = 19
    TITLED = 20
    LEFT_START = 21
    RIGHT_START = 22
    LEFT_GAP = 23
    RIGHT_GAP = 24
    LEFT_TAIL = 25
    RIGHT_TAIL = 26


class Texts(NamedTuple):
    """Words of all texts; where each text begins and ends; how many words its headline has."""

    words: ReadOnlyColumn[np.uint32]
    spans: Table[np.int64]
    heads: Column[np.int64]


class Lookup(NamedTuple):
    """The `values` of one text in order, where each stands first, and a hash table of them (`keys` and `places`).
    `seen` is which pair saw them last. `hits` is room for marks by place."""

    values: Column[np.uint32]
    firsts: Column[np.uint32]
    keys: Column[np.uint32]
    places: Column[np.uint32]
    seen: Column[np.uint32]
    hits: Column[np.uint32]


@kernel()
def lookup_for(longest: int) -> Lookup:
    """Room for texts of so many words."""
    room = 64
    while room < 4 * longest:
        room *= 2
    return Lookup(
        np.empty(longest + 1, np.uint32),
        np.empty(longest + 1, np.uint32),
        np.empty(room, np.uint32),
        np.empty(room, np.uint32),
        np.zeros(longest + 1, np.uint32),
        np.empty(longest + 1, np.uint32),
    )


@kernel()
def body_start(texts: Texts, text: int) -> int:
    """Where the body of a text begins, behind its headline."""
    start, end = int(texts.spans[text, 0]), int(texts.spans[text, 1])
    body = start + int(texts.heads[text])
    return body if end - body >= SHORT_BODY else start


@kernel()
def gather_values(texts: Texts, text: int, kind: int, values: Column[np.uint32]) -> int:
    """Write the values of one kind of a text; return how many there are."""
    words, start, end = texts.words, int(texts.spans[text, 0]), int(texts.spans[text, 1])
    length = end - start
    if kind in (Kind.NAMES, Kind.NUMBERS):
        count = 0
        sort = np.uint32(NAME if kind == Kind.NAMES else NUMBER)
        for at in range(length):
            word = words[np.uint64(start + at)]
            values[count] = word
            count += word & 3 == sort  # a branch could not be predicted
        return count
    if kind == Kind.FOURS:
        start = body_start(texts, text)
        length = max(0, end - start - 3)
        for at in range(length):
            values[at] = four_shingle(words, np.uint64(start + at))
        return length
    size = SHINGLE if kind == Kind.FIVES else 2
    if length < size:
        if length > 0:
            values[0] = shingle(words, start, end)
        return min(length, 1)
    if kind == Kind.FIVES:
        for at in range(length - SHINGLE + 1):
            values[at] = whole_shingle(words, np.uint64(start + at))
    else:
        for at in range(length - 1):
            values[at] = pair_shingle(words, np.uint64(start + at))
    return length - size + 1


@kernel()
def find_slot(value: np.uint32, lookup: Lookup, bits: int) -> np.uint64:
    """Where in the hash table a value stands, or would."""
    slot = np.uint64(np.uint32(value * np.uint32(0x9E3779B1)) >> np.uint32(32 - bits))
    while lookup.places[slot] != 0 and lookup.keys[slot] != value:
        slot = (slot + _STEP) & ((_STEP << np.uint64(bits)) - _STEP)
    return slot


@kernel()
def fill_table(lookup: Lookup, size: int, bits: int) -> int:
    """Fill the hash table with the values, and note where each stands first, from 1; return how many differ.

    A quarter of the slots is used at most: what costs is a slot taken.
    """
    distinct = 0
    for slot in range(1 << bits):
        lookup.places[slot] = 0
    for at in range(size):
        place = find_slot(lookup.values[at], lookup, bits)
        if lookup.places[place] == 0:
            lookup.keys[place], lookup.places[place] = lookup.values[at], at + 1
            distinct += 1
        lookup.firsts[at] = lookup.places[place]
    return distinct


@kernel()
def look_up(
    values: Column[np.uint32], sizes: tuple[int, int], lookup: Lookup, bits: int, stamp: np.uint32,
    found: Column[np.uint32],
) -> int:  # fmt: skip
    """Write to `found`, from 1, where each of the values of the right text stands first in the left; 0 for nowhere.

    Returns how many different ones are shared. `stamp` marks them in the left text; no other pair or kind has the same.
    Passages are followed: what stands in the next place on both sides need not be looked for.
    """
    own, firsts, places, seen = lookup.values, lookup.firsts, lookup.places, lookup.seen
    shared, guess = 0, np.uint64(0)
    size, count = sizes
    for at in range(size):
        if guess < count and own[guess] == values[at]:
            place = firsts[guess]
        else:
            place = places[find_slot(values[at], lookup, bits)]
            if place != 0:
                guess = np.uint64(place - 1)
        guess += _STEP
        found[at] = place
        shared += place != 0 and seen[place] != stamp
        seen[place] = stamp
    return shared


@kernel()
def count_twos(
    lookup: Lookup, found: Column[np.uint32], sizes: tuple[int, int], stamp: np.uint32, counts: Column[np.int64]
) -> None:
    """Count what is measured on shared pairs of words: both leads, and words in passages of the other text."""
    for place in range(min(sizes[1], LEAD_SHINGLES)):
        counts[Count.LEFT_LEAD] += lookup.seen[lookup.firsts[place]] == stamp
    for place in range(min(sizes[0], LEAD_SHINGLES)):
        counts[Count.RIGHT_LEAD] += found[place] != 0
    counts[Count.ALIGNED], counts[Count.SHIFTED] = align(found, sizes[0])


@kernel()
def count_fours(
    texts: Texts, ends: tuple[int, int], lookup: Lookup, found: Column[np.uint32], sizes: tuple[int, int],
    stamp: np.uint32, counts: Column[np.int64],
) -> None:  # fmt: skip
    """Count what is measured on shared passages of four and more words of the bodies."""
    left, right = ends
    for place in range(sizes[1]):  # where the left text has them, whichever place was seen
        lookup.hits[place] = lookup.seen[lookup.firsts[place]] == stamp
    counts[Count.LEFT_BEGINNING] = covered_words(lookup.hits, sizes[1], BEGINNING)
    counts[Count.RIGHT_BEGINNING] = covered_words(found, sizes[0], BEGINNING)
    places = Passages(texts.words, body_start(texts, left), body_start(texts, right))
    longest, passages, slots, facts = measure_passages(places, found, sizes[0])
    counts[Count.LONGEST], counts[Count.PASSAGES] = longest, passages
    counts[Count.SLOTS], counts[Count.FACTS] = slots, facts
    covered, start, gap, tail = measure_gaps(lookup.hits, sizes[1])
    counts[Count.LEFT_COVERED], counts[Count.LEFT_START] = covered, start
    counts[Count.LEFT_GAP], counts[Count.LEFT_TAIL] = gap, tail
    covered, start, gap, tail = measure_gaps(found, sizes[0])
    counts[Count.RIGHT_COVERED], counts[Count.RIGHT_START] = covered, start
    counts[Count.RIGHT_GAP], counts[Count.RIGHT_TAIL] = gap, tail
    start, other_start = texts.spans[left, 0], texts.spans[right, 0]
    end, other_end = start + texts.heads[left], other_start + texts.heads[right]
    shared = shared_headline(texts.words, start, end, other_start, other_end)
    every = different_words(texts.words, start, end) + different_words(texts.words, other_start, other_end)
    counts[Count.HEADLINE], counts[Count.HEADLINES] = shared, every - shared
    counts[Count.TITLED] = end > start and other_end > other_start


@kernel(entry=True)
def count_shared(
    texts: Texts, rows: Column[np.int64], pairs: Table[np.int64], totals: Table[np.int64], counts: Table[np.int64],
    kinds: int,
) -> None:  # fmt: skip
    """Write to `totals` how many different values of each kind the texts `rows` have, and the counts of `pairs`.

    Only the first so many `kinds` are counted. Rows and pairs are sorted; the right text of a pair has no more words
    than the left one. Passages of four words are looked for where two words make it worth it; of other texts their
    total stays 0.
    """
    longest, first = 1, 0
    for text in rows:
        longest = max(longest, texts.spans[text, 1] - texts.spans[text, 0])
    lookup = lookup_for(longest)
    values, found = np.empty(longest + 1, np.uint32), np.empty(longest + 1, np.uint32)
    for at in range(len(rows)):
        text, last = rows[at], first
        while last < len(pairs) and pairs[last, 0] == text:
            last += 1
        hopeful = 0
        for kind in range(kinds):
            if kind == Kind.FOURS and hopeful == 0:
                continue
            size = gather_values(texts, text, kind, lookup.values)
            bits = 6
            while 1 << bits < 4 * size:
                bits += 1
            totals[at, kind] = fill_table(lookup, size, bits)
            for row in range(first, last):
                if kind > Kind.TWOS and counts[row, Count.TWOS] < _HOPELESS * (
                    texts.spans[pairs[row, 1], 1] - texts.spans[pairs[row, 1], 0]
                ):
                    continue
                hopeful += kind > Kind.TWOS
                stamp = np.uint32(_KINDS * row + kind + 1)
                sizes = gather_values(texts, pairs[row, 1], kind, values), size
                counts[row, kind] = look_up(values, sizes, lookup, bits, stamp, found)
                if kind == Kind.FIVES:
                    counts[row, Count.STREAK] = longest_run(found, sizes[0])
                elif kind == Kind.TWOS:
                    count_twos(lookup, found, sizes, stamp, counts[row])
                elif kind == Kind.FOURS:
                    count_fours(texts, (text, pairs[row, 1]), lookup, found, sizes, stamp, counts[row])
        first = last
