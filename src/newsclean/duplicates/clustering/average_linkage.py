"""Stories: groups joined by average link, so that a running story does not chain unlike reports together.

Two groups become one while the mean score over all pairs across them is high for groups whose own members are so alike.
Absent pairs count 0. An edge stands between two groups that have pairs, with the sum of their scores. A heap holds how
alike two groups are, the most alike first.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import distinct, fresh
from newsclean.duplicates.clustering._average_linkage import connect, link_nodes
from newsclean.duplicates.scratch import IN_MEMORY, Scratch

_PAIR = 24  # bytes that each array of the kernel takes for a pair


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

    How alike two groups are is the mean score over all pairs across them, divided by how alike their own members are.
    The divisor is the geometric mean of both groups. Absent pairs count 0. So reports on one event that have little in
    common with each other may have little in common with a further one. `IMAGINED` pairs of score `EXPECTED` are added
    to those within each group. So a single node is a group, too, and how alike two of them are is their score.

    No pair may stand in `scores` twice. Ties are merged in order of the nodes' numbers, so that the result does not
    depend on the order of `scores`.

    >>> average_link([(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)], threshold=0.5)
    [[0, 1], [2, 3]]
    """
    rows = scores if isinstance(scores, np.ndarray) else np.array(list(scores), np.float64).reshape(-1, 3)
    *ends, similarity = rows.T
    pairs = np.stack(ends, axis=1).astype(np.int64)
    nodes = distinct(pairs.ravel())
    joined = nodes[_joined(np.searchsorted(nodes, pairs), similarity.copy(), threshold, len(nodes))]
    order = np.argsort(joined, kind="stable")
    starts = np.flatnonzero(np.diff(joined[order], prepend=-1))
    bounds, members = [*starts.tolist(), len(nodes)], nodes[order].tolist()
    return sorted(members[start:end] for start, end in pairwise(bounds) if end - start > 1)


def _joined(pairs: NDArray[np.int64], scores: NDArray[np.float64], threshold: float, count: int) -> NDArray[np.int64]:
    """By node, the one that it was joined to."""
    joined, sizes, within = np.arange(count), np.ones(count, np.int64), np.zeros(count)
    link_nodes(pairs, scores, threshold, joined, sizes, within)
    return joined


def link_texts(
    pairs: NDArray[np.int64], scores: NDArray[np.float32], threshold: float, count: int, scratch: Scratch = IN_MEMORY
) -> NDArray[np.int64]:
    """`average_link` of texts that are numbered from 0 to `count`: by text, the one that it was joined to.

    What no pairs lead to has no part in what a group becomes: a few such components are linked at once.
    """
    joined = scratch.kept(np.arange(count))
    step, order, starts = scratch.rows(_PAIR), np.arange(len(pairs)), np.zeros(1, np.int64)
    if len(pairs) > step:
        components = scratch.kept(np.arange(count))
        connect(pairs, components)
        order = scratch.kept(np.argsort(components[pairs[:, 0]], kind="stable"))
        starts = np.flatnonzero(fresh(components[pairs[order, 0]]))
    bounds = [*starts[fresh(starts // step)].tolist(), len(pairs)]
    for start, end in pairwise(bounds):
        own = order[start:end]
        nodes = distinct(pairs[own].ravel())
        ends = np.searchsorted(nodes, pairs[own])
        joined[nodes] = nodes[_joined(ends, scores[own].astype(np.float64), threshold, len(nodes))]
    return joined
