"""Stories: groups joined by average link, so that a running story does not chain unlike reports together.

Two groups become one while the mean score over all pairs across them, absent pairs counting 0, is high for groups whose
own members are so alike. An edge stands between two groups that have pairs; the sums of their scores are kept up to
date, and what two groups would be to each other stands in a heap, the most alike first.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import distinct
from newsclean.duplicates.clustering._average_linkage import link_nodes


class Linked(NamedTuple):
    """What groups became."""

    joined: NDArray[np.int64]
    """By group: the group that it was joined to, or itself."""
    sizes: NDArray[np.int64]
    """Members of each group that others were joined to."""
    within: NDArray[np.float64]
    """The scores of all pairs in it."""


def link_groups(
    pairs: NDArray[np.int64],
    sums: NDArray[np.float64],
    sizes: NDArray[np.int64],
    within: NDArray[np.float64],
    threshold: float,
) -> Linked:
    """Join groups as `average_link` joins nodes, where groups have members already.

    `pairs` are places of groups, `sums` the scores of all pairs across each two, `within` those of all pairs in each.
    """
    linked = Linked(np.arange(len(sizes)), sizes.astype(np.int64), within.astype(np.float64))
    link_nodes(np.ascontiguousarray(pairs), sums.copy(), threshold, *linked)
    return linked


def average_link(scores: Iterable[tuple[int, int, float]] | NDArray[np.float64], threshold: float) -> list[list[int]]:
    """Groups of two and more nodes, those most alike first merged, as long as they are so by at least `threshold`.

    How alike two groups are is the mean score over all pairs across them, absent pairs counting 0, in proportion to how
    alike their own members are (the geometric mean of both groups): reports on one event that have little in common
    with each other have little in common with a further one. `IMAGINED` pairs of score `EXPECTED` are added to those
    within each group, so that a single node is a group, too, and of two single nodes it is their score.

    No pair may stand in `scores` twice. Ties are merged in order of the nodes' numbers, so that the result does not
    depend on the order of `scores`.

    >>> average_link([(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)], threshold=0.5)
    [[0, 1], [2, 3]]
    """
    rows = scores if isinstance(scores, np.ndarray) else np.array(list(scores), np.float64).reshape(-1, 3)
    nodes = distinct(rows[:, :2].astype(np.int64).ravel())
    joined, sizes, within = np.arange(len(nodes)), np.ones(len(nodes), np.int64), np.zeros(len(nodes))
    ends = np.searchsorted(nodes, rows[:, :2].astype(np.int64))
    link_nodes(ends, rows[:, 2].copy(), threshold, joined, sizes, within)
    order = np.argsort(joined, kind="stable")
    starts = np.flatnonzero(np.diff(joined[order], prepend=-1))
    bounds, members = [*starts.tolist(), len(nodes)], nodes[order].tolist()
    return sorted(members[start:end] for start, end in pairwise(bounds) if end - start > 1)
