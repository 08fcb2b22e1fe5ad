"""Kernels: one layer of mojibake, from the chosen runs of UTF-8 units to the text in which they are decoded."""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import Codes
from newsclean.damage.mojibake.columns import DecodedRuns, Span, Splice, Spliced
from newsclean.damage.screening.columns import Run


@kernel(entry=True, interpreted=True)
def decode_runs(codes: Codes, runs: DecodedRuns, begin: int, stop: int, units: Table[np.uint16], at: int) -> int:
    """Write what runs of a text mean to `runs.read` from `at` on, and where that stands to `runs.spans`. The runs are
    those from number `begin` to `stop`. Returns where the last one ends. `units` as in `CodePageTables`."""
    rows, spans, read = runs.rows, runs.spans, runs.read
    for k in range(begin, stop):
        i, end, codepage, filled, high = rows[k, Run.START], rows[k, Run.END], rows[k, Run.CODEPAGE], 0, 0
        spans[k, Span.START] = at
        while i < end:
            entry = 0 + units[codes[i], codepage]
            lead = entry & 0xFF
            size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
            value = lead & (0x7F >> size)
            for j in range(i + 1, i + size):
                entry = 0 + units[codes[j], codepage]
                value = value << 6 | (entry >> 8 & 0x3F)
                filled |= entry >> 14 & 1
            i += size
            if high and 0xDC00 <= value < 0xE000:  # CESU-8
                read[at - 1] = 0x10000 + ((high - 0xD800) << 10) + (value - 0xDC00)
                high = 0
            else:
                read[at] = value
                at += 1
                high = value if 0xD800 <= value < 0xDC00 else 0
        spans[k, Span.END], spans[k, Span.FILLED] = at, filled
    return at


@kernel(interpreted=True)
def splice(
    codes: Codes, runs: DecodedRuns, bounds: tuple[int, int], sure: Column[np.float64], threshold: float,
    out: Spliced, first: int, count: int,
) -> tuple[int, int]:  # fmt: skip
    """Write a text to `out` in which those of its runs that are sure enough are decoded.

    `bounds` are the numbers of the first run and behind the last one. The text goes to code point `first` of `out` and
    on, its runs to number `count` and on. `sure` keeps the values of these runs. Returns the number of runs in `out`,
    and where the text ends.
    """
    i, at = 0, first
    for k in range(bounds[0], bounds[1]):
        if sure[k] < threshold:
            continue
        for j in range(i, runs.rows[k, Run.START]):
            out.codes[at] = codes[j]
            at += 1
        out.runs[count, Splice.START] = runs.rows[k, Run.START]
        out.runs[count, Splice.END] = runs.rows[k, Run.END]
        out.runs[count, Splice.NEW_START] = at - first
        for j in range(runs.spans[k, Span.START], runs.spans[k, Span.END]):
            out.codes[at] = runs.read[j]
            at += 1
        out.runs[count, Splice.NEW_END] = at - first
        out.runs[count, Splice.CODEPAGE] = runs.rows[k, Run.CODEPAGE]
        out.runs[count, Splice.FILLED] = runs.spans[k, Span.FILLED]
        sure[count] = sure[k]
        count += 1
        i = runs.rows[k, Run.END]
    for j in range(i, len(codes)):
        out.codes[at] = codes[j]
        at += 1
    return count, at
