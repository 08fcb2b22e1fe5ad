"""Passages that many documents share are no evidence that two of them are copies.

Menus, hotlines, disclaimers, author boxes and frames of notices stand in documents that are not copies of each other.
What a text shares with such a document is taken out; what is left must still be enough.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs
from newsclean.duplicates.comparison import texts_of
from newsclean.duplicates.matching._shared_passages import Partners, count_own_words
from newsclean.duplicates.matching.corpus import SURE, Corpus, Verified

OWN_WORDS = 15  # in passages that only the copies have, below which a pair is not one of copies
SURE_WORDS = 25  # below which one is not dropped for the other
COMMON = 0.2  # share of the shared words that other documents have, too, below which nothing is asked
UNLIKE = 0.2  # confidence below which two texts are no copies, unless sure ones lead from one to the other
_MOST_PARTNERS = 24  # documents that a text is compared with because of it


def own_words(corpus: Corpus, verified: Verified, likely: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each `likely` pair: shared words of the text that has fewer which no third, unlike document has.

    A large number where hardly any of them are in other documents.
    """
    rows = np.flatnonzero(likely)
    count = len(corpus.spans)
    chosen = np.zeros(count, np.bool_)
    chosen[verified.pairs[rows]] = True
    group = _groups(verified.pairs[verified.copy >= SURE], count)
    apart = group[verified.pairs[:, 0]] != group[verified.pairs[:, 1]]
    others = verified.pairs[(verified.copy < UNLIKE) & apart & chosen[verified.pairs].any(axis=1)]
    unlike = _partners(np.concatenate([others, others[:, ::-1]]), chosen, count, _MOST_PARTNERS)[0]
    common = np.full(len(rows), np.iinfo(np.int64).max)
    doubtful = (np.diff(unlike.starts)[verified.pairs[rows]] > 0).any(axis=1)
    common[doubtful] = _counted(corpus, verified.pairs[rows[doubtful]], unlike)
    return common


def _counted(corpus: Corpus, ends: Pairs, unlike: Partners) -> NDArray[np.int64]:
    """`own_words` of pairs of which a text has something in common with `unlike` ones."""
    count = len(corpus.spans)
    pairs, order = _partners(np.concatenate([ends, ends[:, ::-1]]), np.ones(count, np.bool_), count, 1 << 62)
    found = np.zeros((len(order), 2), np.int64)
    count_own_words(texts_of(corpus.words, corpus.spans, corpus.heads), unlike, pairs, found)
    sides = np.empty_like(found)
    sides[order] = found
    left, right = sides[: len(ends)], sides[len(ends) :]
    shared, own = np.minimum(left[:, 0], right[:, 0]), np.minimum(left[:, 1], right[:, 1])
    common = shared - own > COMMON * shared
    return np.where(common, own, np.iinfo(np.int64).max)


def _groups(pairs: Pairs, count: int) -> NDArray[np.int64]:
    """By text: the lowest number among all texts that pairs lead to, from one to the next."""
    group = np.arange(count)
    while True:
        before = group.copy()
        low = np.minimum(group[pairs[:, 0]], group[pairs[:, 1]])
        for side in range(2):
            np.minimum.at(group, pairs[:, side], low)
        group = group[group]
        if (group == before).all():
            return group


def _partners(
    pairs: NDArray[np.int64], chosen: NDArray[np.bool_], count: int, most: int
) -> tuple[Partners, NDArray[np.int64]]:
    """The right texts of pairs by their left text, if that is chosen, at most so many; and the rows they stand in."""
    rows = np.flatnonzero(chosen[pairs[:, 0]])
    rows = rows[np.lexsort((pairs[rows, 1], pairs[rows, 0]))]
    left = pairs[rows, 0]
    first = np.searchsorted(left, left)
    rows = rows[np.arange(len(rows)) - first < most]
    starts = np.searchsorted(pairs[rows, 0], np.arange(count + 1))
    return Partners(starts, np.ascontiguousarray(pairs[rows, 1])), rows
