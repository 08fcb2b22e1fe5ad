"""Kernels that compare the weighted terms of two articles."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.comparison._entities import TermSort, add_by_sort, agreement
from newsclean.duplicates.tfidf import (
    SLOTS,
    STORY_WORDS,
    TELLING,
    TermRow,
    WeightRow,
    count_scale,
    fill,
    table_mask,
    term_idf,
    word_mark,
)
from newsclean.duplicates.tokens import NUMERIC, PLACE, TELLS, mix, term

FADING = 100  # words into an article at which a term counts for half
NUMBER_BOOST = 1.5  # in "early": other news of one market has other figures


class StoryFeature(IntEnum):
    """Columns of how much the weighted terms of two texts agree."""

    FULL = 0
    """Cosine of all terms, (1 + ln count) idf each."""
    EARLY = 1
    """Cosine of sqrt(1 + ln count) idf^.75, more for numbers, less the later a term first occurs."""
    REST = 2
    """Cosine of (1 + ln count) idf, less the later a term first occurs, without the term that adds most."""
    BREADTH = 3
    """Log of the number of telling terms that both have, less the mean log of both lengths in words."""
    OPENING = 4
    """Share that the other has of the idf of the names and numbers a text begins with; the lower one."""
    TEMPLATE = 5
    """Square of how far the share of names and numbers is behind that of other words."""


class Total(IntEnum):
    """Columns of what is kept for a text: the squares of its three lengths, idf by sort, whether all this is known."""

    FULL = 0
    EARLY = 1
    REST = 2
    BY_SORT = 3
    KNOWN = 6


class Sum(IntEnum):
    """What is added up over the terms that two texts share."""

    FULL = 0
    EARLY = 1
    REST = 2
    LARGEST = 3
    """What the term adds to REST that adds most."""
    TELLING = 4
    """How many terms say something."""


class Articles(NamedTuple):
    """The words of all texts, where each begins and ends, its language, and the table that terms are weighed by."""

    words: ReadOnlyColumn[np.uint32]
    spans: Table[np.int64]
    codes: ReadOnlyColumn[np.uint8]
    weights: Column[np.float32]


class FadedRow(IntEnum):
    """Rows of the weights that a term's place makes smaller: damped as `EARLY` says, and not."""

    EARLY = 0
    WHOLE = 1


class Terms(NamedTuple):
    """The hash table of the terms of one text."""

    slots: Table[np.uint32]
    """Rows: `TermRow`."""
    weights: Table[np.float32]
    """Rows: `WeightRow`."""
    faded: Table[np.float64]
    """Rows: `FadedRow`."""


class Shared(NamedTuple):
    """The terms of another text that a hash table holds."""

    marks: Column[np.uint32]
    """By slot: the other text's marks and count; 0 elsewhere."""
    found: Column[np.uint32]
    """The slots, in order."""
    sums: Column[np.float64]
    """By `Sum`."""
    ours: Column[np.float64]
    """The idf by sort, with the marks of the text in the table."""
    theirs: Column[np.float64]
    """The same, with those of the other."""


@kernel()
def _fade(idf: float, scale: float, marks: np.uint32) -> tuple[float, float]:
    """The two weights of a term, damped and not, that its place makes smaller."""
    fading = FADING / np.float64(FADING + (marks >> np.uint32(PLACE)))
    boost = NUMBER_BOOST if marks & np.uint32(NUMERIC) else 1.0
    return boost * fading * np.sqrt(idf * np.sqrt(idf) * scale), fading * idf * scale


@kernel()
def _length(articles: Articles, text: int) -> int:
    """How many words of a text count."""
    return int(min(articles.spans[text, 1] - articles.spans[text, 0], STORY_WORDS))


@kernel()
def _gather(articles: Articles, text: int, terms: Terms, totals: Table[np.float64]) -> None:
    """Fill the hash table with the terms of a text, with all weights, and its row of `totals`."""
    slots, weights, faded = terms
    start, end = articles.spans[text, 0], articles.spans[text, 1]
    count = fill(articles.words, start, end, articles.codes[text], articles.weights, slots, weights)
    own = totals[text]
    own[:] = 0
    for at in range(count):
        slot = slots[TermRow.USED, at]
        marks, weight = slots[TermRow.MARKS, slot], np.float64(weights[WeightRow.WEIGHT, slot])
        scale = np.float64(count_scale(marks))
        early, whole = _fade(weight / scale, scale, marks)
        faded[FadedRow.EARLY, slot], faded[FadedRow.WHOLE, slot] = early, whole
        own[Total.FULL] += weight * weight
        own[Total.EARLY] += early * early
        own[Total.REST] += whole * whole
        add_by_sort(own[Total.BY_SORT :], weights[WeightRow.IDF, slot], marks)
    own[Total.KNOWN] = 1


@kernel(inline=True)
def _look_up(articles: Articles, text: int, slots: Table[np.uint32], mask: np.uint32, shared: Shared) -> int:
    """Find the terms of a text in the table of another: marks, counts and slots; how many terms are shared."""
    words, start = articles.words, articles.spans[text, 0]
    end, count = start + _length(articles, text), 0
    for at in range(start, end):
        value = term(words, at, end)
        slot = mix(value) & mask
        while slots[TermRow.TERM, slot] != value and slots[TermRow.TERM, slot] != 0:
            slot = (slot + np.uint32(1)) & mask
        if slots[TermRow.TERM, slot] == 0:  # of no term, too
            continue
        if shared.marks[slot] == 0:
            shared.marks[slot] = np.uint32(at - start) << np.uint32(PLACE)
            shared.found[count] = slot
            count += 1
        shared.marks[slot] = (shared.marks[slot] | word_mark(words[at])) + np.uint32(1)
    return count


@kernel(inline=True)
def _add_up(articles: Articles, codes: tuple[int, int], terms: Terms, count: int, shared: Shared) -> None:
    """Add up what the first `count` shared terms say, and forget the other text's marks. `codes` are both languages."""
    marks, found, sums, ours, theirs = shared
    slots, weights, faded = terms
    sums[:], ours[:], theirs[:] = 0, 0, 0
    for at in range(count):
        slot = found[at]
        # The left text's frequency is at hand; another one is far away in memory.
        idf, scale = np.float64(weights[WeightRow.IDF, slot]), np.float64(count_scale(marks[slot]))
        if codes[0] != codes[1]:
            idf = np.float64(term_idf(articles.weights, codes[1], slots[TermRow.TERM, slot]))
        early, whole = _fade(idf, scale, marks[slot])
        sums[Sum.FULL] += idf * scale * weights[WeightRow.WEIGHT, slot]
        sums[Sum.EARLY] += early * faded[FadedRow.EARLY, slot]
        sums[Sum.REST] += whole * faded[FadedRow.WHOLE, slot]
        sums[Sum.LARGEST] = max(sums[Sum.LARGEST], whole * faded[FadedRow.WHOLE, slot])
        sums[Sum.TELLING] += idf > TELLING and slots[TermRow.MARKS, slot] & np.uint32(TELLS) != 0
        add_by_sort(ours, weights[WeightRow.IDF, slot], slots[TermRow.MARKS, slot])
        add_by_sort(theirs, idf, marks[slot])
        marks[slot] = 0
    sums[Sum.REST] -= sums[Sum.LARGEST]


@kernel(entry=True)
def compare_terms(
    words: ReadOnlyColumn[np.uint32],
    spans: Table[np.int64],
    codes: ReadOnlyColumn[np.uint8],
    weights: Column[np.float32],
    pairs: Table[np.int64],
    totals: Table[np.float64],
    features: Table[np.float32],
) -> None:
    """Write the features (`StoryFeature`) of every pair. `totals` has a row of zeros (`Total`) for each text. Each text
    is gathered once, as the left one of its pairs, if these are sorted and the right text is the later one. The last
    pairs come first. So what is to be known of right texts alone is known."""
    articles = Articles(words, spans, codes, weights)
    terms = Terms(np.empty((3, SLOTS), np.uint32), np.empty((2, SLOTS), np.float32), np.empty((2, SLOTS)))
    marks, found = np.zeros(SLOTS, np.uint32), np.empty(STORY_WORDS, np.uint32)
    shared = Shared(
        marks, found, np.zeros(Sum.TELLING + 1), np.zeros(TermSort.OPENING + 1), np.zeros(TermSort.OPENING + 1)
    )
    gathered = -1
    for row in range(len(pairs) - 1, -1, -1):
        left, right = pairs[row, 0], pairs[row, 1]
        if totals[right, Total.KNOWN] == 0:
            gathered = right
            _gather(articles, right, terms, totals)
        if gathered != left:
            gathered = left
            _gather(articles, left, terms, totals)
        count = _look_up(articles, right, terms.slots, table_mask(_length(articles, left)), shared)
        _add_up(articles, (codes[left], codes[right]), terms, count, shared)
        for column in range(3):
            norm = np.sqrt(totals[left, column] * totals[right, column])
            features[row, column] = min(1.0, shared.sums[column] / norm) if norm > 0 else 0.0
        lengths = np.log1p(_length(articles, left)) + np.log1p(_length(articles, right))
        features[row, StoryFeature.BREADTH] = np.log1p(shared.sums[Sum.TELLING]) - lengths / 2
        ours, theirs = totals[left, Total.BY_SORT :], totals[right, Total.BY_SORT :]
        opening, template = agreement(shared.ours, shared.theirs, ours, theirs)
        features[row, StoryFeature.OPENING], features[row, StoryFeature.TEMPLATE] = opening, template
