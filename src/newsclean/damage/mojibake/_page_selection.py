"""Kernels: which of the likely runs of UTF-8 units, and of the code pages that have some, are worth decoding."""

# mypy: disable-error-code="assignment"

from typing import Any

from newsclean.damage.models.bigrams import UNIT
from newsclean.kernels import kernel

FAINT = 0.1  # pages that gain less than this share of what the best page gains are not looked at
CLOSE = 0.6  # a page is tried if it gains this share of what the best page gains
NEVER = -(1 << 40)  # value of a code page that is out of the question


@kernel(
    "int64(int64[:, ::1], int64[::1], float64[::1], int64[::1], int64[::1], int64, int64[:, ::1], int64[::1], "
    "int64[:, ::1])",
    interpreted=True,
)
def worth(
    runs: Any,
    starts: Any,
    known: Any,
    rarities: Any,
    effort: Any,
    width: int,
    values: Any,
    loud: Any,
    tasks: Any,
) -> int:
    """The code pages that are worth a try in each of some texts, at most `width` of those that gain most: rows of
    `tasks` become a text and a page, those of a text one after the other, best first; returns how many.

    The runs of a text (columns as `_scan.scan` writes them) begin at `starts[text]`. Pages that gain less than
    FAINT of what the best page gains are not looked at: what the others are worth to `choose` becomes a row of
    `values`, and how many runs they have together `loud[text]`. In texts with many runs beside the `effort` that is
    left one page is tried. `known` is what is known of each page beforehand (nats).
    """
    count, pages = 0, len(known)
    for text in range(len(loud)):
        most, own = 0, 0
        for page in range(pages):
            values[text, page] = 0
        for k in range(starts[text], starts[text + 1]):
            values[text, runs[k, 4]] += runs[k, 3]
        for page in range(pages):
            most = max(most, values[text, page])
        for k in range(starts[text], starts[text + 1]):
            own += values[text, runs[k, 4]] >= FAINT * most
        loud[text] = own
        first, tries, least = count, width if 4 * own < effort[text] else 1, 0.0
        while count - first < tries:
            best = -1
            for page in range(pages):
                gain = values[text, page]
                if gain > 0 and gain >= FAINT * most:
                    taken = False
                    for k in range(first, count):
                        taken = taken or tasks[k, 1] == page
                    if not taken and (best < 0 or known[page] + gain * UNIT > known[best] + values[text, best] * UNIT):
                        best = page
            total = known[best] + values[text, best] * UNIT if best >= 0 else 0.0
            least = CLOSE * total if count == first else least
            if best < 0 or total < least:
                break
            tasks[count, 0], tasks[count, 1] = text, best
            count += 1
        for page in range(pages):
            gain = values[text, page]
            values[text, page] = -rarities[page] if gain > 0 and gain >= FAINT * most else NEVER
    return count


@kernel(interpreted=True)
def agree(codes: Any, runs: Any, begin: Any, stop: Any, other_begin: Any, main: Any, other: Any, tables: Any) -> Any:
    """Whether the `runs` (columns as `_scan.scan` writes them) of a text from number `begin` to `stop` are and
    mean the same as so many from `other_begin` on, those of the page `main` here being those of `other` there."""
    for k in range(begin, stop):
        k2 = k - begin + other_begin
        page, page2 = runs[k, 4], runs[k2, 4]
        if runs[k, 0] != runs[k2, 0] or runs[k, 1] != runs[k2, 1] or runs[k, 3] != runs[k2, 3]:
            return False
        same = page == page2 and page not in (main, other)
        if not same and (page != main or page2 != other):
            return False
        for i in range(runs[k, 0], runs[k, 1]):
            if tables[codes[i], page] != tables[codes[i], page2]:
                return False
    return True


@kernel(interpreted=True)
def choose(runs: Any, begin: Any, stop: Any, value: Any, order: Any, chosen: Any, rows: Any, count: Any) -> Any:
    """Copy to `rows`, from `count` on, the best of the `runs` of a text (columns as `_scan.scan` writes them, by
    start), from number `begin` to `stop`, that do not overlap, by start; returns where they end.

    The best have the largest gain, times eight, plus `value[page]`, then they are found first; runs of pages with a
    value of NEVER do not count. `order` is scratch, two numbers a run; `chosen` one for each code point, zero.
    """
    total, low = 0, 0
    for k in range(begin, stop):
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
            chosen[i] = 0
        low = high
    return count
