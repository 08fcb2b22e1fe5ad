"""What the tagger says of the lines around a line, and of the whole text: more evidence on the line itself.

Readers' comments about the topic look like the article, one line at a time; amid forty lines of residue they do not.
A second forest judges each line by these columns and a few of its own features.
Source: stacked sequential learning (Cohen and Carvalho 2005).
"""

import math
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features import Feature, Floats
from newsclean.compilation import Column, Table, kernel
from newsclean.models import expit


class Stacked(IntEnum):
    """Columns that are made of the tagger's log-odds."""

    OWN = 0
    ABOVE_2 = auto()
    ABOVE_1 = auto()
    BELOW_1 = auto()
    BELOW_2 = auto()
    NEAR = auto()  # their mean, greatest and least, four lines up and down
    NEAR_MOST = auto()
    NEAR_LEAST = auto()
    ABOVE = auto()  # their mean by letters, of all lines above, below, and of the text
    BELOW = auto()
    TEXT = auto()
    RUN = auto()  # their mean, greatest and least in the run of lines that are no paragraphs
    RUN_MOST = auto()
    RUN_LEAST = auto()
    DOUBT = auto()  # the mean variance of the label of a letter of the text
    RESIDUE = auto()  # the expected share of residue in the text
    SUREST_OTHER = auto()  # the greatest of all other lines
    BELOW_END = auto()  # how much rather the text ends above the line than below it
    OUTSIDE = auto()  # how much less the best stretch of article with the line is worth than the best one
    ARTICLE_ABOVE = auto()  # letters of lines that are surely article, surely residue
    ARTICLE_BELOW = auto()
    RESIDUE_ABOVE = auto()
    RESIDUE_BELOW = auto()


SHIFTS = (-2, -1, 1, 2)  # of the columns from ABOVE_2 to BELOW_2
SHIFTED = int(Stacked.ABOVE_2)
NEAR = 4  # lines above and below that are near
NO_LINE = -9.0  # log-odds where there is no line
SUREST = 9.0  # log-odds of one line, at most, either way
FULL_LENGTH = 300  # letters from which on lines do not count more
UNIT = 100.0  # letters for which the log-odds count once where the text may end
KNOWN = 4.0  # log-odds that the text rather ends above a line that a rule knows
ARTICLE, RESIDUE = -2.0, 1.0  # log-odds below, above which a line is surely article, residue
MOST_ODDS = 4.0  # of a line, where the article is looked for: a sure line shall not outweigh all others
RATHER = 1.0  # log-odds that lines have besides to be of the article: what is about even does not end it
OWN_FEATURES = (
    Feature.LENGTH,
    Feature.END,
    Feature.SCORE,
    Feature.GRAMS,
    Feature.RULE,
    Feature.RULE_NUMBER,
    Feature.CUE,
    Feature.BEGINS_INSIDE,
    Feature.ENDS_INSIDE,
    Feature.INSIDE_SHARE,
    Feature.NUMBERS,
    Feature.CAPITALS,
    Feature.CAPITALISED,
    Feature.SHARED,
    Feature.PROSE,
    Feature.PROSE_BEFORE,
    Feature.PROSE_AFTER,
    Feature.PROSE_SHARE,
    Feature.SINCE_PROSE,
    Feature.UNTIL_PROSE,
    Feature.RUN,
    Feature.ROW_FROM_END,
    Feature.LETTERS,
)
"""Features of the line that the second forest asks as well."""
NAMES = (
    *(f"stacked_{column.name.lower()}" for column in Stacked),
    *(feature.name.lower() for feature in OWN_FEATURES),
)
Odds = NDArray[np.float64]


def stacked(
    bounds: NDArray[np.int64],
    length: NDArray[np.int32],
    found: NDArray[np.int16],
    odds: Odds,
    table: Floats,
    rows: NDArray[np.intp] | slice = slice(None),
) -> Floats:
    """(rows, len(NAMES)) what the second forest is asked of some lines. `bounds` has the first line of each text, and
    the number of lines; `odds` are the tagger's log-odds, `table` the lines' features."""
    result = np.empty((len(table), len(Stacked)), np.float32)
    sure = np.clip(odds, -SUREST, SUREST)
    _fill_around(bounds, sure, result)
    _fill_text(bounds, length, sure, result)
    _fill_runs(bounds, sure, table, result)
    _fill_ends(bounds, length, found, sure, table, result)
    _fill_stretches(bounds, length, sure, result)
    own = table[rows][:, [int(feature) for feature in OWN_FEATURES]]
    return np.concatenate([result[rows], own], axis=1)


@kernel(entry=True, interpreted=True)
def _fill_around(bounds: Column[np.int64], odds: Column[np.float64], result: Table[np.float32]) -> None:
    """Fill the columns of lines next to each line and near it."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        for row in range(begin, end):
            result[row, Stacked.OWN] = odds[row]
            column = SHIFTED
            for shift in SHIFTS:
                result[row, column] = odds[row + shift] if begin <= row + shift < end else NO_LINE
                column += 1
            low, high = max(row - NEAR, begin), min(row + NEAR + 1, end)
            total, most, least = 0.0, -SUREST, SUREST
            for near in range(low, high):
                if near != row:
                    total += odds[near]
                    most, least = max(most, odds[near]), min(least, odds[near])
            alone = high - low == 1
            result[row, Stacked.NEAR] = NO_LINE if alone else total / (high - low - 1)
            result[row, Stacked.NEAR_MOST] = NO_LINE if alone else most
            result[row, Stacked.NEAR_LEAST] = NO_LINE if alone else least


@kernel(entry=True, interpreted=True)
def _fill_text(
    bounds: Column[np.int64], length: Column[np.int32], odds: Column[np.float64], result: Table[np.float32]
) -> None:
    """Fill the columns of all lines above, below, and of the text."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        doubt = residue = letters = total = weight = 0.0
        surest, second = NO_LINE, NO_LINE
        first = begin  # the surest line
        residue_below = article_below = 0.0
        for row in range(begin, end):
            sure = expit(odds[row])
            doubt += length[row] * sure * (1 - sure)
            residue += length[row] * sure
            letters += length[row]
            counted = min(length[row], FULL_LENGTH)
            total += counted * odds[row]
            weight += counted
            if odds[row] > surest:
                surest, second, first = odds[row], surest, row
            else:
                second = max(second, odds[row])
            article_below += length[row] * (odds[row] < ARTICLE)
            residue_below += length[row] * (odds[row] > RESIDUE)
        above = weight_above = article_above = residue_above = 0.0
        for row in range(begin, end):
            counted = min(length[row], FULL_LENGTH)
            result[row, Stacked.ABOVE] = above / (weight_above + 1)
            above += counted * odds[row]
            weight_above += counted
            result[row, Stacked.BELOW] = (total - above) / (weight - weight_above + 1)
            result[row, Stacked.TEXT] = total / max(weight, 1.0)
            result[row, Stacked.DOUBT] = doubt / max(letters, 1.0)
            result[row, Stacked.RESIDUE] = residue / max(letters, 1.0)
            result[row, Stacked.SUREST_OTHER] = second if row == first else surest
            is_article, is_residue = length[row] * (odds[row] < ARTICLE), length[row] * (odds[row] > RESIDUE)
            article_below -= is_article
            residue_below -= is_residue
            result[row, Stacked.ARTICLE_ABOVE] = math.log2(1 + article_above)
            result[row, Stacked.ARTICLE_BELOW] = math.log2(1 + article_below)
            result[row, Stacked.RESIDUE_ABOVE] = math.log2(1 + residue_above)
            result[row, Stacked.RESIDUE_BELOW] = math.log2(1 + residue_below)
            article_above += is_article
            residue_above += is_residue


@kernel(entry=True, interpreted=True)
def _fill_runs(
    bounds: Column[np.int64], odds: Column[np.float64], table: Table[np.float32], result: Table[np.float32]
) -> None:
    """Fill the columns of runs of lines that are no paragraphs; a paragraph is a run by itself."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        row = begin
        while row < end:
            first, total, most, least = row, 0.0, -SUREST, SUREST
            while row < end and (row == first or (table[row, Feature.PROSE] == 0 and table[first, Feature.PROSE] == 0)):
                total += odds[row]
                most, least = max(most, odds[row]), min(least, odds[row])
                row += 1
            for line in range(first, row):
                result[line, Stacked.RUN] = total / (row - first)
                result[line, Stacked.RUN_MOST] = most
                result[line, Stacked.RUN_LEAST] = least


@kernel(interpreted=True)
def _evidence(odds: float, length: int) -> float:
    """That a text ends above a line: its log-odds, by its length."""
    return odds * min(length, FULL_LENGTH) / UNIT


@kernel(interpreted=True)
def _is_amid(table: Floats, row: int) -> bool:
    """Whether a line is a piece that a cue sets off amid a block."""
    inside: bool = table[row, Feature.BEGINS_INSIDE] > 0 and table[row, Feature.ENDS_INSIDE] > 0
    return inside and table[row, Feature.CUE] > 0


@kernel(entry=True, interpreted=True)
def _fill_ends(
    bounds: Column[np.int64],
    length: Column[np.int32],
    found: Column[np.int16],
    odds: Column[np.float64],
    table: Table[np.float32],
    result: Table[np.float32],
) -> None:
    """Fill the column of how much rather the text ends above a line than below it.

    For each place the evidence that the text ends there is the sum of that of all lines below. It is more if a rule
    knows the first of them. A line's margin is that of the best place above it, below some line of article, less that
    of the best place below it. A piece that a cue sets off amid a block says nothing of it.
    """
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        evidence = below = 0.0  # that the text ends here; the best of all places from here on
        for row in range(end - 1, begin - 1, -1):
            result[row, Stacked.BELOW_END] = below
            if not _is_amid(table, row):
                evidence += _evidence(odds[row], length[row])
                below = max(below, evidence + KNOWN * (found[row] >= 0))
        above, article = -math.inf, False
        for row in range(begin, end):
            counts = not _is_amid(table, row)
            if article and counts:
                above = max(above, evidence + KNOWN * (found[row] >= 0))
            margin = max(above - result[row, Stacked.BELOW_END], 0.0)
            evidence -= _evidence(odds[row], length[row]) * counts
            article = article or odds[row] < ARTICLE
            result[row, Stacked.BELOW_END] = math.log(1 + margin)


@kernel(entry=True, interpreted=True)
def _fill_stretches(
    bounds: Column[np.int64], length: Column[np.int32], odds: Column[np.float64], result: Table[np.float32]
) -> None:
    """Fill the column of how far outside the article a line stands. The article is one stretch of lines: the one with
    the greatest sum of letters times log-odds to stay. The column is the root of how much less the best stretch with
    the line is worth."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        stretch = most = 0.0
        for row in range(begin, end):
            stretch = max(stretch, 0.0) + _worth(odds[row], length[row])
            result[row, Stacked.OUTSIDE] = stretch
        stretch = 0.0
        for row in range(end - 1, begin - 1, -1):
            result[row, Stacked.OUTSIDE] += stretch
            stretch = max(stretch + _worth(odds[row], length[row]), 0.0)
            most = max(most, result[row, Stacked.OUTSIDE])
        for row in range(begin, end):
            result[row, Stacked.OUTSIDE] = math.sqrt(max(most - result[row, Stacked.OUTSIDE], 0.0))


@kernel(interpreted=True)
def _worth(odds: float, length: int) -> float:
    """Of a line to the stretch of article that it stands in."""
    return length * (RATHER - min(max(odds, -MOST_ODDS), MOST_ODDS))
