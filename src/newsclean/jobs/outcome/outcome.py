"""From the sketches of finished parts to what becomes of each article.

What finds duplicates is imported where it is used: a run that only cleans needs none of it.
"""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from newsclean import duplicates
from newsclean.jobs.outcome.id_file import Names
from newsclean.settings import DuplicateSettings

if TYPE_CHECKING:
    from newsclean.duplicates import Cluster, NumberedClusters, Resolved, Scratch

_AT_ONCE = 1 << 16  # pairs whose ids are looked up


def resolved(
    parts: Sequence[tuple[Path, NDArray[np.int64] | None]],
    names: Names,
    settings: DuplicateSettings,
    reference: Sequence["duplicates.Sketches | Path"],
    scratch: "Scratch",
) -> "Resolved":
    """The duplicates among the articles of `parts`: their directories, and which rows count (None: all of them).

    Documents of the `reference` come first. What is only among them is left out.
    """
    joiner, raw, rows = duplicates.Joiner(scratch), duplicates.Joiner(scratch), scratch.column(np.int64)
    for sketches in reference:
        joiner.add(sketches)
    first_new = joiner.size
    for directory, chosen in parts:
        loaded, first = duplicates.Sketches.load(directory / "sketches"), joiner.size
        joiner.add(loaded if chosen is None else loaded.take(chosen.tolist()))
        if not (directory / "raw_rows").exists():  # nothing was made shorter
            continue
        longer, numbers = (
            duplicates.Sketches.load(directory / "raw_sketches"),
            np.fromfile(directory / "raw_rows", np.int64),
        )
        if chosen is not None:
            there = np.flatnonzero(np.isin(numbers, chosen))
            longer, numbers = longer.take(there.tolist()), np.searchsorted(chosen, numbers[there])
        rows.add(numbers + first)
        raw.add(longer)
    found = duplicates.resolve_numbered(
        joiner.joined(),
        names,
        settings,
        duplicates.Raw(raw.joined(), rows.array()) if raw.size else None,
        first_new,
        scratch,
    )
    return _of_new(found, first_new) if first_new else found


def _of_new(found: "Resolved", first_new: int) -> "Resolved":
    """What was found of articles that are not of the reference."""
    pairs = found.pairs
    new = (pairs.left >= first_new) | (pairs.right >= first_new)
    found.keep[:first_new] = -1
    clusters = (_clusters_of_new(each, first_new) for each in (found.copies, found.stories))
    columns: list[Any] = [column[new] for column in pairs]
    return duplicates.Resolved(duplicates.NumberedPairs(*columns), found.keep, found.origin, *clusters)


def _clusters_of_new(clusters: "NumberedClusters", first_new: int) -> "NumberedClusters":
    from newsclean.duplicates.arrays import Ragged

    members = clusters.members
    if not len(clusters.keep):
        return clusters
    new = np.maximum.reduceat(members.values, members.bounds[:-1]) >= first_new
    kept = members.values[np.repeat(new, members.sizes)]
    bounds = np.append(0, np.cumsum(members.sizes[new]))
    return duplicates.NumberedClusters(
        Ragged(kept, bounds), clusters.keep[new], clusters.origin[new], clusters.agency[new]
    )


class Outcome:
    """What becomes of each document, by number."""

    def __init__(self, found: "Resolved | None", names: Names) -> None:
        """`found` is None where nobody looked for duplicates."""
        self.names = names
        self.found = found
        self.keep = np.full(len(names), -1) if found is None else found.keep
        self.story = np.full(len(names), -1) if found is None else _stories(found)
        """The document whose id names the story that a document belongs to; -1 for none."""
        self.origin = np.full(len(names), -1) if found is None else found.origin
        self._keys = np.empty(0, np.int64) if found is None else _packed(found.pairs.left, found.pairs.right)

    def why(self, dropped: NDArray[np.int64]) -> tuple[list[str], list[float]]:
        """For each dropped document its relation to the one that is kept for it, and their similarity."""
        if self.found is None:
            return [], []
        pairs = self.found.pairs
        rows = np.searchsorted(self._keys, _packed(dropped, self.keep[dropped]))
        names = duplicates.RELATIONS
        return [names[kind] for kind in pairs.relation[rows].tolist()], pairs.similarity[rows].tolist()

    def pairs(self) -> Iterator[tuple[str, str, str, float, float, float]]:
        """All pairs as `Pair` has them."""
        for start in range(0, len(self._keys), _AT_ONCE):
            assert self.found is not None  # or there were no keys
            block: list[Any] = [column[start : start + _AT_ONCE] for column in self.found.pairs]
            left, right, kinds, *scores = block
            relations = map(duplicates.RELATIONS.__getitem__, kinds.tolist())
            values = (score.tolist() for score in scores)
            yield from zip(self.names.of(left), self.names.of(right), relations, *values, strict=True)

    def clusters(self) -> Iterator[tuple[str, "Cluster"]]:
        """All clusters, and of which kind each is."""
        if self.found is None:
            return
        for kind, clusters in (("duplicate", self.found.copies), ("story", self.found.stories)):
            for start in range(0, len(clusters.keep), _AT_ONCE):
                for cluster in self._named(clusters, slice(start, start + _AT_ONCE)):
                    yield kind, cluster

    def _named(self, clusters: "NumberedClusters", some: slice) -> Iterator["Cluster"]:
        """Some clusters by the ids of their members."""
        from newsclean.duplicates import Cluster
        from newsclean.duplicates.agencies import agency_names

        keep, origin, agency = clusters.keep[some], clusters.origin[some], clusters.agency[some]
        sizes, first = clusters.members.sizes[some].tolist(), int(clusters.members.bounds[some.start])
        members = iter(self.names.of(clusters.members.values[first : first + sum(sizes)]))
        kept, earliest = self.names.of(keep), iter(self.names.of(origin[origin >= 0]))
        agencies = [None, *agency_names()]
        rows = zip(kept, sizes, origin.tolist(), agency.tolist(), strict=True)
        for name, size, place, code in rows:
            own = tuple(itertools.islice(members, size))
            yield Cluster(name, name, own, next(earliest) if place >= 0 else None, agencies[code])


def _packed(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    from newsclean.duplicates.arrays import packed

    return packed(np.stack([left, right], axis=1))


def _stories(found: "Resolved") -> NDArray[np.int64]:
    """By document, the one that names its story, where at least two of the story's are not dropped."""
    story, (members, keep, *_) = np.full(len(found.keep), -1), found.stories
    if len(keep):
        alive = np.add.reduceat((found.keep[members.values] < 0).astype(np.int64), members.bounds[:-1])
        told = np.repeat(alive > 1, members.sizes)
        story[members.values[told]] = np.repeat(keep, members.sizes)[told]
    return story
