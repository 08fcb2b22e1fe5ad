"""Where articles that are added to a `DuplicateIndex` come from: the earliest copy, and the agency that they name."""

import functools
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from newsclean.duplicates.agencies import agency_name
from newsclean.duplicates.index.search import Found
from newsclean.duplicates.index.store import Store
from newsclean.duplicates.sketching import Sketches


def origins(store: Store, names: Sequence[str], new: Sketches, found: Sequence[Found]) -> dict[str, str]:
    """For every article that is surely a copy of older ones, the one of them all that alone has the earliest date."""
    words = new.digests.view(np.int64).tolist()
    same = defaultdict[int, set[int]](set)
    for each in found:
        if each.is_sure:
            same[each.row] |= {words[each.row], store.digest(each.number)}
    earliest = functools.cache(store.earliest)  # of thousands with the same words
    told = {}
    for row, digests in same.items():
        first = sorted(article for digest in digests for article in earliest(digest))
        if first and (len(first) == 1 or first[0][0] < first[1][0]):
            told[names[row]] = store.name(first[0][1])
    return told


def agencies(names: Sequence[str], new: Sketches) -> dict[str, str]:
    """For every article that names an agency as where it comes from, that agency."""
    named = zip(names, map(agency_name, new.agencies.tolist()), strict=True)
    return {name: agency for name, agency in named if agency is not None}
