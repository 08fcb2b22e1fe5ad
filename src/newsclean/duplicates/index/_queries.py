"""The kernel that takes the newest postings."""

import numpy as np

from newsclean.kernels import kernel
from newsclean.signatures import Column, ReadOnlyColumn, Table


@kernel(
    "int64(uint64[::1], uint32[::1], int64[:, ::1], int64[:, ::1], int64[::1], Array(int64, 1, 'C', readonly=True),"
    " uint8[::1], int64, uint64[::1])"
)
def newest_postings(
    orders: Column[np.uint64],
    numbers: Column[np.uint32],
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
