"""From sketches to pairs, clusters and the articles to keep, whatever the order and the batches they came in."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import uncollected
from newsclean.duplicates.clustering import Groups, Row, average_link, name_pairs, shared_boilerplate
from newsclean.duplicates.matching import Found, Verified, compare_words, droppable, stars, verify
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.results import Cluster, Duplicates
from newsclean.duplicates.sketching import Joiner, Sketches, join, no_sketches, sketch_batch, sketch_raw
from newsclean.settings import DuplicateSettings

Keep = Callable[[Sequence[str]], str]
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

    The result depends on the documents only, not on how they were cut into batches; in another order of the
    documents, pairs and clusters come in that order, but are the same. `raw` are what `sketch_raw` made of the same
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
        boilerplate = _boilerplate(raw, whole, ids, settings) if raw else []
        groups = Groups(whole, ids, settings, reference)
        corpus = groups.corpus(whole)
        found = verify(corpus, settings)
        sure = droppable(found.copies, settings)
        copies = stars(sure[groups.new(sure)], corpus.order)
        stories = _stories(found, settings) if settings.stories else []
        clusters = _clusters(copies, groups, keep)
        dropped = {member: cluster.keep for cluster in clusters for member in cluster.members if member != cluster.keep}
        return Duplicates(
            name_pairs(found, copies, stories, boilerplate, groups, lambda pairs: compare_words(corpus, pairs).shared),
            {name: dropped[name] for name in ids if name in dropped},
            clusters,
            _clusters(stories, groups, keep) if settings.stories else [],
        )


def _whole(sketches: Sequence[Sketches | str | os.PathLike[str]]) -> Sketches:
    """All sketches as one."""
    return sketches[0] if len(sketches) == 1 and isinstance(sketches[0], Sketches) else join(sketches)


def _boilerplate(
    raw: Sequence[Sketches | str | os.PathLike[str]], whole: Sketches, ids: Sequence[str], settings: DuplicateSettings
) -> list[Row]:
    """Pairs of documents that only their raw texts are."""
    before = _whole(raw)
    if before.size != whole.size:
        raise ValueError(f"got {before.size} sketched raw documents for {whole.size} sketched documents")
    return shared_boilerplate(before, whole, ids, settings)


def _stories(found: Found, settings: DuplicateSettings) -> list[list[int]]:
    """Texts on one event; copies are on one event, whatever their terms say."""
    pairs: Verified = found.stories
    scores = np.where(pairs.copy >= settings.copy_threshold, 1.0, pairs.story)
    groups = average_link(np.column_stack([pairs.pairs, scores]), settings.story_threshold)
    followers: dict[int, list[int]] = {}
    for text in np.flatnonzero(found.leaders != np.arange(len(found.leaders))).tolist():
        followers.setdefault(int(found.leaders[text]), []).append(text)
    joined = [[*group, *(text for leader in group for text in followers.pop(leader, []))] for group in groups]
    return joined + [[leader, *texts] for leader, texts in followers.items()]


def _clusters(found: list[list[int]], groups: Groups, keep: Keep | None) -> list[Cluster]:
    """Clusters of documents from groups of texts, identical documents included, in order of input."""
    documents, starts = groups.clusters(found)
    names, bounds = list(map(groups.ids.__getitem__, documents.tolist())), [*starts.tolist(), len(documents)]
    clusters = [tuple(names[start:end]) for start, end in pairwise(bounds)]
    if keep:
        kept = list(map(keep, clusters))
        for name, members in zip(kept, clusters, strict=True):
            if name not in members:
                raise ValueError(f"keep returned {name!r}, which is not one of {members}")
    else:
        best = np.argsort(groups.ranks)[np.minimum.reduceat(groups.ranks[documents], starts)] if clusters else starts
        kept = list(map(groups.ids.__getitem__, best.tolist()))
    return list(map(Cluster, kept, kept, clusters, _origins(documents, bounds, groups)))


def _origins(documents: NDArray[np.int64], bounds: Sequence[int], groups: Groups) -> Iterator[str | None]:
    """Of each cluster the one document with the earliest date."""
    for start, end in pairwise(bounds):
        members = documents[start:end]
        members = members[groups.days[members] != NO_DAY]
        first = members[groups.days[members] == groups.days[members].min(initial=np.iinfo(np.int32).max)]
        yield groups.ids[int(first[0])] if len(first) == 1 else None
