"""What stands around a line: means over the text, over what is above and below, next to it, and over its run."""

import numpy as np
from numpy.typing import NDArray

from newsclean.kernels import kernel

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

# Columns that are summed; those of the same name are in `features.OWN`, and stand there at OWN_COLUMNS.
SUMMED = (
    "score",
    "rule",
    "shared",
    "length",
    "prose",
    "lead",
    "capitalised",
    "sentence",
    "letters",
    "in_prose",
    "square",
)
OWN_COLUMNS = [16, 17, 22, 0, 21, 26, 5]
SCORE, RULE, SHARED, LENGTH, PROSE, LEAD, CAPITALISED, SENTENCE, LETTERS, IN_PROSE, SQUARE = range(len(SUMMED))
TEXT, BEHIND, BEFORE, NEAR, RUN = range(5)  # stretches of lines
LONG = 6.0  # a long line has so many binary digits of letters: 64
NONE, FAR = 90, 60  # what a distance in lines is if there is nothing that way, and at most


def context(bounds: Rows, own: Floats, length: NDArray[np.int32]) -> Floats:
    """The columns FLOW and AROUND of `features`. A run is a row of lines that are no paragraphs."""
    rows = np.arange(len(own))
    sizes = np.diff(bounds)
    begin, end = np.repeat(bounds[:-1], sizes), np.repeat(bounds[1:], sizes)
    values = _values(own, length)
    flags = np.column_stack([values[:, PROSE] > 0, values[:, RULE] > 0, values[:, LENGTH] > LONG])
    nearest = np.empty((len(own), 6), np.int64)
    _nearest(bounds, flags, nearest)
    first, last = nearest[:, 0] + 1, np.where(flags[:, 0], rows, nearest[:, 3])  # the run of the line
    low = np.column_stack([begin, rows, begin, np.maximum(rows - 4, begin), first])
    high = np.column_stack([end, end, rows, np.minimum(rows + 5, end), last])
    sums = np.zeros((len(own) + 1, len(SUMMED)))
    sums[1:] = values
    total = np.empty((len(own), 5, len(SUMMED)))
    _totals(bounds, sums, low, high, total)
    total[:, NEAR] -= values
    count = np.maximum(high - low, 1)
    count[:, NEAR] = np.maximum(count[:, NEAR] - 1, 1)
    mean = total / count[:, :, None]
    flow = _flow(mean, total, rows, begin, end, flags, nearest)
    around = _around(mean, total, rows, begin, end, flags, nearest)
    run = _run(mean, total, sums, rows, flags[:, 0], first, last, end)
    return np.column_stack([*flow, *around[:12], *run[:6], *around[12:], *run[6:]]).astype(np.float32)


def _values(own: Floats, length: NDArray[np.int32]) -> NDArray[np.float64]:
    values = np.empty((len(own), len(SUMMED)))
    values[:, :SENTENCE] = own[:, OWN_COLUMNS]
    values[:, SENTENCE] = own[:, 2] == 4
    values[:, LETTERS] = length
    values[:, IN_PROSE] = length * values[:, PROSE]
    values[:, SQUARE] = values[:, LENGTH] ** 2
    return values


def _distance(there: NDArray[np.bool_], lines: Rows, most: int = FAR, none: int = NONE) -> Rows:
    distance: Rows = np.where(there, np.minimum(lines, most), none)
    return distance


Means = NDArray[np.float64]


def _flow(
    mean: Means, total: Means, rows: Rows, begin: Rows, end: Rows, flags: NDArray[np.bool_], nearest: Rows
) -> list[NDArray[np.number]]:
    """The columns FLOW, in order."""
    since = np.where(flags[:, 2], 0, _distance(nearest[:, 2] >= begin, rows - nearest[:, 2]))
    until = np.where(flags[:, 2], 0, _distance(nearest[:, 5] < end, nearest[:, 5] - rows))
    prose_share = total[:, BEHIND, IN_PROSE] / np.maximum(total[:, BEHIND, LETTERS], 1)
    near = mean[:, NEAR]
    return [
        *(mean[:, BEHIND, SCORE], mean[:, BEFORE, SCORE], prose_share, mean[:, BEHIND, RULE], mean[:, BEFORE, RULE]),
        *(near[:, SCORE], near[:, LENGTH], near[:, SHARED], since, until, mean[:, BEHIND, SHARED]),
        *(near[:, PROSE], near[:, SENTENCE], near[:, LEAD], mean[:, BEHIND, LEAD]),
    ]


def _around(
    mean: Means, total: Means, rows: Rows, begin: Rows, end: Rows, flags: NDArray[np.bool_], nearest: Rows
) -> list[NDArray[np.number]]:
    """The columns AROUND that are not about the line's run: the first twelve, and `since_rule` and `until_rule`."""
    letters = total[:, TEXT, LETTERS] + 1
    prose = total[:, TEXT, PROSE]
    before = total[:, BEFORE, PROSE]
    is_prose = flags[:, 0]
    return [
        *(np.log2(end - begin), np.log2(letters), np.minimum(prose, 50), total[:, TEXT, IN_PROSE] / letters),
        *(mean[:, TEXT, SCORE], np.minimum(rows - begin, FAR), np.minimum(end - 1 - rows, FAR)),
        *(total[:, BEFORE, LETTERS] / letters, np.minimum(before, 20), np.minimum(prose - before - is_prose, 20)),
        _distance(nearest[:, 0] >= begin, rows - nearest[:, 0]),
        np.where(is_prose, 0, _distance(nearest[:, 3] < end, nearest[:, 3] - rows, NONE)),
        _distance(nearest[:, 1] >= begin, rows - nearest[:, 1], 50, 50),
        _distance(nearest[:, 4] < end, nearest[:, 4] - rows, 50, 50),
    ]


def _run(
    mean: Means, total: Means, sums: Means, rows: Rows, is_prose: NDArray[np.bool_], first: Rows, last: Rows, end: Rows
) -> list[NDArray[np.number]]:
    """The columns AROUND that are about the line's run: `run` to `run_rules`, and `run_spread` to `run_caps`. Of
    paragraphs they say what a run of one good line would have."""
    run = mean[:, RUN]
    letters = sums[:, LETTERS]
    behind = np.append(total[:, BEHIND, LETTERS], 0)
    from_row, from_last = (np.where(row < end, behind[np.minimum(row, len(rows))], 0) for row in (rows + 1, last + 1))
    columns = (
        *(np.minimum(last - first, FAR), run[:, LENGTH], run[:, SCORE], run[:, SENTENCE], run[:, SHARED]),
        *(np.minimum(total[:, RUN, RULE], 20), np.sqrt(np.maximum(run[:, SQUARE] - run[:, LENGTH] ** 2, 0))),
    )
    inside = [np.where(is_prose, one, column) for one, column in zip((0, 0, 0, 1, 1, 0, 0), columns, strict=True)]
    since = np.minimum(letters[rows] - letters[first], 3000)
    return [
        *inside,
        since,
        np.minimum(np.where(is_prose, 0, from_row - from_last), 3000),
        np.where(is_prose, 0, run[:, CAPITALISED]),
    ]


@kernel("void(int64[::1], bool_[:, ::1], int64[:, ::1])")
def _nearest(bounds: Rows, flags: NDArray[np.bool_], nearest: Rows) -> None:
    """For each line and flag the last flagged line above (or the one before the text) and the next one below (or the
    one behind the text): three columns of each."""
    for text in range(len(bounds) - 1):
        for flag in range(3):
            near = bounds[text] - 1
            for row in range(bounds[text], bounds[text + 1]):
                nearest[row, flag] = near
                if flags[row, flag]:
                    near = row
            near = bounds[text + 1]
            for row in range(bounds[text + 1] - 1, bounds[text] - 1, -1):
                nearest[row, 3 + flag] = near
                if flags[row, flag]:
                    near = row


@kernel("void(int64[::1], float64[:, ::1], int64[:, ::1], int64[:, ::1], float64[:, :, ::1])")
def _totals(bounds: Rows, sums: Means, low: Rows, high: Rows, total: Means) -> None:
    """Sums over the lines `low` to `high` - 1. `sums` has the values from its second row on; they become running sums
    that begin anew in each text, so that a text's neighbours in the batch change nothing."""
    for text in range(len(bounds) - 1):
        for column in range(sums.shape[1]):
            sums[bounds[text], column] = 0
            for row in range(bounds[text], bounds[text + 1]):
                sums[row + 1, column] += sums[row, column]
        for row in range(bounds[text], bounds[text + 1]):
            for stretch in range(low.shape[1]):
                for column in range(sums.shape[1]):
                    total[row, stretch, column] = sums[high[row, stretch], column] - sums[low[row, stretch], column]
