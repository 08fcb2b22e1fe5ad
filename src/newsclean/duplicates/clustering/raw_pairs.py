"""Pairs that only raw texts are: what they share is boilerplate that cleaning removed, and no article.

Raw texts have candidates and an exact comparison of their own, of those documents only that cleaning made shorter. A
document names at most `_MOST_NAMED` others, the most alike, however many pages of a site share one menu.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, distinct
from newsclean.duplicates.candidates import copy_candidates
from newsclean.duplicates.clustering.identical import in_order
from newsclean.duplicates.matching import Corpus, Verified, compare_words
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.sketching import Sketches
from newsclean.settings import DuplicateSettings

MATCH = 0.5  # share of the shorter text's passages that makes a pair for tools that trust their overlap
_ROWS = 3  # minima per band: half of the passages shared are found with .99, a fifth with .3
_MOST_NAMED = 2  # pairs that a document names


class Raw(NamedTuple):
    """Raw texts of those documents that cleaning made shorter."""

    sketches: Sketches
    documents: NDArray[np.int64]
    """The number of each among all documents."""


class Boilerplate(NamedTuple):
    """Pairs of documents that only their raw texts are, and the share of passages that these have in common."""

    pairs: Pairs
    shared: NDArray[np.float64]


def shared_boilerplate(
    raw: Raw, cleaned: Sketches, ids: Sequence[str], settings: DuplicateSettings, scratch: Scratch = IN_MEMORY
) -> Boilerplate:
    """Pairs of documents whose raw texts match and whose cleaned texts do not.

    Texts match if they are copies, or half of the shorter one's passages are in the other one. The result does not
    depend on the order of the documents.
    """
    before, documents = raw.sketches, raw.documents
    digests = cleaned.digests[documents]
    order = in_order((before.digests, digests), lambda place: ids[int(documents[place])])
    width = before.signatures.shape[1]
    pairs = order[copy_candidates(before.signatures, order, width // _ROWS, _ROWS, scratch)]
    same = (digests[pairs[:, 0]] == digests[pairs[:, 1]]) & (digests[pairs[:, 0]] != 0)
    pairs = pairs[~same]
    compared = _compared(before, pairs, scratch)
    match = _matches(compared, settings)
    pairs, shared = documents[pairs[match]], compared.shared[match]
    apart = ~_matches(_compared(cleaned, pairs, scratch), settings)
    return _best(pairs[apart], shared[apart], ids)


def _compared(sketches: Sketches, pairs: Pairs, scratch: Scratch) -> Verified:
    """Pairs of documents, compared word by word."""
    rows = distinct(pairs.ravel())
    spans = np.stack([sketches.bounds[rows], sketches.bounds[rows + 1]], axis=1)
    columns = (sketches.days[rows], sketches.languages[rows], sketches.heads[rows].astype(np.int64))
    corpus = Corpus(sketches.words, spans, sketches.signatures, rows, *columns, rows, scratch=scratch)
    return compare_words(corpus, np.searchsorted(rows, pairs))


def _matches(verified: Verified, settings: DuplicateSettings) -> NDArray[np.bool_]:
    """Whether a tool that looks at these texts only would pair them."""
    found: NDArray[np.bool_] = (verified.copy >= settings.copy_threshold) | (verified.shared >= MATCH)
    return found


def _best(pairs: Pairs, shared: NDArray[np.float32], ids: Sequence[str]) -> Boilerplate:
    """The pairs that are among the most alike ones of both their documents."""
    shares = np.array([round(share, 4) for share in shared.tolist()], np.float64)
    order = in_order((-shares,), lambda place: sorted(ids[document] for document in pairs[place].tolist()))
    named: dict[int, int] = {}
    chosen = []
    for place in order.tolist():
        one, two = pairs[place].tolist()
        if max(named.get(one, 0), named.get(two, 0)) < _MOST_NAMED:
            named[one], named[two] = named.get(one, 0) + 1, named.get(two, 0) + 1
            chosen.append(place)
    return Boilerplate(np.sort(pairs[chosen], axis=1), shares[chosen])
