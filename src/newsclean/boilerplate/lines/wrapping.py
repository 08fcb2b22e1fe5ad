"""Hard-wrapped text: which line breaks only cut a line at a width, so that the words on both sides belong together."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines.columns import BEGINS, ENDS, SMALL, CharKind, LineColumn, Lines, text_bounds
from newsclean.boilerplate.lines.merging import merged
from newsclean.compilation import Column, Table, kernel

LEAST_WIDTH, MOST_WIDTH = 30, 150  # code points of a line that may have been cut at a width
LEAST_CUTS = 3  # line breaks in mid-sentence that a wrapped text has
CUTS_SHARE = 0.25  # and what share of its long lines ends so
FULL_SHARE = 0.75  # and how many of those are full: the next word would not have had room
WIDTH_SHARE = 0.9  # of the lines cut in mid-sentence that are no wider than the width
LONG_SHARE = 0.6  # of the width, from which a line is long


def unwrapped(lines: Lines) -> Lines:
    """The lines with those joined that belong to one sentence; the others of a paragraph are marked as INSIDE it."""
    soft = np.zeros(len(lines.table), np.bool_)
    if not _soft_breaks(lines.table, text_bounds(lines), np.empty(MOST_WIDTH + 1, np.int64), soft):
        return lines
    table = lines.table.copy()
    starts = np.ones(len(table), np.bool_)
    _link(table, soft, starts)
    return lines._replace(table=merged(table, starts))


@kernel(entry=True, interpreted=True)
def _soft_breaks(
    table: Table[np.int32], bounds: Column[np.int64], widths: Column[np.int64], soft: Column[np.bool_]
) -> int:
    """Mark each row that begins a line behind a soft break; return how many there are. `widths` is room for a count of
    lines by width."""
    count = 0
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        cuts = 0
        for width in range(len(widths)):
            widths[width] = 0
        start = begin  # first row of the line above
        for row in range(begin + 1, end):
            if table[row, LineColumn.INSIDE] & BEGINS:
                continue
            if _is_cut(table, start, row):
                widths[table[row - 1, LineColumn.END] - table[start, LineColumn.START]] += 1
                cuts += 1
            start = row
        if cuts < LEAST_CUTS:
            continue
        width = 0
        seen = widths[0]
        while seen < WIDTH_SHARE * cuts:
            width += 1
            seen += widths[width]
        full = long = 0
        start = begin
        for row in range(begin + 1, end + 1):
            if row < end and table[row, LineColumn.INSIDE] & BEGINS:
                continue
            size = table[row - 1, LineColumn.END] - table[start, LineColumn.START]
            long += size >= LONG_SHARE * width
            if row < end and _is_cut(table, start, row):
                full += size + 1 + table[row, LineColumn.HEAD] > width
            start = row
        if cuts < CUTS_SHARE * long or full < FULL_SHARE * cuts:
            continue
        start = begin
        for row in range(begin + 1, end):
            if table[row, LineColumn.INSIDE] & BEGINS:
                continue
            size = table[row - 1, LineColumn.END] - table[start, LineColumn.START]
            fits = size <= MOST_WIDTH and size + 1 + table[row, LineColumn.HEAD] > width
            goes_on = table[row, LineColumn.INSIDE] & SMALL and size >= LONG_SHARE * width
            fits = fits or (goes_on and _is_cut(table, start, row))
            mark = table[row, LineColumn.FIRST]
            if fits and table[row, LineColumn.BLANKS] == 0 and mark != CharKind.SEPARATOR and mark != CharKind.PICTURE:
                soft[row] = True
                count += 1
            start = row
    return count


@kernel(interpreted=True)
def _is_cut(table: NDArray[np.int32], start: int, row: int) -> bool:
    """Whether the line from row `start` up to `row` may go on in the line that begins there."""
    size = table[row - 1, LineColumn.END] - table[start, LineColumn.START]
    last, first = table[row - 1, LineColumn.LAST], table[row, LineColumn.FIRST]
    if size < LEAST_WIDTH or size > MOST_WIDTH or table[row, LineColumn.BLANKS] > 0:
        return False
    letter = first == CharKind.LETTER or first == CharKind.SYLLABLE or first == CharKind.UNSPACED
    goes_on: bool = letter and last != CharKind.STOP and last != CharKind.COLON
    return goes_on


@kernel(entry=True, interpreted=True)
def _link(table: Table[np.int32], soft: Column[np.bool_], starts: Column[np.bool_]) -> None:
    """Mark the rows on both sides of soft breaks, and in `starts` which rows begin a sentence."""
    for row in range(1, len(table)):
        if soft[row]:
            table[row, LineColumn.INSIDE] |= BEGINS
            table[row - 1, LineColumn.INSIDE] |= ENDS
            ended = table[row - 1, LineColumn.LAST] == CharKind.STOP
            starts[row] = ended and table[row, LineColumn.INSIDE] & SMALL == 0
