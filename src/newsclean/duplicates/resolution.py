"""From sketches to pairs, clusters and the documents to keep, by number, in as much memory as there is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import NO_LISTS, Ragged, fresh
from newsclean.duplicates.clustering import Groups, Raw, link_texts, name_pairs, shared_boilerplate
from newsclean.duplicates.matching import Found, containments, meet, share_bands, stars, surely, verify
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.results import NumberedClusters, Resolved
from newsclean.duplicates.scratch import IN_MEMORY, Scratch
from newsclean.duplicates.sketching import Sketches
from newsclean.settings import DuplicateSettings

_NO_CLUSTERS = NumberedClusters(NO_LISTS, NO_LISTS.values, NO_LISTS.values, NO_LISTS.values.astype(np.uint8))


def resolve_numbered(
    whole: Sketches,
    ids: Sequence[str],
    settings: DuplicateSettings,
    raw: Raw | None = None,
    reference: int = 0,
    scratch: Scratch = IN_MEMORY,
) -> Resolved:
    """`resolve`, with documents by number. `ids` decide between documents that are alike in all else.

    The result depends on nothing but the documents: not on `scratch`, which says where arrays lie and how much memory
    each step may take.
    """
    boilerplate = None if raw is None else shared_boilerplate(raw, whole, ids, settings, scratch)
    groups, size = Groups(whole, ids, settings, reference, scratch), whole.size
    corpus = groups.corpus(whole)
    del raw, whole  # where the caller keeps neither, the room of what is needed no more is free for what follows
    banded = share_bands(corpus, settings)
    corpus = corpus.unsigned()
    met = meet(corpus, banded)
    del banded
    found = verify(corpus, met, settings)
    sure = found.copies.pairs[surely(found.copies, settings)]
    copies = stars(sure[groups.new(sure)], corpus.order)
    stories = _stories(found, settings, scratch) if settings.stories else NO_LISTS

    def similarity(pairs: NDArray[np.int64]) -> NDArray[np.float32]:
        return containments(corpus, pairs)

    pairs = name_pairs(found, copies, stories, boilerplate, groups, similarity, settings.story_threshold)
    clusters = _clusters(copies, groups)
    keep = scratch.kept(np.full(size, -1))
    keep[clusters.members.values] = np.repeat(clusters.keep, clusters.members.sizes)
    keep[clusters.keep] = -1
    told = _clusters(stories, groups) if settings.stories else _NO_CLUSTERS
    return Resolved(pairs, keep, scratch.kept(clusters.origins(size)), clusters, told)


def _stories(found: Found, settings: DuplicateSettings, scratch: Scratch) -> Ragged:
    """Texts on one event; copies are on one event, whatever their terms say."""
    pairs, leaders = found.stories, found.leaders
    scores = np.where(pairs.copy >= settings.copy_threshold, np.float32(1), pairs.story)
    joined = link_texts(pairs.pairs, scores, settings.story_threshold, len(leaders), scratch)[leaders]
    order = np.argsort(joined, kind="stable")
    starts = np.flatnonzero(fresh(joined[order]))
    sizes = np.diff(np.append(starts, len(order)))
    several = sizes > 1
    members = order[np.repeat(several, sizes)]
    return Ragged(scratch.kept(members), np.append(0, np.cumsum(sizes[several])))


def _clusters(found: Ragged, groups: Groups) -> NumberedClusters:
    """Clusters of documents from groups of texts, identical documents included, in order of input."""
    members = groups.clusters(found)
    starts = members.bounds[:-1]
    if not len(starts):
        return _NO_CLUSTERS
    ranks = groups.ranks[members.values]
    best = np.minimum.reduceat(ranks, starts)
    keep = members.values[ranks == np.repeat(best, members.sizes)]
    return NumberedClusters(members, keep, _origins(members, groups), _agencies(members, groups))


def _origins(members: Ragged, groups: Groups) -> NDArray[np.int64]:
    """Of each cluster the one document with the earliest date; -1 where none is, or several are."""
    starts, days = members.bounds[:-1], groups.days[members.values].astype(np.int64)
    days[days == NO_DAY] = np.iinfo(np.int64).max
    earliest = np.minimum.reduceat(days, starts)
    first = (days == np.repeat(earliest, members.sizes)) & (days < np.iinfo(np.int64).max)
    alone = np.add.reduceat(first.astype(np.int64), starts) == 1
    origin = np.full(len(starts), -1)
    origin[alone] = members.values[first & np.repeat(alone, members.sizes)]
    return origin


def _agencies(members: Ragged, groups: Groups) -> NDArray[np.uint8]:
    """Of each cluster the agency that members name; 0 where none does, or they name several."""
    starts, codes = members.bounds[:-1], groups.agencies[members.values]
    most, least = np.maximum.reduceat(codes, starts), np.minimum.reduceat(codes - np.uint8(1), starts)  # 0 - 1 is 255
    return np.where(most == least + np.uint8(1), most, 0).astype(np.uint8)
