"""From sketches to pairs, clusters and the articles to keep, whatever the order and the batches they came in."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.clusters import average_link, stars
from newsclean.duplicates.results import Cluster, Duplicates, Pair
from newsclean.duplicates.sketches import NO_DAY, Sketches, join, sketch_batch, source_hash
from newsclean.duplicates.verify import CONTAINED, IDENTICAL, NEAR_DUPLICATE, SAME_STORY, Corpus, Verified, verify
from newsclean.settings import DuplicateSettings

Keep = Callable[[Sequence[str]], str]
EXPANDED = 8  # identical articles of one text that are all paired with each other and with copies of that text
_BATCH = 1 << 12  # documents sketched at once


def find_duplicates(
    documents: Iterable[str | Mapping[str, Any]],
    settings: DuplicateSettings = DuplicateSettings(),
    keep: Keep | None = None,
) -> Duplicates:
    """Which articles are identical, edited copies, contained in each other, or report one event, and which to keep.

    Documents are texts, or mappings with `text` and optional `id`, `title`, `date`, `source`, `lang`; where there is no
    id, the position in `documents` is one. `keep` is given the ids of a cluster's members and returns the one to keep.

    >>> story = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."
    >>> found = find_duplicates([story, "Nothing happened.", story.upper()])
    >>> found.pairs[0].relation, found.keep
    ('identical', {'2': '0'})

    Raises:
        TypeError: a document has no text.
        ValueError: two documents have one id, or `keep` returns an id that is not in the cluster.
    """
    parts: list[Sketches] = []
    ids: list[str] = []
    batch: list[str | Mapping[str, Any]] = []
    for document in documents:
        named = None if isinstance(document, str) else document.get("id")
        ids.append(str(len(ids)) if named is None else str(named))
        batch.append(document)
        if len(batch) == _BATCH:
            parts.append(sketch_batch(batch, settings))
            batch = []
    parts.append(sketch_batch(batch, settings))
    return resolve(parts, ids, settings, keep)


def resolve(
    sketches: Sequence[Sketches | str | os.PathLike[str]],
    ids: Sequence[str],
    settings: DuplicateSettings = DuplicateSettings(),
    keep: Keep | None = None,
) -> Duplicates:
    """The second half of `find_duplicates`: `sketches` (or files of them) of the documents that `ids` name, in order.

    The result depends on the documents only, not on how they were cut into batches; in another order of the
    documents, pairs and clusters come in that order, but are the same.

    Raises:
        ValueError: as `find_duplicates`, or there are not as many ids as documents.
        InputError: sketches cannot be read, or were made with other settings.
    """
    whole = join(sketches)
    if len(ids) != whole.size:
        raise ValueError(f"got {len(ids)} ids for {whole.size} sketched documents")
    if len(set(ids)) != len(ids):
        raise ValueError("ids of documents must differ, or nobody can tell which one was dropped")
    groups = _Groups(whole, ids, settings)
    verified = verify(groups.corpus(whole), settings)
    stars_of_copies = _stars(verified, groups, settings)
    stories = _stories(verified, settings)
    copies = _copy_clusters(stars_of_copies, groups, keep)
    dropped = {member: cluster.keep for cluster in copies for member in cluster.members if member != cluster.keep}
    place = {name: at for at, name in enumerate(ids)} if dropped else {}
    return Duplicates(
        _pairs(verified, groups, whole, settings, stars_of_copies, stories),
        dict(sorted(dropped.items(), key=lambda item: place[item[0]])),
        copies,
        _story_clusters(stories, groups, keep) if settings.stories else [],
    )


class _Groups:
    """Identical documents, gathered; a node is one text, numbered by date and digest, so the order of input is irrelevant.

    `members[node]` holds the documents with this text, best first; `rank[document]` sorts by whom to keep.
    """

    def __init__(self, whole: Sketches, ids: Sequence[str], settings: DuplicateSettings) -> None:
        self.ids = ids
        self.policy = _policy(whole, settings)
        present = np.flatnonzero(whole.digests)
        order = present[np.lexsort((*(column[present] for column in self.policy[::-1]), whole.digests[present]))]
        digests = whole.digests[order]
        starts = np.flatnonzero(np.concatenate([[True], digests[1:] != digests[:-1]])) if len(order) else order
        best = order[starts]  # but for ties between documents that differ in their ids only
        self.several: dict[int, list[int]] = {}
        sizes = np.diff(np.append(starts, len(order)))
        for group in np.flatnonzero(sizes > 1).tolist():
            documents = order[starts[group] : starts[group] + sizes[group]].tolist()
            documents.sort(key=self.rank)
            best[group] = documents[0]
            self.several[documents[0]] = documents
        self.best = best[np.lexsort((whole.digests[best], whole.days[best]))]

    def rank(self, document: int) -> tuple[Any, ...]:
        """Sorts the document to keep first."""
        return (*(int(column[document]) for column in self.policy), self.ids[document])

    def members(self, node: int) -> list[int]:
        """The documents with this text, best first."""
        document = int(self.best[node])
        return self.several.get(document, [document])

    def corpus(self, whole: Sketches) -> Corpus:
        """The different texts."""
        spans = np.stack([whole.bounds[self.best], whole.bounds[self.best + 1]], axis=1)
        return Corpus(
            whole.words, spans, whole.signatures[self.best], whole.days[self.best], whole.languages[self.best]
        )

    def name(self, nodes: Iterable[int]) -> list[int]:
        """All documents of several texts, in order of input."""
        return sorted(document for node in nodes for document in self.members(node))


def _policy(whole: Sketches, settings: DuplicateSettings) -> tuple[NDArray[np.int64], ...]:
    """Columns that sort the documents to keep first: preferred sources, the policy, longest, earliest, digest."""
    preferred = np.full(whole.size, len(settings.preferred_sources), np.int64)
    for place, source in enumerate(settings.preferred_sources):
        preferred[whole.sources == source_hash(source)] = place
    days = whole.days.astype(np.int64)
    earliest = np.where(days == NO_DAY, np.iinfo(np.int64).max, days)
    newest = np.where(days == NO_DAY, np.iinfo(np.int64).max, -days)
    longest = -whole.lengths.astype(np.int64)
    first = {"longest": longest, "earliest": earliest, "newest": newest}[settings.keep]
    return preferred, first, longest, earliest, whole.digests.view(np.int64)


def _stars(verified: Verified, groups: _Groups, settings: DuplicateSettings) -> list[list[int]]:
    """Copies around the text to keep, which comes first in each list."""
    edges = verified.pairs[verified.copy >= settings.copy_threshold]
    nodes = np.unique(edges).tolist()
    nodes.sort(key=lambda node: groups.rank(int(groups.best[node])))
    return stars(map(tuple, edges.tolist()), nodes)


def _copy_clusters(found: list[list[int]], groups: _Groups, keep: Keep | None) -> list[Cluster]:
    """Stars of copies, identical documents included."""
    starred = {int(groups.best[node]) for group in found for node in group}
    clusters = [groups.name(group) for group in found]
    clusters += [sorted(group) for best, group in groups.several.items() if best not in starred]
    return _named(clusters, groups, keep)


def _stories(verified: Verified, settings: DuplicateSettings) -> list[list[int]]:
    """Texts on one event; copies are on one event, whatever their terms say."""
    if not settings.stories:
        return []
    scores = np.where(verified.copy >= settings.copy_threshold, 1.0, verified.story).tolist()
    rows = ((left, right, score) for (left, right), score in zip(verified.pairs.tolist(), scores, strict=True))
    return average_link(rows, settings.story_threshold)


def _story_clusters(found: list[list[int]], groups: _Groups, keep: Keep | None) -> list[Cluster]:
    """Groups of documents on one event, copies included."""
    joined = {int(groups.best[node]) for group in found for node in group}
    clusters = [groups.name(group) for group in found]
    clusters += [sorted(group) for best, group in groups.several.items() if best not in joined]
    return _named(clusters, groups, keep)


def _named(clusters: list[list[int]], groups: _Groups, keep: Keep | None) -> list[Cluster]:
    """Clusters of documents, in order of input, with ids and the one to keep."""
    named = []
    for documents in sorted(clusters):
        members = tuple(groups.ids[document] for document in documents)
        kept = keep(members) if keep else groups.ids[min(documents, key=groups.rank)]
        if kept not in members:
            raise ValueError(f"keep returned {kept!r}, which is not one of {members}")
        named.append(Cluster(kept, kept, members))
    return named


def _pairs(
    verified: Verified,
    groups: _Groups,
    whole: Sketches,
    settings: DuplicateSettings,
    found_stars: list[list[int]],
    stories: list[list[int]],
) -> list[Pair]:
    """Named pairs in order of input; every document that is dropped has one with the document that is kept for it.

    Pairs on one event are those that average link leaves in one story.
    """
    story = {node: at for at, group in enumerate(stories) for node in group}
    centre = {node: group[0] for group in found_stars for node in group}
    found: list[tuple[int, int, str, float, float]] = []
    for documents in groups.several.values():
        first = combinations(documents[:EXPANDED], 2)
        rest = ((documents[0], document) for document in documents[EXPANDED:])
        found += [(min(pair), max(pair), IDENTICAL, 1.0, 1.0) for many in (first, rest) for pair in many]
    for row, (left, right) in enumerate(verified.pairs.tolist()):
        relation = SAME_STORY
        if verified.copy[row] >= settings.copy_threshold:
            relation = CONTAINED if verified.contained[row] else NEAR_DUPLICATE
        elif story.get(left, -1) != story.get(right, -2):
            continue
        scores = float(verified.shared[row]), float(verified.story[row])
        ones, twos = groups.members(left), groups.members(right)
        ends_of_pairs = list(product(ones[:EXPANDED], twos[:EXPANDED]))
        if centre.get(left) == right:
            ends_of_pairs += ((one, twos[0]) for one in ones[EXPANDED:])
        if centre.get(right) == left:
            ends_of_pairs += ((ones[0], two) for two in twos[EXPANDED:])
        for one, two in ends_of_pairs:
            ends = (one, two) if one < two else (two, one)
            if relation == CONTAINED and _size(whole, ends[0]) > _size(whole, ends[1]):
                ends = ends[1], ends[0]
            found.append((*ends, relation, *scores))
    found.sort(key=lambda pair: (min(pair[:2]), max(pair[:2])))
    return [Pair(groups.ids[left], groups.ids[right], *rest) for left, right, *rest in found]


def _size(whole: Sketches, document: int) -> int:
    """Number of words of a document."""
    return int(whole.bounds[document + 1] - whole.bounds[document])
