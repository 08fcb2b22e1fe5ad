"""From probabilities of lines to which lines go: operating points, and what keeps neighbours together."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.columns import Feature
from newsclean.boilerplate.ends import log_odds, raise_below_end, raise_outside
from newsclean.boilerplate.features import Floats
from newsclean.boilerplate.lines import Column, Kind, Lines, text_bounds
from newsclean.kernels import kernel

Flags = NDArray[np.bool_]


class Point(NamedTuple):
    """An operating point: how probably a line must be residue to go: alone; between two lines that go, amid the text;
    if a rule says so; if its source repeats it; if it is another article's title. How probably any of these must be
    residue: else none goes but what its source repeats, and lines of rules that are as probable as `known`. And what
    lines gain below the likeliest end of the text, and outside the likeliest stretch of article (`ends`)."""

    alone: float
    between: float
    rule: float
    template: float
    title: float
    anchor: float
    known: float
    ended: float
    outside: float


# Chosen on held-out domains: docs/boilerplate.md, "Modes".
POINTS = {
    "safe": Point(0.97, 0.95, rule=0.93, template=0.5, title=0.2, anchor=0.97, known=0.93, ended=0, outside=0),
    "balanced": Point(0.74, 0.6, rule=0.5, template=0.05, title=0.01, anchor=0.95, known=0.82, ended=0.4, outside=0.04),
    "thorough": Point(0.68, 0.5, rule=0.4, template=0.05, title=0.01, anchor=0.68, known=0.4, ended=0.4, outside=0.04),
}
DOUBT = 6.0  # log-odds that the variance of a text's labels costs its lines: at most a quarter of it
PAGE = 50  # lines that are rather residue than not, from which on a text is taken for a whole page (84 % of pages are)
PAGE_DOUBT = 0.2  # log-odds that lines of whole pages lose instead
LIST = 3  # lines of a list, which is judged as one as well
INTRODUCTION = 18  # letters of a line that introduces a list; an ideograph counts three
LONGEST_LIST = 12
NO_SUBHEAD = 0.8  # certainty from which a line between two paragraphs is none
MARK = 4  # digits of a line that numbers another one, or says when it was written
ABOUT_THE_ARTICLE = 0.5  # share of a paragraph's content words that other paragraphs have


class Evidence(NamedTuple):
    """What is known of the lines of a batch, an entry a line (features: a row a line)."""

    lines: Lines
    hits: NDArray[np.int32]
    length: NDArray[np.int32]
    prose: Flags
    found: NDArray[np.int16]
    template: NDArray[np.int8]  # 0, REPEATED or TITLE
    features: Floats
    probability: Floats


def removable(evidence: Evidence, point: Point) -> Flags:
    """Which lines go."""
    bounds, lines, found = text_bounds(evidence.lines), evidence.lines.table, evidence.found
    certain, gone = np.empty(len(lines), np.float32), np.empty(len(lines), np.bool_)
    _doubt(bounds, evidence.length, evidence.template, evidence.probability, certain)
    drawn = np.empty(len(lines), np.float32)
    worth, best = np.empty((2, len(lines)), np.float32)
    raise_outside(bounds, evidence.length, certain, worth, best, point.outside)
    raise_below_end(bounds, evidence.length, found, evidence.probability, certain, drawn, point.ended)
    _draw_lists(bounds, lines, evidence.features, drawn)
    _choose(bounds, found, evidence.template, evidence.features, certain, drawn, np.array(point, np.float32), gone)
    _keep(bounds, lines, evidence.length, found, evidence.features, drawn, gone)
    return gone


@kernel("void(int64[::1], int32[::1], int8[::1], float32[::1], float32[::1])", interpreted=True)
def _doubt(
    bounds: NDArray[np.int64],
    length: NDArray[np.int32],
    template: NDArray[np.int8],
    probability: Floats,
    certain: Floats,
) -> None:
    """Probabilities, lower the more of the text is in doubt: what the tagger cannot make out (a table, a recipe, a
    language it has not seen) it also misjudges where it is sure. (Measured on held-out domains: a tenth more residue
    goes at .1 % loss, 1.5 points more at .6 %; a third of all loss had been that of six texts.) Not of lines that are
    known from elsewhere."""
    for text in range(len(bounds) - 1):
        variance = letters = 0.0
        residue = 0
        for row in range(bounds[text], bounds[text + 1]):
            sure = 0.0 + probability[row]
            variance += length[row] * sure * (1 - sure)
            letters += length[row]
            residue += sure > 0.5
        doubt = DOUBT * (variance / max(letters, 1.0)) if residue < PAGE else PAGE_DOUBT
        for row in range(bounds[text], bounds[text + 1]):
            odds = log_odds(probability[row])
            if template[row] == 0:
                odds -= doubt
            certain[row] = 1 / (1 + math.exp(-odds))


@kernel("void(int64[::1], int32[:, ::1], float32[:, ::1], float32[::1])", interpreted=True)
def _draw_lists(bounds: NDArray[np.int64], lines: NDArray[np.int32], table: Floats, certain: Floats) -> None:
    """Draw the probabilities in lists below the last paragraph three quarters of the way to the list's mean: a list of
    headlines goes or stays as a whole. (Measured: neutral in characters, fewer torn lists; the same for lists amid the
    text lost .0005 more article.)"""
    for text in range(len(bounds) - 1):
        size = 0
        total = 0.0
        for row in range(bounds[text], bounds[text + 1] + 1):
            if (
                row < bounds[text + 1]
                and table[row, Feature.PROSE_AFTER] == 0
                and table[row, Feature.PROSE] == 0
                and lines[row, Column.LAST] != Kind.STOP
                and lines[row, Column.WORDS] > 0
                and table[row, Feature.PROSE_BEFORE] > 0
            ):
                size += 1
                total += certain[row]
                continue
            if size >= LIST:
                for item in range(row - size, row):
                    certain[item] = (certain[item] + 3 * (total / size)) / 4
            size = 0
            total = 0.0


@kernel(
    "void(int64[::1], int16[::1], int8[::1], float32[:, ::1], float32[::1], float32[::1], float32[::1], bool_[::1])",
    interpreted=True,
)
def _choose(
    bounds: NDArray[np.int64],
    found: NDArray[np.int16],
    template: NDArray[np.int8],
    table: Floats,
    certain: Floats,
    drawn: Floats,
    point: Floats,
    gone: Flags,
) -> None:
    """Lines that are sure enough for a `Point` go, and amid the text those that two of them enclose. Where it is not
    sure that any of them is residue, most texts are clean: there only what is known goes. A first line that a rule
    knows (a date) says nothing of the lines below. (Measured: to except other first lines made .3 points more cases of
    held-out domains right, but of 15,691 articles without labels 19 lost their headlines.)"""
    alone, between, rule, anchor, known = point[0], point[1], point[2], point[5], point[6]
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        none = 1.0  # probability that no line that would go is residue
        for row in range(begin, end):
            needed = rule if found[row] >= 0 else alone
            if template[row] > 0:
                needed = min(needed, point[2 + template[row]])
            gone[row] = drawn[row] >= needed
            if gone[row] and (row > begin or found[row] < 0):
                none *= 1 - certain[row]
        if 1 - none < anchor:
            for row in range(begin, end):
                gone[row] = gone[row] and (template[row] > 0 or (found[row] >= 0 and drawn[row] >= known))
        for row in range(begin + 1, end - 1):
            amid = table[row, Feature.PROSE_BEFORE] > 0 and table[row, Feature.PROSE_AFTER] > 0
            if amid and gone[row - 1] and gone[row + 1] and table[row, Feature.PROSE] == 0 and drawn[row] >= between:
                gone[row] = True


@kernel(
    "void(int64[::1], int32[:, ::1], int32[::1], int16[::1], float32[:, ::1], float32[::1], bool_[::1])",
    interpreted=True,
)
def _keep(
    bounds: NDArray[np.int64],
    lines: NDArray[np.int32],
    length: NDArray[np.int32],
    found: NDArray[np.int16],
    table: Floats,
    certain: Floats,
    gone: Flags,
) -> None:
    """What stays because of its neighbours."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        # A line that stays and ends with a colon keeps the list below it, up to the next paragraph or rule-hit.
        # (Measured: .3 % of the residue stays for .02 % of article saved.)
        for row in range(end - 1, begin - 1, -1):
            if gone[row] or lines[row, Column.LAST] != Kind.COLON or length[row] < INTRODUCTION or found[row] >= 0:
                continue
            for item in range(row + 1, min(row + 1 + LONGEST_LIST, end)):
                if table[item, Feature.PROSE] > 0 or found[item] >= 0:
                    break
                gone[item] = False
        # A heading that stays keeps the paragraph below it, if that is about the article.
        for row in range(begin, end):
            about = table[row, Feature.PROSE] > 0 and table[row, Feature.SHARED] >= ABOUT_THE_ARTICLE
            if not gone[row] or not about:
                continue
            above = row - 1
            while above >= begin and lines[above, Column.WORDS] == lines[above, Column.NUMBERS]:
                above -= 1  # a lone `1.`
            if above >= begin and not gone[above] and table[above, Feature.PROSE] == 0:
                gone[row] = False
        # A line without a rule between two paragraphs that stay is a subhead, unless it is quite certain.
        for row in range(begin + 1, end - 1):
            if not gone[row] or found[row] >= 0 or certain[row] >= NO_SUBHEAD or table[row, Feature.PROSE] > 0:
                continue
            below = row + 1
            while below < end and lines[below, Column.WORDS] == lines[below, Column.NUMBERS]:
                below += 1  # a lone `1.`
            stays = below < end and not gone[below] and table[below, Feature.PROSE] > 0
            if stays and not gone[row - 1] and table[row - 1, Feature.PROSE] > 0:
                gone[row] = False
        # A line without words (`1.`, `* * *`, `|`) goes only with both its neighbours: it belongs to one of them. One
        # that is alone in its text numbers nothing. (Lines of longer numbers are dates; keeping them as well spoilt up
        # to two cases in a hundred.)
        marks = 0
        for row in range(begin, end):
            marks += lines[row, Column.WORDS] == lines[row, Column.NUMBERS] and length[row] <= MARK
        for row in range(begin, end if marks > 1 else begin):
            if gone[row] and lines[row, Column.WORDS] == lines[row, Column.NUMBERS] and length[row] <= MARK:
                gone[row] = (row == begin or gone[row - 1]) and (row == end - 1 or gone[row + 1])
