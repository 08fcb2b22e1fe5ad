"""How a text is written, line by line against what stands above: readers and other sites have habits of their own.

Single lines say little: three paragraphs of readers in four have no careless mark, one in a hundred of an article has
one. Ten paragraphs below a text say a lot together.
"""

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features.columns import Feature, Floats
from newsclean.boilerplate.lines import CharKind, LineColumn, Lines
from newsclean.compilation import Column, Table, kernel

Sums = NDArray[np.float64]


class Sum(IntEnum):
    """Columns of what is summed over stretches of lines. First come columns of the table of lines: of long lines only
    (COUNTED), and of all (HABITS). Then comes what is made of them."""

    ROUGH = 0
    CALLS = 1
    WORDS = 2
    STRAIGHT = 3
    CURLED = 4
    ANGLED = 5
    DASHES = 6
    WIDE = 7
    ALL_WORDS = 8
    LETTERS = 9
    LONG = 10
    TURNS = 11
    NAMES = 12
    STAMPS = 13


SUMS = len(Sum)
COUNTED = (int(LineColumn.ROUGH), int(LineColumn.CALLS))
HABITS = tuple(int(LineColumn[kind.name]) for kind in Sum if Sum.WORDS < kind < Sum.ALL_WORDS)
WRITTEN = tuple(
    int(LineColumn.KINDS + kind) for kind in (CharKind.LETTER, CharKind.UPPER, CharKind.SYLLABLE, CharKind.UNSPACED)
)
LONG = 60  # letters from which on a line is written, not set
NAME = 3  # words of a line that may be a name
STAMP = 2  # numbers of a short line that may be a date or time
NEARBY = 4  # lines above and below that are nearby
FEW = 60.0  # words that a rate needs, so that it is not one of chance; of one line:
FEW_OWN = 20.0
HABIT, OWN_HABIT = 50.0, 10.0  # the same of words with dashes, of letters beyond ASCII
NO_HABIT = -1.0  # what likeness is where there is nothing to compare
MOST_CONTRAST = 30.0


def fill_style(lines: Lines, bounds: NDArray[np.int64], length: NDArray[np.int32], table: Floats) -> None:
    """Fill the columns of how lines are written."""
    sums = np.empty((len(length) + len(bounds) - 1, SUMS), np.float64)
    _sum_up(lines.table, bounds, length, sums)
    _manner(bounds, sums, table)


@kernel(entry=True, interpreted=True)
def _sum_up(
    lines: Table[np.int32], bounds: Column[np.int64], length: Column[np.int32], sums: Table[np.float64]
) -> None:
    """Running sums that begin anew in each text, as in `context`."""
    for text in range(len(bounds) - 1):
        for kind in range(SUMS):
            sums[bounds[text] + text, kind] = 0
        short = False  # whether the line above is a name or a date
        for row in range(bounds[text], bounds[text + 1]):
            at = row + text
            words, numbers = lines[row, LineColumn.WORDS], lines[row, LineColumn.NUMBERS]
            long = length[row] >= LONG
            for kind in range(len(COUNTED)):
                sums[at + 1, kind] = sums[at, kind] + long * lines[row, COUNTED[kind]]
            for habit in range(len(HABITS)):
                kind = Sum.STRAIGHT + habit
                sums[at + 1, kind] = sums[at, kind] + lines[row, HABITS[habit]]
            letters = 0
            for kind in WRITTEN:
                letters += lines[row, kind]
            stamp = not long and numbers >= STAMP
            name = not long and numbers == 0 and words <= NAME and lines[row, LineColumn.LAST] != CharKind.STOP
            sums[at + 1, Sum.WORDS] = sums[at, Sum.WORDS] + long * (words - numbers)
            sums[at + 1, Sum.ALL_WORDS] = sums[at, Sum.ALL_WORDS] + words - numbers
            sums[at + 1, Sum.LETTERS] = sums[at, Sum.LETTERS] + letters
            sums[at + 1, Sum.LONG] = sums[at, Sum.LONG] + long
            sums[at + 1, Sum.TURNS] = sums[at, Sum.TURNS] + (long and short)
            sums[at + 1, Sum.NAMES] = sums[at, Sum.NAMES] + name
            sums[at + 1, Sum.STAMPS] = sums[at, Sum.STAMPS] + stamp
            short = stamp or name


@kernel(interpreted=True)
def _rate(sums: Sums, begin: int, end: int, kind: int, few: float) -> float:
    """Marks of a kind in a hundred words."""
    rate: float = 100 * (sums[end, kind] - sums[begin, kind]) / (sums[end, Sum.WORDS] - sums[begin, Sum.WORDS] + few)
    return rate


@kernel(interpreted=True)
def _likeness(sums: Sums, top: int, begin: int, end: int) -> float:
    """Cosine between the quotation marks of a stretch of lines and those from the top of the text to it."""
    product = above = own = 0.0
    for kind in range(Sum.STRAIGHT, Sum.ANGLED + 1):
        one, other = sums[begin, kind] - sums[top, kind], sums[end, kind] - sums[begin, kind]
        product += one * other
        above += one * one
        own += other * other
    return product / math.sqrt(above * own) if above * own > 0 else NO_HABIT


@kernel(interpreted=True)
def _contrast(sums: Sums, top: int, begin: int, end: int, kind: int, of: int, few: float) -> float:
    """How much more of a kind there is in a stretch of lines than from the top of the text to it."""
    above = (sums[begin, kind] - sums[top, kind]) / (sums[begin, of] - sums[top, of] + HABIT)
    more: float = (sums[end, kind] - sums[begin, kind]) / (sums[end, of] - sums[begin, of] + few) - above
    return more


@kernel(entry=True, interpreted=True)
def _manner(bounds: Column[np.int64], sums: Table[np.float64], table: Table[np.float32]) -> None:
    for text in range(len(bounds) - 1):
        top, end = bounds[text] + text, bounds[text + 1] + text
        for at in range(top, end):
            row = at - text
            low, high = max(at - NEARBY, top), min(at + NEARBY + 1, end)
            table[row, Feature.ROUGH] = _rate(sums, at, at + 1, Sum.ROUGH, FEW_OWN)
            table[row, Feature.ROUGH_ABOVE] = _rate(sums, top, at, Sum.ROUGH, FEW)
            table[row, Feature.ROUGH_BELOW] = _rate(sums, at, end, Sum.ROUGH, FEW)
            table[row, Feature.ROUGH_NEAR] = _rate(sums, low, high, Sum.ROUGH, FEW)
            table[row, Feature.CALLS] = _rate(sums, at, at + 1, Sum.CALLS, FEW_OWN)
            table[row, Feature.CALLS_ABOVE] = _rate(sums, top, at, Sum.CALLS, FEW)
            table[row, Feature.CALLS_BELOW] = _rate(sums, at, end, Sum.CALLS, FEW)
            table[row, Feature.CALLS_NEAR] = _rate(sums, low, high, Sum.CALLS, FEW)
            table[row, Feature.MARKS] = _likeness(sums, top, at, at + 1)
            table[row, Feature.MARKS_BELOW] = _likeness(sums, top, at, end)
            table[row, Feature.DASHES] = _contrast(sums, top, at, at + 1, Sum.DASHES, Sum.ALL_WORDS, OWN_HABIT)
            table[row, Feature.DASHES_BELOW] = _contrast(sums, top, at, end, Sum.DASHES, Sum.ALL_WORDS, HABIT)
            table[row, Feature.WIDE] = _contrast(sums, top, at, at + 1, Sum.WIDE, Sum.LETTERS, OWN_HABIT)
            table[row, Feature.WIDE_BELOW] = _contrast(sums, top, at, end, Sum.WIDE, Sum.LETTERS, HABIT)
            table[row, Feature.STAMPS_NEAR] = sums[high, Sum.STAMPS] - sums[low, Sum.STAMPS]
            table[row, Feature.NAMES_BELOW] = min(sums[end, Sum.NAMES] - sums[at, Sum.NAMES], MOST_CONTRAST)
            turns, long = sums[end, Sum.TURNS] - sums[at, Sum.TURNS], sums[end, Sum.LONG] - sums[at, Sum.LONG]
            table[row, Feature.TURNS_BELOW] = turns / (long + 1)
