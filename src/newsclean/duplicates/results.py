"""What the search for duplicates answers with."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Ragged


class Pair(NamedTuple):
    """Two articles, by id, and what they are to each other.

    >>> Pair("a", "b", "identical", similarity=1.0, story=1.0, copy=1.0).relation
    'identical'
    """

    left: str
    """The article that comes first in the input; of a `contained` pair the one that is contained in the other."""
    right: str
    relation: str
    """`identical` (the same words), `near_duplicate`, `contained`, `same_story`, or `shared_boilerplate` (alike before
    they were cleaned, and not any more). If they are asked for, also `border_copy` and `border_story`: pairs that were
    nearly taken for copies, or for reports on one event, and were not."""
    similarity: float
    """Share of the five-word passages of the article with fewer of them that the other one has, counted exactly.

    Of `shared_boilerplate` they are those of the raw texts.
    """
    story: float
    """Confidence, 0 to 1, that both report one event."""
    copy: float = 0.0
    """Confidence, 0 to 1, that both are copies of one text; 0 where this was not asked."""


class NumberedPairs(NamedTuple):
    """Pairs of documents, by number, in order of the input; the columns are those of `Pair`."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    relation: NDArray[np.uint8]
    """Places in `RELATIONS`."""
    similarity: NDArray[np.float64]
    story: NDArray[np.float64]
    copy: NDArray[np.float64]


class NumberedClusters(NamedTuple):
    """Clusters of documents, by number, in order of the input."""

    members: Ragged
    keep: NDArray[np.int64]
    origin: NDArray[np.int64]
    """-1 where there is none."""
    agency: NDArray[np.uint8]
    """A code for the agency that members name, if they name but one; 0 where there is none."""

    def origins(self, count: int) -> NDArray[np.int64]:
        """Of so many documents, the origin of each one's cluster; -1 where there is none."""
        found = np.full(count, -1)
        found[self.members.values] = np.repeat(self.origin, self.members.sizes)
        return found


class Resolved(NamedTuple):
    """What `Duplicates` says, by numbers of documents."""

    pairs: NumberedPairs
    keep: NDArray[np.int64]
    """For each document the one that is kept for it; -1 where it is not dropped."""
    origin: NDArray[np.int64]
    """For each document the earliest of all its copies, itself perhaps; -1 where that is not known."""
    copies: NumberedClusters
    stories: NumberedClusters


class Cluster(NamedTuple):
    """Articles that belong together; `id` is the id of the article that is kept, which is one of the members.

    >>> Cluster("a", keep="a", members=("a", "b")).members
    ('a', 'b')
    """

    id: str
    keep: str
    members: tuple[str, ...]
    origin: str | None = None
    """The member with the earliest date, if one alone has it. Members without a date are not thought of."""
    agency: str | None = None
    """The news agency that members name as where they come from, if they name but one."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs, clusters and which articles to drop.

    >>> found = Duplicates([], {"b": "a"}, [Cluster("a", "a", ("a", "b"))], [])
    >>> found.keep["b"], len(found.clusters("duplicate"))
    ('a', 1)
    """

    pairs: list[Pair]
    """Verified pairs in order of the input; of many identical articles, the first few with each other, all with one."""
    keep: dict[str, str]
    """For every article to drop the id of the one that is kept for it, and is not dropped itself."""
    copies: list[Cluster]
    stories: list[Cluster]
    agencies: dict[str, str] = field(default_factory=dict)
    """For every article that names a news agency as where it comes from, that agency."""

    @property
    def origins(self) -> dict[str, str]:
        """For every article with copies, the id of the earliest of them all, itself perhaps, where that is known."""
        return {name: each.origin for each in self.copies if each.origin is not None for name in each.members}

    def clusters(self, kind: str = "duplicate") -> list[Cluster]:
        """Clusters of copies (`duplicate`: identical, near-duplicate, contained) or of reports on one event (`story`).

        Every member of a cluster of copies is a verified copy of the kept article. A story holds its copies, too.

        Raises:
            ValueError: `kind` is neither.
        """
        if kind not in ("duplicate", "story"):
            raise ValueError(f"kind must be 'duplicate' or 'story', got {kind!r}")
        return self.copies if kind == "duplicate" else self.stories


IDENTICAL, NEAR_DUPLICATE, CONTAINED, SAME_STORY = "identical", "near_duplicate", "contained", "same_story"
SHARED_BOILERPLATE = "shared_boilerplate"
BORDER_COPY, BORDER_STORY = "border_copy", "border_story"
RELATIONS = (IDENTICAL, NEAR_DUPLICATE, CONTAINED, SAME_STORY, SHARED_BOILERPLATE, BORDER_COPY, BORDER_STORY)
