"""Word n-grams of lines as sparse matrices, and a linear model on those that many domains use."""

import numba
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from newsclean.boilerplate.lines import LineColumn, Lines
from newsclean.boilerplate.rules.phrases import MIX

LONGEST = 3  # words
WORD, WORDS = int(LineColumn.WORD), int(LineColumn.WORDS)
# An n-gram counts if lines of so many domains have it. (With 10, four points more residue of other domains of the same
# sources go at .6 % loss, but four fewer of other sources, where `balanced` loses 3.7 % of articles instead of 1.9 %.)
DOMAINS = 80
# Or of so many of the outlets of texts from the wild, which no source has in common. (With 5 and 7 more of sources that
# are never trained on is lost.)
OUTLETS = 6


@numba.njit(cache=True)
def _emit(table, words, keys, rows):  # type: ignore[no-untyped-def]
    """The keys of `newsclean.boilerplate.phrases`, up to three words long; how many there are."""
    count = 0
    for row in range(len(table)):
        first, size = table[row, WORD], table[row, WORDS]
        for begin in range(-2, size):
            if 32 <= begin < size - 16:
                continue
            place = begin + 3 if begin < 0 else 3
            value = MIX * np.uint64(place)
            for position in range(min(size - max(begin, 0), LONGEST if begin >= 0 else 6)):
                word = words[first + (size - 1 - position if place == 2 else max(begin, 0) + position)]
                value = (value ^ (np.uint64(1) if word & np.uint64(3) == 1 else word)) * MIX
                value = value ^ value >> np.uint64(29)
                if position < LONGEST:
                    keys[count], rows[count] = value, row
                    count += 1
                if place == 1 and position == size - 1:
                    keys[count], rows[count] = value ^ MIX, row
                    count += 1
    return count


def matrix(
    lines: Lines, domain: NDArray[np.int64], wild: NDArray[np.bool_], own: NDArray[np.bool_]
) -> tuple[sparse.csr_matrix, NDArray[np.uint64]]:
    """(lines, n-grams) counts and the n-grams' keys. `domain` is a number per line; `wild` says of each line whether
    its text was found as it is, `own` whether all words of its text are its domain's."""
    words = lines.table[:, WORDS].astype(np.int64)
    capacity = int((np.minimum(words, 50) * LONGEST + 16).sum())
    keys, rows = np.empty(capacity, np.uint64), np.empty(capacity, np.int32)
    count = _emit(lines.table, lines.words, keys, rows)
    keys, rows = keys[:count], rows[:count]
    vocabulary, inverse = np.unique(keys, return_inverse=True)
    pairs = inverse * (domain.max() + 1) + domain[rows]
    known = _spread(pairs[own[rows]], domain, len(vocabulary)) >= DOMAINS
    known |= _spread(pairs[(own & wild)[rows]], domain, len(vocabulary)) >= OUTLETS
    column = np.cumsum(known) - 1
    wanted = known[inverse]
    shape = (len(lines.table), int(known.sum()))
    ones = np.ones(int(wanted.sum()), np.float32)
    counts = sparse.csr_matrix((ones, (rows[wanted], column[inverse[wanted]])), shape)
    return counts, vocabulary[known]


def _spread(pairs: NDArray[np.int64], domain: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """How many domains each n-gram has."""
    return np.bincount(np.unique(pairs) // (domain.max() + 1), minlength=size)


def normalised(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Rows divided by the square root of their number of n-grams, as the package's feature `score` is."""
    total = np.sqrt(np.maximum(np.asarray(counts.sum(1)).ravel(), 1)).astype(np.float32)
    return sparse.diags(1 / total) @ counts


def fit(rows: sparse.csr_matrix, label: NDArray[np.int8], weight: NDArray[np.float32]) -> NDArray[np.int32]:
    """Weights of the n-grams in 1/1024."""
    model = LogisticRegression(C=0.3, max_iter=60, tol=1e-3, solver="lbfgs")
    model.fit(rows, label, weight)
    return np.clip(np.rint(model.coef_[0] * 1024), -32767, 32767).astype(np.int32)
