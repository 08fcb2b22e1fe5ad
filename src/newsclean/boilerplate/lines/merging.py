"""Rows of the table of lines that become one."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines.columns import BEGINS, COLUMNS, ENDS, SMALL, LineColumn
from newsclean.compilation import Column, Table, kernel

# Of several rows that become one: columns that are those of the last, and those that are added up.
_LAST = (LineColumn.END, LineColumn.LAST, LineColumn.CLOSED, LineColumn.BREAK)
_ADDED = (
    LineColumn.WORDS,
    LineColumn.SENTENCES,
    LineColumn.CAPITALISED,
    LineColumn.CAPITALS,
    LineColumn.NUMBERS,
    LineColumn.ROUGH,
    LineColumn.CALLS,
    LineColumn.STRAIGHT,
    LineColumn.CURLED,
    LineColumn.ANGLED,
    LineColumn.DASHES,
    LineColumn.WIDE,
)
LAST = tuple(int(column) for column in _LAST)
ADDED = (*(int(column) for column in _ADDED), *range(int(LineColumn.KINDS), COLUMNS))


def merged(table: NDArray[np.int32], starts: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The table in which each row that does not start one is merged into the row above."""
    result = np.empty((int(np.count_nonzero(starts)), COLUMNS), np.int32)
    _merge(table, starts, result)
    return result


@kernel(entry=True, interpreted=True)
def _merge(table: Table[np.int32], starts: Column[np.bool_], result: Table[np.int32]) -> None:
    at = -1
    for row in range(len(table)):
        if starts[row]:
            at += 1
            for column in range(COLUMNS):
                result[at, column] = table[row, column]
            continue
        for column in LAST:
            result[at, column] = table[row, column]
        for column in ADDED:
            result[at, column] += table[row, column]
        small = table[row, LineColumn.INSIDE] & SMALL
        result[at, LineColumn.ROUGH] -= small > 0  # a line that goes on in small letters is not careless
        result[at, LineColumn.LONGEST] = max(result[at, LineColumn.LONGEST], table[row, LineColumn.LONGEST])
        flags = result[at, LineColumn.INSIDE]
        result[at, LineColumn.INSIDE] = flags & (BEGINS | SMALL) | table[row, LineColumn.INSIDE] & ENDS
