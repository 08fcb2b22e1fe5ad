"""The kernel that joins stars."""

import numpy as np

from newsclean.compilation import Column, kernel


@kernel(entry=True)
def join_stars(
    edges: Column[np.uint64], taken: Column[np.uint8], members: Column[np.int64], starts: Column[np.int64]
) -> int:
    """Write stars to `members`, each with its centre first, and where each begins to `starts`; returns how many.

    `edges` are pairs of ranks in both directions, packed and sorted; `taken` is 0 for every rank.
    """
    low = np.uint64(0xFFFFFFFF)
    groups, count, at = 0, 0, 0
    while at < len(edges):
        centre = edges[at] >> np.uint64(32)
        first = count
        while at < len(edges) and edges[at] >> np.uint64(32) == centre:
            other = edges[at] & low
            if not taken[centre] and not taken[other]:
                if count == first:
                    members[count] = centre
                    count += 1
                members[count] = other
                count += 1
            at += 1
        for place in range(first, count):
            taken[members[place]] = 1
        if count > first:
            starts[groups] = first
            groups += 1
    starts[groups] = count
    return groups
