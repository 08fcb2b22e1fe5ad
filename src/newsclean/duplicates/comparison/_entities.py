"""Who, where and how many: whether two articles agree in names and numbers, not in their words only.

Reports that one template was filled for (weather, results, matches) share nearly all words, and no fact.
"""

from enum import IntEnum

import numpy as np

from newsclean.compilation import Column, kernel
from newsclean.duplicates.tokens import NAMED, PLACE

OPENING = 60  # words that an article begins with, whose names and numbers say what it is about
DOUBT = 10.0  # inverse document frequency of which half is taken to be shared, lest two or three terms decide


class TermSort(IntEnum):
    """Columns of sums by sort of term: plain words, names and numbers, and of these those of the opening."""

    PLAIN = 0
    NAMED = 1
    OPENING = 2


@kernel()
def add_by_sort(sums: Column[np.float64], idf: float, marks: np.uint32) -> None:
    """Add the idf of a term to the sums of its sorts (`TermSort`)."""
    if marks & np.uint32(NAMED):
        sums[TermSort.NAMED] += idf
        if marks >> np.uint32(PLACE) < OPENING:
            sums[TermSort.OPENING] += idf
    else:
        sums[TermSort.PLAIN] += idf


@kernel()
def _share(found: float, whole: float) -> float:
    """The share of an article's terms that the other one has, drawn to a half where they are few."""
    return (found + DOUBT / 2) / (whole + DOUBT)


@kernel()
def agreement(
    ours: Column[np.float64], theirs: Column[np.float64], left: Column[np.float64], right: Column[np.float64]
) -> tuple[float, float]:
    """The last two features, from the idf by sort of what both have, by either article's marks, and of all terms."""
    opening = min(
        _share(ours[TermSort.OPENING], left[TermSort.OPENING]),
        _share(theirs[TermSort.OPENING], right[TermSort.OPENING]),
    )
    words = max(
        _share(ours[TermSort.PLAIN], left[TermSort.PLAIN]), _share(theirs[TermSort.PLAIN], right[TermSort.PLAIN])
    )
    named = max(
        _share(ours[TermSort.NAMED], left[TermSort.NAMED]), _share(theirs[TermSort.NAMED], right[TermSort.NAMED])
    )
    behind = max(0.0, words - named)
    return opening, behind * behind  # a little is chance; without the square half of all templates passed as stories
