"""Kernels: which of the likely runs of UTF-8 units, and of the code pages that have some, are worth decoding."""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import Codes
from newsclean.damage.models.bigrams import UNIT
from newsclean.damage.mojibake.columns import Choice, DecodedRuns, LikelyRuns, Order, Picked, Priors, Task
from newsclean.damage.screening.columns import LikelyRun, Run

FAINT = 0.1  # code pages that gain less than this share of what the best code page gains are not looked at
CLOSE = 0.6  # a code page is tried if it gains this share of what the best code page gains
NEVER = -(1 << 40)  # value of a code page that is out of the question


@kernel(entry=True, interpreted=True)
def worthwhile_codepages(
    likely: LikelyRuns, priors: Priors, effort: Column[np.int64], width: int, values: Table[np.int64],
    loud: Column[np.int64], tasks: Table[np.int64],
) -> int:  # fmt: skip
    """Write the code pages that are worth a try in each of some texts to `tasks`; returns how many rows there are.

    There are at most `width` for a text, those that gain most, best first. Code pages that gain less than FAINT of
    what the best code page gains are not looked at. What the others are worth to `choose_runs` becomes a row of
    `values`. How many runs they have together, one by one, becomes `loud[text]`. In texts with many runs beside the
    `effort` that is left one code page is tried.
    """
    runs, starts = likely.runs, likely.starts
    count, codepages = 0, len(priors.known)
    for text in range(len(loud)):
        most, own = 0, 0
        for codepage in range(codepages):
            values[text, codepage] = 0
        for k in range(starts[text], starts[text + 1]):
            bits, gain = runs[k, LikelyRun.CODEPAGES], runs[k, LikelyRun.GAIN]
            for codepage in range(codepages):
                values[text, codepage] += gain * (bits >> codepage & 1)
        for codepage in range(codepages):
            most = max(most, values[text, codepage])
        heard = 0
        for codepage in range(codepages):
            heard |= (1 << codepage) if values[text, codepage] >= FAINT * most else 0
        for k in range(starts[text], starts[text + 1]):
            bits = runs[k, LikelyRun.CODEPAGES] & heard
            while bits:
                bits &= bits - 1
                own += 1
        loud[text] = own
        first, tries, least = count, width if 4 * own < effort[text] else 1, 0.0
        while count - first < tries:
            best = best_codepage(priors.known, values, text, FAINT * most, tasks, first, count)
            total = priors.known[best] + values[text, best] * UNIT if best >= 0 else 0.0
            least = CLOSE * total if count == first else least
            if best < 0 or total < least:
                break
            tasks[count, Task.TEXT], tasks[count, Task.CODEPAGE] = text, best
            count += 1
        for codepage in range(codepages):
            gain = values[text, codepage]
            values[text, codepage] = -priors.rarity[codepage] if gain > 0 and gain >= FAINT * most else NEVER
    return count


@kernel(interpreted=True, inline=True)
def best_codepage(
    known: Column[np.float64], values: Table[np.int64], text: int, least: float, tasks: Table[np.int64], first: int,
    count: int,
) -> int:  # fmt: skip
    """The code page that gains most in a text, at least `least`, and is in no row of `tasks[first:count]`; -1: none
    is."""
    best = -1
    for codepage in range(len(known)):
        gain = values[text, codepage]
        if gain > 0 and gain >= least:
            taken = False
            for k in range(first, count):
                taken = taken or tasks[k, Task.CODEPAGE] == codepage
            if not taken and (best < 0 or known[codepage] + gain * UNIT > known[best] + values[text, best] * UNIT):
                best = codepage
    return best


@kernel(interpreted=True, inline=True)
def agree(
    codes: Codes, rows: Table[np.int64], begin: int, stop: int, other_begin: int, codepages: tuple[int, int],
    units: Table[np.uint16],
) -> bool:  # fmt: skip
    """Whether the runs of a text from number `begin` to `stop` are and mean the same as those from `other_begin` on.
    The former are those of the code page `codepages[0]`, the latter of `codepages[1]`."""
    for k in range(begin, stop):
        k2 = k - begin + other_begin
        codepage, codepage2 = rows[k, Run.CODEPAGE], rows[k2, Run.CODEPAGE]
        start, end = rows[k, Run.START], rows[k, Run.END]
        if start != rows[k2, Run.START] or end != rows[k2, Run.END] or rows[k, Run.GAIN] != rows[k2, Run.GAIN]:
            return False
        same = codepage == codepage2 and codepage != codepages[0] and codepage != codepages[1]
        if not same and (codepage != codepages[0] or codepage2 != codepages[1]):
            return False
        for i in range(start, end):
            if units[codes[i], codepage] != units[codes[i], codepage2]:
                return False
    return True


@kernel(interpreted=True)
def choose_runs(likely: LikelyRuns, text: int, choice: Choice, chosen: DecodedRuns, count: int) -> int:
    """Copy to `chosen.rows`, from `count` on, the best of the runs of a text that do not overlap, by start; returns
    where they end. Weighted interval scheduling by greed: the best score goes first.

    Runs of code pages with a value of NEVER do not count."""
    runs, order, begin, low = likely.runs, choice.order, likely.starts[text], 0
    total = pick_codepages(likely, text, choice)
    while low < total:
        high, best = overlapping_group(runs, begin, choice, low, total)
        if overlap_all(runs, begin, order, low, high, best):
            copy_run(runs, begin, choice, best, chosen, count)
            count += 1
        else:
            start, end = runs[begin + order[low, Order.RUN], LikelyRun.START], 0
            for k in range(low, high):
                end = max(end, runs[begin + order[k, Order.RUN], LikelyRun.END])
            sort_by_score(choice, low, high)
            take_disjoint(runs, begin, choice, low, high)
            for i in range(start, end):
                if choice.chosen[i] > 0:
                    copy_run(runs, begin, choice, choice.chosen[i] - 1, chosen, count)
                    count += 1
                choice.chosen[i] = 0
        low = high
    return count


@kernel(interpreted=True)
def pick_codepages(likely: LikelyRuns, text: int, choice: Choice) -> int:
    """Write the likely runs of a text that count to `choice.order`, and the code page of each to `choice.picked`;
    returns how many there are. Those of one hit are in the order of their code pages. A run is worth eight times its
    gain, and the value of its code page."""
    runs, order, picked, begin = likely.runs, choice.order, choice.picked, likely.starts[text]
    many, total, first = rank_codepages(choice), 0, 0
    for k in range(begin, likely.starts[text + 1]):
        hit = k > begin and runs[k, LikelyRun.HIT] == runs[k - 1, LikelyRun.HIT]
        if not hit or runs[k, LikelyRun.START] != runs[k - 1, LikelyRun.START]:
            first = total
        bits, level = 0, 0
        while bits == 0 and level < many:
            bits = runs[k, LikelyRun.CODEPAGES] & choice.levels[level]
            level += 1
        if bits:
            codepage = choice.numbers[np.uint64(bits & -bits) % np.uint64(67)]
            picked[k - begin, Picked.CODEPAGE] = codepage
            picked[k - begin, Picked.SCORE] = 8 * runs[k, LikelyRun.GAIN] + choice.value[codepage]
            at = total
            while at > first and picked[order[at - 1, Order.RUN], Picked.CODEPAGE] > codepage:
                order[at, Order.RUN] = order[at - 1, Order.RUN]
                at -= 1
            order[at, Order.RUN] = k - begin
            total += 1
    return total


@kernel(interpreted=True, inline=True)
def rank_codepages(choice: Choice) -> int:
    """Fill in `choice.levels`; returns how many there are. Code pages with a value of NEVER are in none."""
    many, bound = 0, -NEVER
    while bound > NEVER:
        best = NEVER
        for codepage in range(len(choice.value)):
            best = max(best, choice.value[codepage]) if choice.value[codepage] < bound else best
        bits = 0
        for codepage in range(len(choice.value)):
            bits |= (1 << codepage) if choice.value[codepage] == best else 0
        choice.levels[many] = bits
        many += 1 if best > NEVER else 0
        bound = best
    return many


@kernel(interpreted=True, inline=True)
def overlapping_group(runs: Table[np.int64], begin: int, choice: Choice, low: int, total: int) -> tuple[int, int]:
    """The end of the runs from `order[low]` on that overlap, directly or by way of others, and the best of them. The
    first run of the text is number `begin`."""
    order = choice.order
    best = order[low, Order.RUN]
    reach, high = runs[begin + best, LikelyRun.END], low + 1
    while high < total and runs[begin + order[high, Order.RUN], LikelyRun.START] < reach:
        k = order[high, Order.RUN]
        reach = max(reach, runs[begin + k, LikelyRun.END])
        if choice.picked[k, Picked.SCORE] > choice.picked[best, Picked.SCORE]:
            best = k
        high += 1
    return high, best


@kernel(interpreted=True, inline=True)
def overlap_all(runs: Table[np.int64], begin: int, order: Table[np.int64], low: int, high: int, best: int) -> bool:
    """Whether all runs of a group overlap the best one, as mostly."""
    all_do = True
    for k in range(low, high):
        run = begin + order[k, Order.RUN]
        before_end = runs[run, LikelyRun.START] < runs[begin + best, LikelyRun.END]
        all_do = all_do and before_end and runs[begin + best, LikelyRun.START] < runs[run, LikelyRun.END]
    return all_do


@kernel(interpreted=True, inline=True)
def sort_by_score(choice: Choice, low: int, high: int) -> None:
    """Sort `order[low:high]`, the best first: bottom-up merge sort, which is stable."""
    order, size = choice.order, 1
    while size < high - low:
        for left in range(low, high, 2 * size):
            a, b, end = left, left + size, min(left + 2 * size, high)
            for k in range(left, end):
                later = a == left + size
                if not later and b < end:
                    one, other = order[a, Order.RUN], order[b, Order.RUN]
                    later = choice.picked[other, Picked.SCORE] > choice.picked[one, Picked.SCORE]
                order[k, Order.MERGED] = order[b, Order.RUN] if later else order[a, Order.RUN]
                a, b = (a, b + 1) if later else (a + 1, b)
        for k in range(low, high):
            order[k, Order.RUN] = order[k, Order.MERGED]
        size *= 2


@kernel(interpreted=True, inline=True)
def take_disjoint(runs: Table[np.int64], begin: int, choice: Choice, low: int, high: int) -> None:
    """Take the runs `order[low:high]`, the first ones first, that overlap none that was taken. `chosen` becomes the
    number of a run, from 1, where it starts, and -1 where it goes on."""
    for k in range(low, high):
        run, free = choice.order[k, Order.RUN], True
        start, end = runs[begin + run, LikelyRun.START], runs[begin + run, LikelyRun.END]
        for i in range(start, end):
            free = free and choice.chosen[i] == 0
        if free:
            for i in range(start, end):
                choice.chosen[i] = -1
            choice.chosen[start] = run + 1


@kernel(interpreted=True, inline=True)
def copy_run(runs: Table[np.int64], begin: int, choice: Choice, number: int, chosen: DecodedRuns, count: int) -> None:
    """Copy a run, in the code page that was picked, to row `count` of the chosen ones."""
    rows, k = chosen.rows, begin + number
    rows[count, Run.START], rows[count, Run.END] = runs[k, LikelyRun.START], runs[k, LikelyRun.END]
    rows[count, Run.UNITS], rows[count, Run.GAIN] = runs[k, LikelyRun.UNITS], runs[k, LikelyRun.GAIN]
    rows[count, Run.CODEPAGE] = choice.picked[number, Picked.CODEPAGE]
