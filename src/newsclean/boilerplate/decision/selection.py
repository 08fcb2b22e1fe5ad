"""Operating points: how probably a segment must be residue to go."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features import Feature, Floats
from newsclean.boilerplate.rules import NUMBER, RULES
from newsclean.boilerplate.templates import REPEATED
from newsclean.compilation import Column, Table, kernel


class Point(NamedTuple):
    """How probably a segment must be residue to go."""

    alone: float  # in a line of its own, or set off by a cue
    inside: float  # amid a line
    sentence: float  # if it ends like a sentence and nothing names it
    template: float  # if its source repeats it
    title: float  # if it is the title of another article
    anchor: float  # how probably anything that would go of a text is residue: else most texts are clean, and only
    known: float  # what a rule names goes, if it is so probable
    doubted: float  # if nothing names it, and it is a sentence behind an interruption or the first line
    caption: float  # if it is a sentence right before a picture's credit amid a line


# Chosen with repositories and domains left out: `python -m training.boilerplate.points`.
POINTS = {
    "safe": Point(
        alone=0.93,
        inside=0.93,
        sentence=0.93,
        template=0.5,
        title=0.2,
        anchor=0.95,
        known=0.9,
        doubted=0.95,
        caption=0.93,
    ),
    "balanced": Point(
        alone=0.69,
        inside=0.88,
        sentence=0.8,
        template=0.05,
        title=0.01,
        anchor=0.895,
        known=0.83,
        doubted=0.9,
        caption=0.7,
    ),
    "thorough": Point(
        alone=0.52,
        inside=0.55,
        sentence=0.7,
        template=0.05,
        title=0.01,
        anchor=0.6,
        known=0.5,
        doubted=0.7,
        caption=0.5,
    ),
}
SENTENCE, LONG_LINE = 4.0, 5.0  # binary digits of letters of a sentence, of a line: 15, 31
TITLE = 4.4  # the same of a first line that may be the title: 20
SHORTEST = 3.0  # the same of a sentence behind an interruption: 8 letters
LONGEST_CAPTION = 7.6  # the same of a sentence that may be a caption: 193
CREDIT = NUMBER["photo-credit"]
STOP = 4.0  # on the scale of `Feature.END`
NEVER = 2.0  # more than any probability
OF_ARTICLE_INSIDE = ("source-credit", "byline", "date-stamp")
"""Rules whose words stay amid a line, unless a cue sets them off: who wrote an article, and when, does no harm."""
_STAYS = tuple(rule.name in OF_ARTICLE_INSIDE for rule in RULES)
LABELLED = ("photo-credit", "related-headlines", "end-matter", "author-bio", "player")
"""Rules of labels before headlines and names, which have no stop.

If the segment has one and no cue sets it off, a sentence of the article follows (`Photo: Ann Example The bridge was
closed.`).
"""
_LABELLED = tuple(rule.name in LABELLED for rule in RULES)

INTERRUPTING = (
    *("advert", "related-headlines", "player", "navigation"),
    *("photo-credit", "share-prompt", "newsletter-signup", "app-prompt"),
)
"""Rules of what stands amid articles: a sentence of the article may follow."""
_INTERRUPTS = tuple(rule.name in INTERRUPTING for rule in RULES)


class Needed(NamedTuple):
    """How probably each segment must be residue to go: by itself, and in a text where nothing surely is."""

    alone: Floats
    unanchored: Floats


def needed(found: NDArray[np.int16], template: NDArray[np.int8], table: Floats, point: Point) -> Needed:
    """By what is known of each segment: its rule or -1, its template or 0, its features."""
    result = Needed(*np.empty((2, len(found)), np.float32))
    _needed(found, template, table, point, *result)
    captions = np.flatnonzero(_before_credits(found, table))
    result.alone[captions] = np.minimum(result.alone[captions], point.caption)
    return result


def _before_credits(found: NDArray[np.int16], table: Floats) -> NDArray[np.bool_]:
    """Sentences that nothing names right before a credit in the same line: `The bridge at dawn. Photo: Jane Doe`."""
    credit = (found[1:] == CREDIT) & (table[1:, Feature.BEGINS_INSIDE] > 0) & (table[1:, Feature.ROW] > 1)
    length = table[:-1, Feature.LENGTH]
    sentence = (table[:-1, Feature.END] >= STOP) & (length >= SHORTEST) & (length <= LONGEST_CAPTION)
    alone = (found[:-1] < 0) & (table[:-1, Feature.SENTENCES] <= 1)
    return np.append(credit & sentence & alone, False)[: len(found)]


@kernel(entry=True, interpreted=True)
def _needed(
    found: Column[np.int16],
    template: Column[np.int8],
    table: Table[np.float32],
    point: Point,
    alone: Column[np.float32],
    unanchored: Column[np.float32],
) -> None:
    stopped = True
    for row in range(len(found)):
        if table[row, Feature.ROW] == 0:
            stopped = _has_stops(table, row)
        inside = table[row, Feature.BEGINS_INSIDE] + table[row, Feature.ENDS_INSIDE] > 0
        amid = inside and table[row, Feature.CUE] == 0
        alone[row] = point.inside if amid else point.alone
        unanchored[row] = NEVER
        stop = table[row, Feature.END] >= STOP
        if found[row] < 0:
            if stop and table[row, Feature.LENGTH] >= SENTENCE:
                alone[row] = point.sentence
            if table[row, Feature.ROW] == 0 and table[row, Feature.LENGTH] >= TITLE:
                alone[row] = max(alone[row], point.doubted)
            interrupted = table[row, Feature.ROW] > 0 and found[row - 1] >= 0 and _INTERRUPTS[found[row - 1]]
            sentence = table[row, Feature.LENGTH] >= (SHORTEST if stop else LONG_LINE)
            if interrupted and sentence and (stop or not stopped):
                alone[row] = max(alone[row], point.doubted)
        else:
            if amid and (_STAYS[found[row]] or (stop and _LABELLED[found[row]])):
                alone[row] = NEVER
            unanchored[row] = max(alone[row], point.known)
        if template[row] > 0:
            least = point.template if template[row] == REPEATED else point.title
            alone[row] = unanchored[row] = min(alone[row], least)


@kernel(interpreted=True)
def _has_stops(table: Floats, first: int) -> bool:
    """Whether any segment of the text that begins with this one ends with a stop: in Thai none does."""
    row = first
    while row < len(table) and (row == first or table[row, Feature.ROW] > 0):
        if table[row, Feature.END] >= STOP or table[row, Feature.SENTENCES] > 0:
            return True
        row += 1
    return False


@kernel(entry=True, interpreted=True)
def choose(
    bounds: Column[np.int64],
    probability: Column[np.float32],
    alone: Column[np.float32],
    unanchored: Column[np.float32],
    anchor: float,
    gone: Column[np.bool_],
) -> None:
    """Segments that are as probable as they must be go. Where it is not sure that any of them is residue, only what is
    known does: most texts are clean. `alone` and `unanchored` are what `needed` finds."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        none = 1.0  # probability that nothing that would go is residue
        for row in range(begin, end):
            gone[row] = probability[row] >= alone[row]
            if gone[row]:
                none *= 1 - probability[row]
        if 1 - none < anchor:
            for row in range(begin, end):
                gone[row] = probability[row] >= unanchored[row]
