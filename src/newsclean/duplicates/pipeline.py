"""From sketches to pairs, clusters and the articles to keep, whatever the order and the batches they came in."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import uncollected
from newsclean.duplicates.agencies import agency_name, agency_names
from newsclean.duplicates.clustering import Raw
from newsclean.duplicates.resolution import resolve_numbered
from newsclean.duplicates.results import (
    RELATIONS,
    Cluster,
    Duplicates,
    NumberedClusters,
    NumberedPairs,
    Pair,
    Resolved,
)
from newsclean.duplicates.sketching import Joiner, Sketches, join, no_sketches, sketch_batch, sketch_raw
from newsclean.settings import DuplicateSettings

Keep = Callable[[Sequence[str]], str]
_UNNAMED = np.empty(0, np.uint8)  # agencies where none are known
_BATCH = 1 << 9  # documents sketched at once: about a megabyte, which stays in the cache


def find_duplicates(
    documents: Iterable[str | Mapping[str, Any]],
    settings: DuplicateSettings = DuplicateSettings(),
    keep: Keep | None = None,
) -> Duplicates:
    """Which articles are identical, edited copies, contained in each other, or report one event, and which to keep.

    Documents are texts, or mappings with `text` and optional `id`, `title`, `date`, `source`, `lang`; where there is no
    id, the position in `documents` is one. `keep` is given the ids of a cluster's members and returns the one to keep.
    With `raw`, the text before it was cleaned, pairs that only raw texts would be are reported as `shared_boilerplate`.

    >>> story = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."
    >>> found = find_duplicates([story, "Nothing happened.", story.upper()])
    >>> found.pairs[0].relation, found.keep
    ('identical', {'2': '0'})

    Raises:
        TypeError: a document has no text.
        ValueError: two documents have one id, or `keep` returns an id that is not in the cluster.
    """
    if isinstance(documents, str | Mapping):
        raise TypeError("find_duplicates takes many documents: put this one into a list")
    joiner, raw, ids = Joiner(), Joiner(), list[str]()
    waiting = iter(documents)
    while batch := list(islice(waiting, _BATCH)):
        named = [None if isinstance(document, str) else document.get("id") for document in batch]
        ids += [str(at if name is None else name) for at, name in enumerate(named, len(ids))]
        joiner.add(sketch_batch(batch, settings))
        before = sketch_raw(batch, settings)
        if len(before.words) or raw.size:
            raw.add(no_sketches(len(ids) - len(batch) - raw.size, settings))
            raw.add(before)
    return resolve([joiner.joined()], ids, settings, keep, [raw.joined()] if raw.size else ())


def resolve(
    sketches: Sequence[Sketches | str | os.PathLike[str]],
    ids: Sequence[str],
    settings: DuplicateSettings = DuplicateSettings(),
    keep: Keep | None = None,
    raw: Sequence[Sketches | str | os.PathLike[str]] = (),
    reference: int = 0,
) -> Duplicates:
    """The second half of `find_duplicates`: `sketches` (or files of them) of the documents that `ids` name, in order.

    The result depends on the documents only, not on how they were cut into batches. In another order of the
    documents, pairs and clusters are the same, and come in that order. `raw` are what `sketch_raw` made of the same
    documents, if shared boilerplate is to be reported. The first `reference` documents are had already: others are
    dropped for them, and they are not compared with each other.

    Raises:
        ValueError: as `find_duplicates`, or there are not as many ids, or raw documents, as documents.
        InputError: sketches cannot be read, or were made with other settings.
    """
    whole = _whole(sketches)
    if len(ids) != whole.size:
        raise ValueError(f"got {len(ids)} ids for {whole.size} sketched documents")
    if len(set(ids)) != len(ids):
        raise ValueError("ids of documents must differ, or nobody can tell which one was dropped")
    with uncollected():
        before = None if not raw else _raw(raw, whole.size)
        resolved = resolve_numbered(whole, ids, settings, before, reference)
        return named(resolved, ids, keep, whole.agencies)


def _whole(sketches: Sequence[Sketches | str | os.PathLike[str]]) -> Sketches:
    """All sketches as one."""
    return sketches[0] if len(sketches) == 1 and isinstance(sketches[0], Sketches) else join(sketches)


def _raw(raw: Sequence[Sketches | str | os.PathLike[str]], size: int) -> Raw:
    """The sketches of those raw texts that are not empty."""
    before = _whole(raw)
    if before.size != size:
        raise ValueError(f"got {before.size} sketched raw documents for {size} sketched documents")
    present = np.flatnonzero(before.digests)
    return Raw(before.take(present.tolist()), present)


def named(
    resolved: Resolved, ids: Sequence[str], keep: Keep | None = None, agencies: NDArray[np.uint8] = _UNNAMED
) -> Duplicates:
    """What was found, with the documents' ids for their numbers, and names for the codes of agencies."""
    copies, stories = (_clusters(found, ids, keep) for found in (resolved.copies, resolved.stories))
    if keep:
        kept = {member: each.keep for each in copies for member in each.members if member != each.keep}
        dropped = {name: kept[name] for name in ids if name in kept}
    else:
        rows = np.flatnonzero(resolved.keep >= 0)
        dropped = dict(zip(_names(rows, ids), _names(resolved.keep[rows], ids), strict=True))
    rows = np.flatnonzero(agencies)
    told = dict(zip(_names(rows, ids), map(agency_names().__getitem__, (agencies[rows] - 1).tolist()), strict=True))
    return Duplicates(_pairs(resolved.pairs, ids), dropped, copies, stories, told)


def _names(documents: NDArray[np.int64], ids: Sequence[str]) -> Iterator[str]:
    return map(ids.__getitem__, documents.tolist())


def _pairs(pairs: NumberedPairs, ids: Sequence[str]) -> list[Pair]:
    kinds = map(RELATIONS.__getitem__, pairs.relation.tolist())
    scores = (column.tolist() for column in pairs[3:])
    rows = zip(_names(pairs.left, ids), _names(pairs.right, ids), kinds, *scores, strict=True)
    return list(map(tuple.__new__, repeat(Pair), rows))  # as `Pair._make`, without a call of Python's for each


def _clusters(found: NumberedClusters, ids: Sequence[str], keep: Keep | None) -> list[Cluster]:
    names = list(_names(found.members.values, ids))
    clusters = [tuple(names[start:end]) for start, end in pairwise(found.members.bounds.tolist())]
    if keep:
        kept = list(map(keep, clusters))
        for name, members in zip(kept, clusters, strict=True):
            if name not in members:
                raise ValueError(f"keep returned {name!r}, which is not one of {members}")
    else:
        kept = list(_names(found.keep, ids))
    origins = (None if number < 0 else ids[number] for number in found.origin.tolist())
    return list(map(Cluster, kept, kept, clusters, origins, map(agency_name, found.agency.tolist())))
