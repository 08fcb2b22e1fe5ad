"""The kernel that takes the newest postings."""

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel


class PostingColumns(NamedTuple):
    """Postings of all segments: the orders of their articles, and the numbers of their articles."""

    orders: Column[np.uint64]
    numbers: Column[np.uint32]


@kernel(entry=True)
def newest_postings(
    postings: PostingColumns,
    lows: Table[np.int64],
    tops: Table[np.int64],
    rows: Column[np.int64],
    limits: ReadOnlyColumn[np.int64],
    alive: Column[np.uint8],
    most: int,
    found: Column[np.uint64],
) -> int:
    """Pack each query's row and the newest of its postings, at most `most`, below its row's limit; returns how many.

    The postings of each query (row of `lows` and `tops`) stand in one range for each segment (column).
    """
    orders, numbers = postings.orders, postings.numbers
    count = 0
    for query in range(len(rows)):
        taken = 0
        while taken < most:
            best, chosen = -1, 0
            for segment in range(tops.shape[1]):
                at = tops[query, segment] - 1
                if at >= lows[query, segment] and (
                    best < 0
                    or orders[at] > orders[best]
                    or (orders[at] == orders[best] and numbers[at] > numbers[best])
                ):
                    best, chosen = at, segment
            if best < 0:
                break
            tops[query, chosen] = best
            if numbers[best] < limits[rows[query]] and alive[numbers[best]]:
                found[count] = np.uint64(rows[query]) << np.uint64(32) | np.uint64(numbers[best])
                count += 1
                taken += 1
    return count
