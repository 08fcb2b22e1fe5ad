"""Kernels: one layer of mojibake, from the chosen runs of UTF-8 units to the text in which they are decoded."""

# mypy: disable-error-code="assignment"

from typing import Any

from newsclean.damage.codepoints import CODES_TYPE
from newsclean.kernels import kernel


@kernel(
    f"int64({CODES_TYPE}, int64[:, ::1], int64, int64, uint16[:, ::1], uint32[::1], int64[:, ::1], int64)",
    interpreted=True,
)
def decode_runs(codes: Any, runs: Any, begin: int, stop: int, tables: Any, read: Any, spans: Any, at: int) -> int:
    """What the `runs` of a text (columns as `_scan.scan` writes them) mean, those from number `begin` to `stop`,
    one after the other in `read` from `at` on; returns where the last one ends.

    A row of `spans` becomes where the run begins and ends there, and whether windows-1252 fills a byte in it.
    """
    for k in range(begin, stop):
        i, end, page, filled, high = runs[k, 0], runs[k, 1], runs[k, 4], 0, 0
        spans[k, 0] = at
        while i < end:
            entry = 0 + tables[codes[i], page]
            lead = entry & 0xFF
            size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
            value = lead & (0x7F >> size)
            for j in range(i + 1, i + size):
                entry = 0 + tables[codes[j], page]
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
        spans[k, 1], spans[k, 2] = at, filled
    return at


@kernel(f"void({CODES_TYPE}, int64[:, ::1], uint32[::1])", interpreted=True)
def spell(codes: Any, places: Any, out: Any) -> None:
    """Fill `out` with what stands in each of some places (start and end), a line feed behind it."""
    at = 0
    for k in range(len(places)):
        for i in range(places[k, 0], places[k, 1]):
            out[at] = codes[i]
            at += 1
        out[at] = 10
        at += 1


@kernel(interpreted=True)
def splice(
    codes: Any,
    runs: Any,
    begin: Any,
    stop: Any,
    spans: Any,
    read: Any,
    sure: Any,
    threshold: Any,
    out: Any,
    first: Any,
    table: Any,
    count: Any,
) -> Any:
    """Write to `out`, from `first` on, the code points of a text in which those of its runs, from number `begin` to
    `stop`, that are sure enough are decoded; returns the number of such runs and where the text ends.

    A row of `table`, from `count` on, becomes start and end of such a run before and after, code page, and whether
    windows-1252 fills it; `sure` keeps those of such runs.
    """
    i, at = 0, first
    for k in range(begin, stop):
        if sure[k] < threshold:
            continue
        for j in range(i, runs[k, 0]):
            out[at] = codes[j]
            at += 1
        table[count, 0], table[count, 1], table[count, 2] = runs[k, 0], runs[k, 1], at - first
        for j in range(spans[k, 0], spans[k, 1]):
            out[at] = read[j]
            at += 1
        table[count, 3], table[count, 4], table[count, 5] = at - first, runs[k, 4], spans[k, 2]
        sure[count] = sure[k]
        count += 1
        i = runs[k, 1]
    for j in range(i, len(codes)):
        out[at] = codes[j]
        at += 1
    return count, at
