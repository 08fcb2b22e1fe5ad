"""Pairs that only raw texts are: what they share is boilerplate that cleaning removed, and no article.

Raw texts have candidates and an exact comparison of their own, of those documents only that cleaning made shorter. A
document names at most `_MOST` others, the most alike, however many pages of a site share one menu.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs
from newsclean.duplicates.candidates import copy_candidates
from newsclean.duplicates.clustering.pairs import Row
from newsclean.duplicates.matching import Corpus, Verified, compare_words
from newsclean.duplicates.results import SHARED_BOILERPLATE
from newsclean.duplicates.sketching import Sketches
from newsclean.settings import DuplicateSettings

MATCH = 0.5  # share of the shorter text's passages that makes a pair for tools that trust their overlap
_ROWS = 3  # minima per band: half of the passages shared are found with .99, a fifth with .3
_MOST = 2  # pairs that a document names


def shared_boilerplate(raw: Sketches, cleaned: Sketches, ids: Sequence[str], settings: DuplicateSettings) -> list[Row]:
    """Pairs of documents whose raw texts match and whose cleaned texts do not, with the share of passages that the raw
    texts have in common.

    Texts match if they are copies, or half of the shorter one's passages are in the other one. `raw` holds an empty
    text where a document is no shorter after cleaning. The result does not depend on the order of the documents.
    """
    present = np.flatnonzero(raw.digests)
    digests = np.stack([raw.digests[present], cleaned.digests[present]], axis=1).tolist()
    places = sorted(range(len(present)), key=lambda place: (digests[place], ids[int(present[place])]))
    order = present[np.array(places, np.int64)]
    pairs = order[copy_candidates(raw.signatures, order, raw.signatures.shape[1] // _ROWS, _ROWS)]
    same = (cleaned.digests[pairs[:, 0]] == cleaned.digests[pairs[:, 1]]) & (cleaned.digests[pairs[:, 0]] != 0)
    pairs = pairs[~same]
    before = _compared(raw, pairs)
    match = _matches(before, settings)
    pairs, shared = pairs[match], before.shared[match]
    apart = ~_matches(_compared(cleaned, pairs), settings)
    return _best(pairs[apart], shared[apart], ids)


def _compared(sketches: Sketches, pairs: Pairs) -> Verified:
    """Pairs of documents, compared word by word."""
    everything = np.arange(sketches.size)
    corpus = Corpus(
        sketches.words,
        sketches.spans,
        sketches.signatures,
        everything,
        sketches.days,
        sketches.languages,
        sketches.heads.astype(np.int64),
        everything,
    )
    return compare_words(corpus, pairs)


def _matches(verified: Verified, settings: DuplicateSettings) -> NDArray[np.bool_]:
    """Whether a tool that looks at these texts only would pair them."""
    found: NDArray[np.bool_] = (verified.copy >= settings.copy_threshold) | (verified.shared >= MATCH)
    return found


def _best(pairs: Pairs, shared: NDArray[np.float32], ids: Sequence[str]) -> list[Row]:
    """The pairs that are among the most alike ones of both their documents."""
    rows = [(-round(share, 4), *sorted((ids[one], ids[two])), one, two) for (one, two), share in zip(
        pairs.tolist(), shared.tolist(), strict=True
    )]  # fmt: skip
    named: dict[int, int] = {}
    found: list[Row] = []
    for share, _, _, one, two in sorted(rows):
        if max(named.get(one, 0), named.get(two, 0)) < _MOST:
            named[one], named[two] = named.get(one, 0) + 1, named.get(two, 0) + 1
            found.append((min(one, two), max(one, two), SHARED_BOILERPLATE, -share, 0.0))
    return found
