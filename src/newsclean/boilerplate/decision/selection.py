"""Operating points: how sure a segment must be of residue to go, by what is known of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features import Feature, Floats
from newsclean.boilerplate.rules import RULES
from newsclean.compilation import Column, Table, kernel


class Point(NamedTuple):
    """How probably a segment must be residue to go."""

    alone: float  # a line that nothing names
    sentence: float  # the same if it ends like a sentence and has letters enough for one, or if it holds numbers
    inside: float  # either if it does not stand in a line of its own; at least so much if its words are not known
    rule: float  # what a rule names
    between: float  # what stands between two lines that go, amid the text
    template: float  # what its source repeats
    title: float  # the title of another article
    anchor: float  # how probably any of these must be residue: else none goes but
    known: float  # what a rule names and is so probable, or what its source repeats
    ended: float  # what segments gain below the likeliest end of the text,
    outside: float  # and outside the likeliest stretch of article (`calibration`)
    least: float  # how probable what nothing names must be before it gains anything
    phrased: float  # as `rule`, of what does not stand in a line of its own and no cue sets off
    short: float  # as `alone`, of a few words whose wording is not that of residue: lists of names, foods, results
    amid: float  # as `least`, of a sentence that does not stand in a line of its own


# Chosen with repositories and domains left out: `python -m training.boilerplate.points`.
POINTS = {
    "safe": Point(
        alone=0.92,
        sentence=0.96,
        inside=0.96,
        rule=0.7,
        between=0.97,
        template=0.5,
        title=0.2,
        anchor=0.9,
        known=0.8,
        ended=0,
        outside=0,
        amid=0.5,
        least=0.5,
        phrased=0.93,
        short=0.94,
    ),
    "balanced": Point(
        alone=0.55,
        sentence=0.78,
        inside=0.57,
        rule=0.2,
        between=0.6,
        template=0.05,
        title=0.01,
        anchor=0.95,
        known=0.2,
        ended=0.6,
        outside=0.05,
        amid=0.7,
        least=0.55,
        phrased=0.75,
        short=0.93,
    ),
    "thorough": Point(
        alone=0.45,
        sentence=0.55,
        inside=0.5,
        rule=0.2,
        between=0.45,
        template=0.05,
        title=0.01,
        anchor=0.5,
        known=0.2,
        ended=0.6,
        outside=0.05,
        amid=0.3,
        least=0.25,
        phrased=0.55,
        short=0.55,
    ),
}
SHORT, WORDED = 5.0, 0.3  # binary digits of letters of a few words; the score from which they are worded like residue
LONG, LEAST_LONG = (
    9.0,
    0.97,
)  # binary digits of letters of what is too long for a piece, and how sure the tagger must be
MANY, CAPITAL, LEAST_LISTED = 12, 0.8, 0.985  # lines in capitals amid so many short ones: the credits of a film
SENTENCE = 5.0  # binary digits of letters of a sentence: 32
STOP = 4.0  # on the scale of `Feature.END`
NEVER = 2.0  # more than any probability
WEAK_INSIDE = ("end-matter",)
"""Rules whose words belong to the article about as often as not where they do not stand in lines of their own."""
OF_ARTICLE_INSIDE = ("source-credit", "byline", "date-stamp")
"""Rules whose words stay there, unless a cue sets them off: who wrote an article, and when, does no harm."""
_WEAK = tuple(rule.name in WEAK_INSIDE for rule in RULES)
_STAYS = tuple(rule.name in OF_ARTICLE_INSIDE for rule in RULES)


def least_sure(table: Floats, point: Point) -> Floats:
    """How probably the tagger itself must hold each segment for residue that nothing names."""
    inside = table[:, Feature.BEGINS_INSIDE] + table[:, Feature.ENDS_INSIDE] > 0
    long = inside & (table[:, Feature.LENGTH] >= LONG)
    stops = (table[:, Feature.END] >= STOP) & (table[:, Feature.LENGTH] >= SENTENCE)
    least = np.where(inside & stops, max(point.amid, point.least), point.least)
    listed = (table[:, Feature.RUN] >= MANY) & (table[:, Feature.CAPITALS] >= CAPITAL)
    listed &= table[:, Feature.SCORE] < WORDED
    least = np.where(long, np.maximum(LEAST_LONG, least), least)
    return np.where(listed, np.maximum(LEAST_LISTED, least), least).astype(np.float32)


class Needed(NamedTuple):
    """How probably each segment must be residue to go: by itself, and in a text where nothing surely is."""

    alone: Floats
    unanchored: Floats


def needed(found: NDArray[np.int16], template: NDArray[np.int8], table: Floats, point: Point) -> Needed:
    """By what is known of each segment: its rule or -1, its template or 0, its features."""
    alone, unanchored = np.empty((2, len(found)), np.float32)
    _needed(found, template, table, np.array(point, np.float32), alone, unanchored)
    return Needed(alone, unanchored)


@kernel(entry=True, interpreted=True)
def _needed(
    found: Column[np.int16],
    template: Column[np.int8],
    table: Table[np.float32],
    point: Column[np.float32],
    alone: Column[np.float32],
    unanchored: Column[np.float32],
) -> None:
    for row in range(len(found)):
        inside = table[row, Feature.BEGINS_INSIDE] + table[row, Feature.ENDS_INSIDE] > 0
        bound = point[0]
        stops = table[row, Feature.END] >= STOP and table[row, Feature.LENGTH] >= SENTENCE
        if (
            stops or table[row, Feature.NUMBERS] > 0
        ):  # results, polls and schedules stand in short lines as residue does
            bound = max(bound, point[1])
        if inside:
            bound = point[2]
        if table[row, Feature.GRAMS] == 0:
            bound = max(bound, point[2])
        if table[row, Feature.LENGTH] < SHORT and table[row, Feature.SCORE] < WORDED:
            bound = max(bound, point[13])
        otherwise = NEVER
        amid = inside and table[row, Feature.CUE] == 0 and found[row] >= 0
        if amid and _STAYS[found[row]]:
            bound = NEVER
        elif amid and _WEAK[found[row]]:
            bound = max(bound, point[1])
        elif found[row] >= 0:
            bound = point[12] if inside and table[row, Feature.CUE] == 0 else point[3]
            otherwise = max(bound, point[8])
        if template[row] > 0:
            bound = min(bound, point[4 + template[row]])
            otherwise = bound
        alone[row] = bound
        unanchored[row] = otherwise


@kernel(entry=True, interpreted=True)
def choose(
    bounds: Column[np.int64],
    found: Column[np.int16],
    table: Table[np.float32],
    certain: Column[np.float32],
    drawn: Column[np.float32],
    least: Table[np.float32],
    point: Column[np.float32],
    gone: Column[np.bool_],
) -> None:
    """Segments that are as sure as they must be go, and amid the text those that two of them enclose. Where it is not
    sure that any of them is residue, most texts are clean: there only what is known goes. A first line that a rule
    knows (a date) says nothing of the lines below. `least` is what `needed` finds, one below the other. (Measured: to
    except other first lines made .3 points more cases of held-out domains right, but of 15,691 articles without labels
    19 lost their headlines.)"""
    between, anchor = point[4], point[7]
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        none = 1.0  # probability that nothing that would go is residue
        for row in range(begin, end):
            gone[row] = drawn[row] >= least[0, row]
            if gone[row] and (row > begin or found[row] < 0):
                none *= 1 - certain[row]
        if 1 - none < anchor:
            for row in range(begin, end):
                gone[row] = drawn[row] >= least[1, row]
        for row in range(begin + 1, end - 1):
            amid = table[row, Feature.PROSE_BEFORE] > 0 and table[row, Feature.PROSE_AFTER] > 0
            if amid and gone[row - 1] and gone[row + 1] and table[row, Feature.PROSE] == 0 and drawn[row] >= between:
                gone[row] = True
