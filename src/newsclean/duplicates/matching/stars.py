"""Clusters of copies: stars, in which every member is a verified copy of the article that is kept.

Pairs do not chain: who resembles a member, and not the kept article, is in no cluster with them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Ragged, distinct
from newsclean.duplicates.matching._stars import join_stars


def stars(pairs: Sequence[Sequence[int]] | NDArray[np.int64], order: Sequence[int] | NDArray[np.int64]) -> Ragged:
    """Groups of nodes, each with its centre first; every node is joined to the first node in `order` it is paired with.

    >>> stars([(0, 1), (1, 2), (2, 3)], order=[0, 1, 2, 3]).tolist()
    [[0, 1], [2, 3]]
    """
    nodes = np.asarray(order, np.int64)
    ranks = np.zeros(len(nodes), np.uint64)
    ranks[nodes] = np.arange(len(nodes), dtype=np.uint64)
    ends = ranks[np.asarray(pairs, np.int64).reshape(-1, 2)]
    edges = distinct(
        np.concatenate([ends[:, 0] << np.uint64(32) | ends[:, 1], ends[:, 1] << np.uint64(32) | ends[:, 0]])
    )
    members, starts = np.empty(len(edges) + 1, np.int64), np.empty(len(edges) + 1, np.int64)
    count = join_stars(edges, np.zeros(len(nodes), np.uint8), members, starts)
    return Ragged(nodes[members[: starts[count]]], starts[: count + 1].copy())
