"""Kernels: the texts of a batch, each decoded by one layer in every code page that is worth a try.

Each kernel looks at all texts at once: called text by text they took two thirds of the time of mojibake.
"""

# mypy: disable-error-code="assignment"

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import CODES_TYPE
from newsclean.damage.mojibake._confidence import weigh
from newsclean.damage.mojibake._layer import decode_runs, splice
from newsclean.damage.mojibake._page_selection import agree, choose
from newsclean.kernels import kernel


class Texts(NamedTuple):
    """The code points of some texts, and where each begins and ends in them. Shape of the places (texts, 2)."""

    codes: NDArray[np.uint32]
    places: NDArray[np.int64]


class Tasks(NamedTuple):
    """Texts (their numbers) that are decoded in a page each, and what came out: what `read_runs` found, the runs
    (columns as `_scan.scan` writes them), where in what they mean each begins and ends and whether windows-1252
    fills a byte of it, what they mean, and the nats that `twins` gained in each task."""

    pages: NDArray[np.int64]
    found: NDArray[np.int64]
    rows: NDArray[np.int64]
    spans: NDArray[np.int64]
    read: NDArray[np.uint32]
    more: list[float]


@kernel(
    f"void({CODES_TYPE}, int64[:, ::1], int64[:, ::1], int64[::1], int64[:, ::1], int64[:, ::1], int64, int64[::1], "
    "uint16[:, ::1], int64[::1], int64[:, ::1], int64[::1], int64[::1], int64[:, ::1], uint32[::1], int64[:, ::1], "
    "int64[:, ::1])",
    interpreted=True,
)
def read_runs(
    codes: Any,
    places: Any,
    runs: Any,
    starts: Any,
    tasks: Any,
    values: Any,
    favour: int,
    kin: Any,
    tables: Any,
    double: Any,
    order: Any,
    chosen: Any,
    value: Any,
    rows: Any,
    read: Any,
    spans: Any,
    out: Any,
) -> None:
    """The runs of each task (a text and a page, as of `_page_selection.worth`) and what they mean.

    A row of `out` becomes where the runs of a task begin and end in `rows`, where what they mean begins and ends in
    `read`, an earlier task whose runs are and mean the same, if any (else -1), and whether windows-1252 fills a byte in
    those of a page in which a character of them is a twin (`double[c]`: such pages, a bit each). Only pages of the same
    `kin` are compared: half of those that are tried differ in name only.

    `places` are where each text begins and ends, `runs` its runs from `starts[text]` on; `values` as of `worth`,
    `favour` is added to that of the page of a task; `spans` as of `decode_runs`. The rest is scratch: two numbers for
    each run of a text, one for each code point of a text, zero, and one for each page.
    """
    row, at = 0, 0
    for task in range(len(tasks)):
        text, main = tasks[task, 0], tasks[task, 1]
        own = codes[places[text, 0] : places[text, 1]]
        for page in range(len(value)):
            value[page] = values[text, page] + (favour if page == main else 0)
        end = choose(runs, starts[text], starts[text + 1], value, order, chosen, rows, row)
        like, other = -1, task
        while other > 0 and tasks[other - 1, 0] == text:
            other -= 1
        while other < task and like < 0:
            page, size = tasks[other, 1], out[other, 1] - out[other, 0]
            alike = out[other, 4] < 0 and kin[page] == kin[main] and size == end - row
            if alike and agree(own, rows, row, end, out[other, 0], main, page, tables):
                like = other
            other += 1
        out[task, 0], out[task, 1], out[task, 2], out[task, 3], out[task, 4], out[task, 5] = row, end, at, at, like, 0
        if like < 0:
            at = decode_runs(own, rows, row, end, tables, read, spans, at)
            out[task, 3] = at
            filled, doubled = 0, 0
            for k in range(row, end):
                bit = 1 << rows[k, 4]
                filled |= bit if spans[k, 2] else 0
                for i in range(rows[k, 0], rows[k, 1]):
                    doubled |= double[own[i]] & bit if own[i] < 65536 else 0
            out[task, 5] = (filled & doubled) != 0
        row = end


@kernel(
    f"void({CODES_TYPE}, int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[:, ::1], {CODES_TYPE}, "
    "uint8[:, ::1], float64[::1], float64[:, ::1], uint8[::1], uint8[::1], int32[::1], float64[:, ::1], float64[::1])",
    interpreted=True,
)
def weigh_runs(
    codes: Any,
    places: Any,
    tasks: Any,
    found: Any,
    rows: Any,
    spans: Any,
    read: Any,
    kinds: Any,
    weights: Any,
    pages: Any,
    expected: Any,
    covered: Any,
    bare: Any,
    values: Any,
    sure: Any,
) -> None:
    """How sure each run of each task is (as `_confidence.weigh`); `found` is what `read_runs` found. Those of tasks
    that mean the same as an earlier one are not looked at again."""
    for task in range(len(tasks)):
        begin, stop, text = found[task, 0], found[task, 1], tasks[task, 0]
        if found[task, 4] >= 0:
            for k in range(begin, stop):
                values[min(k, len(values) - 1), 0], sure[k] = 0.0, -1.0
            continue
        own = codes[places[text, 0] : places[text, 1]]
        weigh(own, rows, begin, stop, spans, read, kinds, weights, pages, expected, covered, bare, values, sure)


@kernel(
    f"int64({CODES_TYPE}, int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[:, ::1], {CODES_TYPE}, "
    "float64[::1], float64, uint32[::1], int64[::1], int64[:, ::1], int64[:, ::1])",
    interpreted=True,
)
def splice_runs(
    codes: Any,
    places: Any,
    tasks: Any,
    found: Any,
    rows: Any,
    spans: Any,
    read: Any,
    sure: Any,
    threshold: float,
    after: Any,
    ends: Any,
    table: Any,
    out: Any,
) -> int:
    """The texts that tasks make where their runs are sure enough, one after the other in `after`, each only once for
    the tasks of a text; returns how many they are.

    `ends` become where they end, after a zero; `table` and `sure` as of `_layer.splice`. A row of `out` becomes where
    the decoded runs of a task begin and end in `table`, the number of its text, -1 if nothing is decoded, and what
    the runs gain (cost units).
    """
    count, made = 0, 0
    ends[0] = 0
    for task in range(len(tasks)):
        text, like, first, gain = tasks[task, 0], found[task, 4], count, 0
        if like >= 0:
            for k in range(out[like, 0], out[like, 1]):
                for j in range(6):
                    table[count, j] = table[k, j]
                table[count, 4] = tasks[task, 1] if table[k, 4] == tasks[like, 1] else table[k, 4]
                sure[count] = sure[k]
                count += 1
            out[task, 0], out[task, 1], out[task, 2], out[task, 3] = first, count, out[like, 2], out[like, 3]
            continue
        begin, stop = found[task, 0], found[task, 1]
        for k in range(begin, stop):
            gain += rows[k, 3] if sure[k] >= threshold else 0
        own = codes[places[text, 0] : places[text, 1]]
        count, end = splice(own, rows, begin, stop, spans, read, sure, threshold, after, ends[made], table, count)
        number, other = -1, task
        if count > first:
            number = made
            while other > 0 and tasks[other - 1, 0] == text:
                other -= 1
                earlier = out[other, 2]
                same = earlier >= 0 and ends[earlier + 1] - ends[earlier] == end - ends[made]
                i = 0
                while same and i < end - ends[made]:
                    same = after[ends[earlier] + i] == after[ends[made] + i]
                    i += 1
                number = earlier if same else number
            if number == made:
                made += 1
                ends[made] = end
        out[task, 0], out[task, 1], out[task, 2], out[task, 3] = first, count, number, gain
    return made
