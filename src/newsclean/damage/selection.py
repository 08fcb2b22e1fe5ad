"""Kernels: which of the likely runs of UTF-8 units, and of the code pages that have some, are worth decoding."""

# mypy: disable-error-code="assignment"
from typing import Any  # numba unifies the kinds of integers that a variable takes; mypy cannot know

from newsclean.damage.search import CODES_TYPE
from newsclean.kernels import kernel

NEVER = -(1 << 40)  # value of a code page that is out of the question


@kernel("void(int64[:, ::1], int64[:, ::1])", interpreted=True)
def tally(runs: Any, out: Any) -> None:
    """Fill `out[page]` with what the `runs` of a page gain together (cost units), and how many they are."""
    for page in range(len(out)):
        out[page, 0], out[page, 1] = 0, 0
    for k in range(len(runs)):
        out[runs[k, 4], 0] += runs[k, 3]
        out[runs[k, 4], 1] += 1


@kernel(f"boolean({CODES_TYPE}, int64[:, ::1], int64[:, ::1], int64, int64, uint16[:, ::1])", interpreted=True)
def agree(codes: Any, runs: Any, others: Any, main: int, other: int, tables: Any) -> bool:
    """Whether `runs` and `others` (columns as `screening.screen` writes them) are and mean the same, those of the page
    `main` here being those of the page `other` there."""
    if len(runs) != len(others):
        return False
    for k in range(len(runs)):
        page, page2 = runs[k, 4], others[k, 4]
        if runs[k, 0] != others[k, 0] or runs[k, 1] != others[k, 1] or runs[k, 3] != others[k, 3]:
            return False
        same = page == page2 and page not in (main, other)
        if not same and (page != main or page2 != other):
            return False
        for i in range(runs[k, 0], runs[k, 1]):
            if tables[codes[i], page] != tables[codes[i], page2]:
                return False
    return True


@kernel("int64(int64[:, ::1], int64[::1], int64[:, ::1], int64[::1], int64[:, ::1])", interpreted=True)
def choose(runs: Any, value: Any, order: Any, chosen: Any, rows: Any) -> int:
    """Copy to `rows` the best of `runs` (columns as `screening.screen` writes them, by start) that do not overlap, by
    start; returns how many.

    The best have the largest gain, times eight, plus `value[page]`, then they are found first; runs of pages with a
    value below NEVER do not count. `order` is scratch, two numbers a run; `chosen` one for each code point, zero.
    """
    total, count, low = 0, 0, 0
    for k in range(len(runs)):
        if value[runs[k, 4]] > NEVER:
            order[total, 0] = k
            total += 1
    while low < total:
        k = order[low, 0]
        first, reach, high, best = runs[k, 0], runs[k, 1], low + 1, k
        while high < total and runs[order[high, 0], 0] < reach:  # all that overlap, directly or by way of others
            k = order[high, 0]
            reach = max(reach, runs[k, 1])
            if 8 * runs[k, 3] + value[runs[k, 4]] > 8 * runs[best, 3] + value[runs[best, 4]]:
                best = k
            high += 1
        alone = True  # as mostly: all others overlap the best one
        for k in range(low, high):
            run = order[k, 0]
            alone = alone and runs[run, 0] < runs[best, 1] and runs[best, 0] < runs[run, 1]
        if alone:
            for j in range(5):
                rows[count, j] = runs[best, j]
            low, count = high, count + 1
            continue
        size = 1
        while size < high - low:  # sorted by merging, the best first
            for left in range(low, high, 2 * size):
                a, b, end = left, left + size, min(left + 2 * size, high)
                for k in range(left, end):
                    later = a == left + size
                    if not later and b < end:
                        x, y = order[a, 0], order[b, 0]
                        later = 8 * runs[y, 3] + value[runs[y, 4]] > 8 * runs[x, 3] + value[runs[x, 4]]
                    order[k, 1] = order[b, 0] if later else order[a, 0]
                    a, b = (a, b + 1) if later else (a + 1, b)
            for k in range(low, high):
                order[k, 0] = order[k, 1]
            size *= 2
        for k in range(low, high):
            run, free = order[k, 0], True
            for i in range(runs[run, 0], runs[run, 1]):
                free = free and chosen[i] == 0
            if free:
                for i in range(runs[run, 0], runs[run, 1]):
                    chosen[i] = -1
                chosen[runs[run, 0]] = run + 1
        for i in range(first, reach):
            if chosen[i] > 0:
                for j in range(5):
                    rows[count, j] = runs[chosen[i] - 1, j]
                count += 1
        low = high
    return count
