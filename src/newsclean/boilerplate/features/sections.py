"""Where a rule found the head of what follows an article: related articles, comments, notes."""

import numpy as np

from newsclean.boilerplate.features.columns import Feature
from newsclean.boilerplate.rules import RULES
from newsclean.compilation import Column, Table, kernel

HEADS = ("comments", "related", "endings")  # families of rules
_HEAD = tuple(HEADS.index(rule.family) if rule.family in HEADS else -1 for rule in RULES)
NO_COMMENTS, FAR = 90, 60  # what a distance in lines is if there are none above, and at most
NO_HEAD, MOST_PROSE = 40, 30  # the same of paragraphs


@kernel(entry=True, interpreted=True)
def fill_sections(bounds: Column[np.int64], found: Column[np.int16], table: Table[np.float32]) -> None:
    """Fill the columns of the distance from the heads of other sections. One is the distance in lines from the last
    head of comments above. The other is how many paragraphs stand from the last head on to the line."""
    for text in range(len(bounds) - 1):
        begin = bounds[text]
        comments = begin - 1
        prose = -1
        for row in range(begin, bounds[text + 1]):
            table[row, Feature.SINCE_COMMENTS] = min(row - comments, FAR) if comments >= begin else NO_COMMENTS
            table[row, Feature.PROSE_SINCE_HEAD] = min(prose, MOST_PROSE) if prose >= 0 else NO_HEAD
            if found[row] >= 0 and _HEAD[found[row]] >= 0:
                prose = 0
                if _HEAD[found[row]] == 0:
                    comments = row
            if prose >= 0:
                prose += table[row, Feature.PROSE] > 0
