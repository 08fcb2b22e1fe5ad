"""What stands around a line: means over the text, over what is above and below, next to it, and over its run."""

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features.columns import NEAR_COLUMNS, NEIGHBOURS, SHIFTS, Feature, Floats
from newsclean.compilation import Column, Table, kernel

Sums = NDArray[np.float64]
Rows = NDArray[np.int64]


class Sum(IntEnum):
    """What is summed over stretches of lines: the columns COPIED, then what is made of them."""

    SCORE = 0
    RULE = 1
    SHARED = 2
    LENGTH = 3
    PROSE = 4
    LEAD = 5
    CAPITALISED = 6
    SENTENCE = 7
    LETTERS = 8
    IN_PROSE = 9
    SQUARE = 10


class Nearest(IntEnum):
    """Columns of the nearest flagged lines above a line, and of those below, in the order of FLAGGED."""

    PROSE_ABOVE = 0
    RULE_ABOVE = 1
    LONG_ABOVE = 2
    PROSE_BELOW = 3
    RULE_BELOW = 4
    LONG_BELOW = 5


COPIED = tuple(int(Feature[kind.name]) for kind in Sum if kind < Sum.SENTENCE)
LONG = 6.0  # a long line has so many binary digits of letters: 64
FLAGGED = (int(Feature.PROSE), int(Feature.RULE), int(Feature.LENGTH))  # a line is one if the column is greater than
ABOVE = (0.0, 0.0, LONG)
FLAGS = len(FLAGGED)
NONE, FAR = 90, 60  # what a distance in lines is if there is nothing that way, and at most
RULE_FAR = 50  # the same, both, of rules
SENTENCE_END = 4.0  # on the scale of `Feature.END`
NO_NEIGHBOUR = -9.0
NEARBY = 4  # lines above and below that are nearby
MOST_LETTERS = 3000.0
ALIKE = 3  # lines above and below whose lengths are compared


def fill_neighbourhood(bounds: Rows, length: NDArray[np.int32], table: Floats) -> None:
    """Fill the columns of `table` behind those of the line itself, which must be there. `bounds` has the first line of
    each text, and the number of lines."""
    sums = np.empty((len(length) + len(bounds) - 1, len(Sum)), np.float64)
    nearest = np.empty((len(length), len(Nearest)), np.int64)
    _neighbours(bounds, table)
    _sum_up(bounds, length, table, sums)
    _find_nearest(bounds, table, nearest)
    _surroundings(bounds, sums, table)
    _run(bounds, sums, nearest, table)


@kernel(entry=True, interpreted=True)
def _neighbours(bounds: Column[np.int64], table: Table[np.float32]) -> None:
    """Copy what is known of the lines next to each line."""
    for text in range(len(bounds) - 1):
        for row in range(bounds[text], bounds[text + 1]):
            column = NEIGHBOURS
            for shift in SHIFTS:
                inside = bounds[text] <= row + shift < bounds[text + 1]
                for own in NEAR_COLUMNS:
                    table[row, column] = table[row + shift, own] if inside else NO_NEIGHBOUR
                    column += 1


@kernel(entry=True, interpreted=True)
def _sum_up(
    bounds: Column[np.int64], length: Column[np.int32], table: Table[np.float32], sums: Table[np.float64]
) -> None:
    """Running sums that begin anew in each text. The sums of text `t` begin in row `bounds[t] + t`; those of its first
    `n` lines stand `n` rows below."""
    for text in range(len(bounds) - 1):
        for kind in range(len(COPIED) + 4):
            sums[bounds[text] + text, kind] = 0
        for row in range(bounds[text], bounds[text + 1]):
            at = row + text
            for kind in range(len(COPIED)):
                sums[at + 1, kind] = sums[at, kind] + table[row, COPIED[kind]]
            letters = 0.0 + length[row]
            binary_length = 0.0 + table[row, Feature.LENGTH]
            sums[at + 1, Sum.SENTENCE] = sums[at, Sum.SENTENCE] + (table[row, Feature.END] == SENTENCE_END)
            sums[at + 1, Sum.LETTERS] = sums[at, Sum.LETTERS] + letters
            sums[at + 1, Sum.IN_PROSE] = sums[at, Sum.IN_PROSE] + letters * table[row, Feature.PROSE]
            sums[at + 1, Sum.SQUARE] = sums[at, Sum.SQUARE] + binary_length * binary_length


@kernel(entry=True, interpreted=True)
def _find_nearest(bounds: Column[np.int64], table: Table[np.float32], nearest: Table[np.int64]) -> None:
    """Fill `nearest` (columns: `Nearest`): the last flagged line above, or the one before the text; the next one below,
    or the one behind the text."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        for flag in range(FLAGS):
            near = begin - 1
            for row in range(begin, end):
                nearest[row, flag] = near
                if table[row, FLAGGED[flag]] > ABOVE[flag]:
                    near = row
            near = end
            for row in range(end - 1, begin - 1, -1):
                nearest[row, FLAGS + flag] = near
                if table[row, FLAGGED[flag]] > ABOVE[flag]:
                    near = row


@kernel(entry=True, interpreted=True)
def _surroundings(bounds: Column[np.int64], sums: Table[np.float64], table: Table[np.float32]) -> None:
    """Fill the columns of the text, and of what is above, below and near the line."""
    for text in range(len(bounds) - 1):
        top, end = bounds[text] + text, bounds[text + 1] + text
        size = end - top
        letters = sums[end, Sum.LETTERS] + 1
        for at in range(top, end):
            row = at - text
            # From the line on, and above it.
            below, above = end - at, max(at - top, 1)
            table[row, Feature.SCORE_AFTER] = (sums[end, Sum.SCORE] - sums[at, Sum.SCORE]) / below
            table[row, Feature.RULES_AFTER] = (sums[end, Sum.RULE] - sums[at, Sum.RULE]) / below
            table[row, Feature.SHARED_AFTER] = (sums[end, Sum.SHARED] - sums[at, Sum.SHARED]) / below
            table[row, Feature.LEAD_AFTER] = (sums[end, Sum.LEAD] - sums[at, Sum.LEAD]) / below
            letters_below = max(sums[end, Sum.LETTERS] - sums[at, Sum.LETTERS], 1.0)
            table[row, Feature.PROSE_SHARE_AFTER] = (sums[end, Sum.IN_PROSE] - sums[at, Sum.IN_PROSE]) / letters_below
            table[row, Feature.SCORE_BEFORE] = sums[at, Sum.SCORE] / above
            table[row, Feature.RULES_BEFORE] = sums[at, Sum.RULE] / above
            # The lines nearby, without itself.
            low, high = max(at - NEARBY, top), min(at + NEARBY + 1, end)
            others = max(high - low - 1, 1)
            score = sums[high, Sum.SCORE] - sums[low, Sum.SCORE] - table[row, Feature.SCORE]
            length = sums[high, Sum.LENGTH] - sums[low, Sum.LENGTH] - table[row, Feature.LENGTH]
            shared = sums[high, Sum.SHARED] - sums[low, Sum.SHARED] - table[row, Feature.SHARED]
            prose = sums[high, Sum.PROSE] - sums[low, Sum.PROSE] - table[row, Feature.PROSE]
            lead = sums[high, Sum.LEAD] - sums[low, Sum.LEAD] - table[row, Feature.LEAD]
            ends = sums[high, Sum.SENTENCE] - sums[low, Sum.SENTENCE] - (table[row, Feature.END] == SENTENCE_END)
            table[row, Feature.SCORE_NEAR] = score / others
            table[row, Feature.LENGTH_NEAR] = length / others
            table[row, Feature.SHARED_NEAR] = shared / others
            table[row, Feature.PROSE_NEAR] = prose / others
            table[row, Feature.LEAD_NEAR] = lead / others
            table[row, Feature.END_NEAR] = ends / others
            # Whether lines there are of one length, as teasers are.
            low, high = max(at - ALIKE, top), min(at + ALIKE + 1, end)
            mean = (sums[high, Sum.LENGTH] - sums[low, Sum.LENGTH]) / (high - low)
            variance = (sums[high, Sum.SQUARE] - sums[low, Sum.SQUARE]) / (high - low) - mean * mean
            table[row, Feature.SPREAD] = math.sqrt(max(variance, 0.0))
            table[row, Feature.DEVIATION] = table[row, Feature.LENGTH] - mean
            # The text, and the line's place in it.
            prose_lines, prose_above = sums[end, Sum.PROSE], sums[at, Sum.PROSE]
            table[row, Feature.PROSE_LENGTH] = math.log2(1.0 + sums[end, Sum.IN_PROSE] / max(prose_lines, 1.0))
            table[row, Feature.LINES] = math.log2(size)
            table[row, Feature.LETTERS] = math.log2(letters)
            table[row, Feature.PROSE_LINES] = min(prose_lines, 50.0)
            table[row, Feature.PROSE_SHARE] = sums[end, Sum.IN_PROSE] / letters
            table[row, Feature.TEXT_SCORE] = sums[end, Sum.SCORE] / size
            table[row, Feature.ROW] = min(at - top, FAR)
            table[row, Feature.ROW_FROM_END] = min(end - 1 - at, FAR)
            table[row, Feature.SHARE_BEFORE] = sums[at, Sum.LETTERS] / letters
            table[row, Feature.PROSE_BEFORE] = min(prose_above, 20.0)
            table[row, Feature.PROSE_AFTER] = min(prose_lines - prose_above - table[row, Feature.PROSE], 20.0)


@kernel(entry=True, interpreted=True)
def _run(bounds: Column[np.int64], sums: Table[np.float64], nearest: Table[np.int64], table: Table[np.float32]) -> None:
    """Fill the columns of distances and of the line's run of lines that are no paragraphs. Of a paragraph they say what
    a run of one good line would have."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        for row in range(begin, end):
            is_prose = table[row, Feature.PROSE] > 0
            is_long = table[row, Feature.LENGTH] > LONG
            last_prose, next_prose = nearest[row, Nearest.PROSE_ABOVE], nearest[row, Nearest.PROSE_BELOW]
            last_rule, next_rule = nearest[row, Nearest.RULE_ABOVE], nearest[row, Nearest.RULE_BELOW]
            last_long, next_long = nearest[row, Nearest.LONG_ABOVE], nearest[row, Nearest.LONG_BELOW]
            since_long = min(row - last_long, FAR) if last_long >= begin else NONE
            until_long = min(next_long - row, FAR) if next_long < end else NONE
            until_prose = min(next_prose - row, NONE) if next_prose < end else NONE
            table[row, Feature.SINCE_LONG] = 0 if is_long else since_long
            table[row, Feature.UNTIL_LONG] = 0 if is_long else until_long
            table[row, Feature.SINCE_PROSE] = min(row - last_prose, FAR) if last_prose >= begin else NONE
            table[row, Feature.UNTIL_PROSE] = 0 if is_prose else until_prose
            table[row, Feature.SINCE_RULE] = min(row - last_rule, RULE_FAR) if last_rule >= begin else RULE_FAR
            table[row, Feature.UNTIL_RULE] = min(next_rule - row, RULE_FAR) if next_rule < end else RULE_FAR
            first, last = last_prose + 1 + text, next_prose + text  # rows of sums: of the run, and behind it
            since = sums[row + text, Sum.LETTERS] - sums[first, Sum.LETTERS]
            table[row, Feature.SINCE_LETTERS] = min(since, MOST_LETTERS)
            if is_prose:
                table[row, Feature.RUN] = table[row, Feature.RUN_LENGTH] = table[row, Feature.RUN_SCORE] = 0
                table[row, Feature.RUN_ENDS] = table[row, Feature.RUN_SHARED] = 1
                table[row, Feature.RUN_RULES] = table[row, Feature.RUN_SPREAD] = 0
                table[row, Feature.UNTIL_LETTERS] = table[row, Feature.RUN_CAPS] = 0
                continue
            size = last - first
            length = (sums[last, Sum.LENGTH] - sums[first, Sum.LENGTH]) / size
            variance = (sums[last, Sum.SQUARE] - sums[first, Sum.SQUARE]) / size - length * length
            until = sums[min(last + 1, end + text), Sum.LETTERS] - sums[row + text + 1, Sum.LETTERS]
            table[row, Feature.RUN] = min(size, FAR)
            table[row, Feature.RUN_LENGTH] = length
            table[row, Feature.RUN_SCORE] = (sums[last, Sum.SCORE] - sums[first, Sum.SCORE]) / size
            table[row, Feature.RUN_ENDS] = (sums[last, Sum.SENTENCE] - sums[first, Sum.SENTENCE]) / size
            table[row, Feature.RUN_SHARED] = (sums[last, Sum.SHARED] - sums[first, Sum.SHARED]) / size
            table[row, Feature.RUN_RULES] = min(sums[last, Sum.RULE] - sums[first, Sum.RULE], 20.0)
            table[row, Feature.RUN_SPREAD] = math.sqrt(max(variance, 0.0))
            table[row, Feature.UNTIL_LETTERS] = min(until, MOST_LETTERS)  # with the paragraph that ends the run
            table[row, Feature.RUN_CAPS] = (sums[last, Sum.CAPITALISED] - sums[first, Sum.CAPITALISED]) / size
