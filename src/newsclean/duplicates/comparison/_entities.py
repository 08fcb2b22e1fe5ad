"""Who, where and how many: whether two articles agree in names and numbers, not in their words only.

Reports that one template was filled for (weather, results, matches) share nearly all words, and no fact.
"""

import numpy as np

from newsclean.compilation import Column, kernel
from newsclean.duplicates.tokens import NAMED, PLACE

OPENING = 60  # words that an article begins with, whose names and numbers say what it is about
DOUBT = 10.0  # inverse document frequency of which half is taken to be shared, lest two or three terms decide


@kernel()
def add_by_sort(sums: Column[np.float64], idf: float, marks: np.uint32) -> None:
    """Add the frequency of a term to that of other words, or of names and numbers and, of these, of early ones."""
    if marks & np.uint32(NAMED):
        sums[1] += idf
        if marks >> np.uint32(PLACE) < OPENING:
            sums[2] += idf
    else:
        sums[0] += idf


@kernel()
def _share(found: float, whole: float) -> float:
    """The share of an article's terms that the other one has, drawn to a half where they are few."""
    return (found + DOUBT / 2) / (whole + DOUBT)


@kernel()
def agreement(
    ours: Column[np.float64], theirs: Column[np.float64], left: Column[np.float64], right: Column[np.float64]
) -> tuple[float, float]:
    """The last two features, from the idf by sort of what both have, by either article's marks, and of all terms."""
    opening = min(_share(ours[2], left[2]), _share(theirs[2], right[2]))
    words = max(_share(ours[0], left[0]), _share(theirs[0], right[0]))
    named = max(_share(ours[1], left[1]), _share(theirs[1], right[1]))
    behind = max(0.0, words - named)
    return opening, behind * behind  # a little is chance; without the square half of all templates passed as stories
