"""Articles as weighted terms: their most salient ones, and how much of two articles' terms agree."""

from enum import IntEnum

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.tfidf._idf import STORY_WORDS
from newsclean.duplicates.tokens import COUNT, NAME, NAMED, NUMBER, NUMERIC, PLACE, TELLS, fetch, mix, term

TELLING = 1.5  # inverse document frequency from which a term says something: fewer than a fifth of the articles hold it
SLOTS = 4 * STORY_WORDS  # of the hash table that the terms of one article are gathered in
_AHEAD = 8  # terms whose weights are asked for before they are needed


class TermRow(IntEnum):
    """Rows of the hash table of an article's terms: the term (0: none), its marks and count; the slots in use."""

    TERM = 0
    MARKS = 1
    USED = 2


class WeightRow(IntEnum):
    """Rows of what the terms of a hash table weigh, by slot: weight and inverse document frequency."""

    WEIGHT = 0
    IDF = 1


@kernel()
def word_mark(word: np.uint32) -> np.uint32:
    """What a word's sort says of its term."""
    sort = word & np.uint32(3)
    return np.uint32(NAMED | NUMERIC if sort == NUMBER else NAMED if sort == NAME else 0)


@kernel()
def term_idf(weights: Column[np.float32], code: int, value: np.uint32) -> np.float32:
    """The inverse document frequency of a term in the texts of a language."""
    rows = len(weights) - 256
    salt = np.uint32(code) * np.uint32(0x9E3779B1)
    return max(weights[rows + code] - weights[mix(value ^ salt) & np.uint32(rows - 1)], np.float32(0))


@kernel()
def count_scale(marks: np.uint32) -> np.float32:
    """How much more a term weighs for standing more often than once."""
    times = marks & np.uint32(COUNT)
    return np.float32(1) + np.log(np.float32(times)) if times > 1 else np.float32(1)  # most terms stand once


@kernel()
def table_mask(words: int) -> np.uint32:
    """The last slot of the hash table that holds the terms of so many words, for `&`."""
    mask = np.uint32(63)
    while mask < 2 * words:
        mask = np.uint32(2 * mask + 1)
    return mask


@kernel(entry=True)
def fill(
    words: ReadOnlyColumn[np.uint32],
    start: int,
    end: int,
    code: int,
    weights: Column[np.float32],
    slots: Table[np.uint32],
    values: Table[np.float32],
) -> int:
    """Gather the terms of one article in a hash table: `slots` (rows: `TermRow`) and `values` (rows: `WeightRow`).

    Returns how many there are.
    """
    end = min(end, start + STORY_WORDS)
    mask = table_mask(end - start)
    slots[TermRow.TERM, : mask + 1] = 0
    count = 0
    for at in range(start, end):
        value = term(words, at, end)
        if value == 0:
            continue
        slot = mix(value) & mask
        while slots[TermRow.TERM, slot] != value and slots[TermRow.TERM, slot] != 0:
            slot = (slot + np.uint32(1)) & mask
        if slots[TermRow.TERM, slot] == 0:
            slots[TermRow.TERM, slot] = value
            slots[TermRow.MARKS, slot] = np.uint32(at - start) << np.uint32(PLACE)
            slots[TermRow.USED, count] = slot
            count += 1
        slots[TermRow.MARKS, slot] = (slots[TermRow.MARKS, slot] | word_mark(words[at])) + np.uint32(1)
    rows = len(weights) - 256
    salt = np.uint32(code) * np.uint32(0x9E3779B1)
    for at in range(count):
        ahead = slots[TermRow.TERM, slots[TermRow.USED, min(at + _AHEAD, count - 1)]]
        fetch(weights, np.int64(mix(ahead ^ salt) & np.uint32(rows - 1)))
        slot = slots[TermRow.USED, at]
        idf = term_idf(weights, code, slots[TermRow.TERM, slot])
        slots[TermRow.MARKS, slot] |= np.uint32(TELLS if idf > TELLING else 0)
        values[WeightRow.WEIGHT, slot], values[WeightRow.IDF, slot] = idf * count_scale(slots[TermRow.MARKS, slot]), idf
    return count
