"""From probabilities of lines to which lines go: operating points, and what keeps neighbours together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features import NAMES, Floats
from newsclean.boilerplate.lines import Column, Kind, Lines

Flags = NDArray[np.bool_]


class Point(NamedTuple):
    """An operating point: how probably a line must be residue to go: alone; between two lines that go, amid the text;
    if a rule says so; if its source repeats it; if it is another article's title."""

    alone: float
    between: float
    rule: float
    template: float
    title: float


# Chosen on held-out domains: docs/boilerplate.md, "Modes".
POINTS = {
    "safe": Point(alone=0.93, between=0.9, rule=0.87, template=0.5, title=0.2),
    "balanced": Point(alone=0.69, between=0.43, rule=0.31, template=0.05, title=0.01),
    "thorough": Point(alone=0.38, between=0.3, rule=0.17, template=0.05, title=0.01),
}
DOUBT = 6.0  # log-odds that the variance of a text's labels costs its lines: at most a quarter of it
LIST = 3  # lines of a list, which is judged as one as well
INTRODUCTION = 20  # letters of a line that introduces a list
LONGEST_LIST = 12
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

    def feature(self, name: str) -> Floats:
        """The column of a feature."""
        return self.features[:, NAMES.index(name)]


def removable(evidence: Evidence, point: Point) -> Flags:
    """Which lines go."""
    text = evidence.lines.table[:, Column.TEXT]
    same = np.append(text[1:] == text[:-1], False)  # the line below is of the same text
    probability = _of_lists(evidence, _doubted(evidence), same)
    needed = np.where(evidence.found >= 0, np.float32(point.rule), np.float32(point.alone))
    known = np.array([1, point.template, point.title], np.float32)
    needed = np.minimum(needed, known[evidence.template])
    gone = probability >= needed
    between = np.append(False, (gone & same)[:-1]) & same & np.append(gone[1:], False)
    amid = (evidence.feature("prose_before") > 0) & (evidence.feature("prose_after") > 0)
    gone |= between & (probability >= point.between) & amid & ~evidence.prose
    _keep_introduced_lists(gone, evidence, same)
    _keep_headed_paragraphs(gone, evidence, same)
    _keep_lone_marks(gone, evidence.lines.table, same)
    return gone


def _doubted(evidence: Evidence) -> Floats:
    """Probabilities, lower the more of the text is in doubt: what the tagger cannot make out (a table, a recipe, a
    language it has not seen) it also misjudges where it is sure. (Measured on held-out domains: a tenth more residue
    goes at .1 % loss, 1.5 points more at .6 %; a third of all loss had been that of six texts.) Not of lines that are
    known from elsewhere."""
    certain = np.clip(evidence.probability, 1e-6, 1 - 1e-6).astype(np.float64)
    text = evidence.lines.table[:, Column.TEXT]
    doubt = np.bincount(text, evidence.length * certain * (1 - certain))
    mean = doubt / np.maximum(np.bincount(text, evidence.length), 1)
    odds = np.log(certain / (1 - certain)) - DOUBT * mean[text] * (evidence.template == 0)
    doubted: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return doubted


def _of_lists(evidence: Evidence, probability: Floats, same: Flags) -> Floats:
    """Probabilities, those in lists below the last paragraph drawn three quarters of the way to the list's mean: a
    list of headlines goes or stays as a whole. (Measured: neutral in characters, fewer torn lists; the same for lists
    amid the text lost .0005 more article.)"""
    table = evidence.lines.table
    item = (evidence.feature("prose_after") == 0) & ~evidence.prose & (table[:, Column.LAST] != Kind.STOP)
    item &= (table[:, Column.WORDS] > 0) & (evidence.feature("prose_before") > 0)
    if not item.any():
        return probability
    goes_on = np.append(False, item[1:] & item[:-1] & same[:-1])
    number = np.cumsum(~goes_on) - 1
    size = np.bincount(number)
    mean = (np.bincount(number, probability) / size)[number]
    drawn: Floats = np.where(item & (size[number] >= LIST), (probability + 3 * mean) / 4, probability)
    return drawn.astype(np.float32)


def _keep_introduced_lists(gone: Flags, evidence: Evidence, same: Flags) -> None:
    """A line that stays and ends with a colon keeps the list below it, up to the next paragraph or rule-hit. (Measured:
    .3 % of the residue stays for .02 % of article saved.)"""
    table = evidence.lines.table
    opens = (table[:, Column.LAST] == Kind.COLON) & (evidence.length >= INTRODUCTION) & (evidence.found < 0) & ~gone
    for row in np.flatnonzero(opens).tolist():
        for item in range(row + 1, min(row + 1 + LONGEST_LIST, len(gone))):
            if not same[item - 1] or evidence.prose[item] or evidence.found[item] >= 0:
                break
            gone[item] = False


def _keep_headed_paragraphs(gone: Flags, evidence: Evidence, same: Flags) -> None:
    """A heading that stays keeps the paragraph below it, if that is about the article."""
    table = evidence.lines.table
    about = evidence.prose & (evidence.feature("shared") >= ABOUT_THE_ARTICLE)
    for row in np.flatnonzero(gone & about).tolist():
        above = row - 1
        while above >= 0 and same[above] and table[above, Column.WORDS] == table[above, Column.NUMBERS]:
            above -= 1  # a lone `1.`
        if above >= 0 and same[above] and not gone[above] and not evidence.prose[above]:
            gone[row] = False


def _keep_lone_marks(gone: Flags, table: NDArray[np.int32], same: Flags) -> None:
    """A line without words (`1.`, `* * *`, `|`) goes only with both its neighbours: it belongs to one of them."""
    for row in np.flatnonzero(gone & (table[:, Column.WORDS] == table[:, Column.NUMBERS])).tolist():
        before = row == 0 or not same[row - 1] or gone[row - 1]
        gone[row] = before and (not same[row] or gone[row + 1])
