"""What keeps neighbours together: lists, what a heading or a colon announces, subheads, marks."""

import numpy as np

from newsclean.boilerplate.features import Feature
from newsclean.boilerplate.lines import CharKind, LineColumn
from newsclean.compilation import Column, Table, kernel

INTRODUCTION = 18  # letters of a line that introduces a list; an ideograph counts three
LONGEST_LIST = 12
NO_SUBHEAD = 0.8  # certainty from which a line between two paragraphs is none
MARK = 4  # digits of a line that numbers another one, or says when it was written
MOST_UNNAMED = 0.4  # share of a text without paragraphs that may go though nothing names it
ABOUT_THE_ARTICLE = 0.5  # share of a paragraph's content words that other paragraphs have


@kernel(entry=True, interpreted=True)
def keep_with_neighbours(
    bounds: Column[np.int64],
    lines: Table[np.int32],
    length: Column[np.int32],
    found: Column[np.int16],
    table: Table[np.float32],
    certain: Column[np.float32],
    gone: Column[np.bool_],
) -> None:
    """What stays because of its neighbours."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        # A line that stays and ends with a colon keeps the list below it, up to the next paragraph or rule-hit.
        # (Measured: .3 % of the residue stays for .02 % of article saved.)
        for row in range(end - 1, begin - 1, -1):
            if (
                gone[row]
                or lines[row, LineColumn.LAST] != CharKind.COLON
                or length[row] < INTRODUCTION
                or found[row] >= 0
            ):
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
            while above >= begin and lines[above, LineColumn.WORDS] == lines[above, LineColumn.NUMBERS]:
                above -= 1  # a lone `1.`
            if above >= begin and not gone[above] and table[above, Feature.PROSE] == 0:
                gone[row] = False
        # A line without a rule between two paragraphs that stay is a subhead, unless it is quite certain.
        for row in range(begin + 1, end - 1):
            if not gone[row] or found[row] >= 0 or certain[row] >= NO_SUBHEAD or table[row, Feature.PROSE] > 0:
                continue
            below = row + 1
            while below < end and lines[below, LineColumn.WORDS] == lines[below, LineColumn.NUMBERS]:
                below += 1  # a lone `1.`
            stays = below < end and not gone[below] and table[below, Feature.PROSE] > 0
            if stays and not gone[row - 1] and table[row - 1, Feature.PROSE] > 0:
                gone[row] = False
        # A line without words (`1.`, `* * *`, `|`) goes only with both its neighbours: it belongs to one of them. One
        # that is alone in its text numbers nothing. (Lines of longer numbers are dates; keeping them as well spoilt up
        # to two cases in a hundred.)
        marks = 0
        for row in range(begin, end):
            marks += lines[row, LineColumn.WORDS] == lines[row, LineColumn.NUMBERS] and length[row] <= MARK
        for row in range(begin, end if marks > 1 else begin):
            if gone[row] and lines[row, LineColumn.WORDS] == lines[row, LineColumn.NUMBERS] and length[row] <= MARK:
                gone[row] = (row == begin or gone[row - 1]) and (row == end - 1 or gone[row + 1])


@kernel(entry=True, interpreted=True)
def keep_without_prose(
    bounds: Column[np.int64],
    length: Column[np.int32],
    found: Column[np.int16],
    template: Column[np.int8],
    is_prose: Column[np.bool_],
    gone: Column[np.bool_],
) -> None:
    """Where no paragraph would be left, and what nothing names is a good part of what would go, only what a rule or
    template names goes: a text whose lines are broken anyhow may be all article. (Of 1,485 texts from the wild one had
    lost its whole article, a quarter of all that was lost.)"""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        letters = unnamed = 0
        left = False
        for row in range(begin, end):
            letters += length[row]
            left = left or (is_prose[row] and not gone[row])
            unnamed += length[row] * (gone[row] and found[row] < 0 and template[row] == 0)
        if not left and unnamed > MOST_UNNAMED * letters:
            for row in range(begin, end):
                gone[row] = gone[row] and (found[row] >= 0 or template[row] > 0)
