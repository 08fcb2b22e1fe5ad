"""Kernels: the cheapest way to read a line in which UTF-8 units may have lost or changed bytes, as `lossy` tells."""

# mypy: disable-error-code="assignment"

from typing import Any

from newsclean.damage.codepoints import CODES_TYPE
from newsclean.damage.lossy.byte_forms import JOINED
from newsclean.damage.models.bigrams import MODEL_TYPE, UNIT, cost, searched
from newsclean.kernels import kernel

BEAM = 8  # last characters kept at each place
EFFORT = 25_000  # steps of one search; a line that needs more is left as it is
MOST_OPTIONS = 96  # decodings of one unit that are considered
STACK = 1024  # unfinished decodings of one unit: 3 times what may follow, some 250; more are not considered
STRINGS = 0x110000  # from here on, numbers of changed case that is more than one character
READING_TYPE = (
    "Tuple((uint16[::1], int64[:, ::1], float64[:, ::1], float64[:, ::1], uint32[::1], float64[:, ::1], uint32[::1], "
    "uint32[:, ::1], uint8[::1]))"
)


@kernel(interpreted=True)
def price(model: Any, left: Any, right: Any) -> Any:
    """Cost in nats of a code point after another; dear ones are not capped at 255 units as those of `cost` are."""
    units = 0 + cost(model, left, right)
    return (units if units < 255 else searched(model, model[0][left], model[0][right])) * UNIT


@kernel(interpreted=True)
def stands(codes: Any, at: Any, length: Any, tails: Any, tail: Any) -> Any:
    """Whether a form of a byte stands at a place, where its first character does."""
    same = at + length <= len(codes)
    for j in range(1, length):
        same = same and codes[at + j] == tails[tail + j - 1]
    return same


@kernel(
    f"int64({CODES_TYPE}, int64, {READING_TYPE}, int64[:, ::1], float64[::1], int64[:, ::1], float64[::1])",
    interpreted=True,
)
def units(codes: Any, i: int, reading: Any, stack: Any, owed: Any, found: Any, prices: Any) -> int:
    """Where a unit that begins at i may end and what character it may be (rows of `found`), and the penalty in nats;
    returns how many. `stack` and `owed` are scratch."""
    number, heads, leads, known, tails, absent, cased, _, assigned = reading
    count, here = 0, number[codes[i]]
    for k in range(heads[here, 0], heads[here + 1, 0]):
        length, lead = int(leads[k, 0]), int(leads[k, 2])
        if not stands(codes, i, length, tails, int(leads[k, 1])):
            continue
        need = 1 + (lead >= 0xE0) + (lead >= 0xF0)
        least = 0x80 if need == 1 else 0x800 if need == 2 else 0x10000
        stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3] = i + length, need, lead & 0x3F >> need, 0
        owed[0], top = leads[k, 3], 1
        while top > 0 and count < MOST_OPTIONS:
            top -= 1
            at, left, value, gone, penalty = stack[top, 0], stack[top, 1], stack[top, 2], stack[top, 3], owed[top]
            if left == 0:
                if least <= value < len(assigned) and assigned[value] and (gone == 0 or assigned[value] == 1):
                    found[count, 0], prices[count] = at, penalty
                    found[count, 1] = cased[value] if value < len(cased) else value
                    count += 1
                continue
            following = codes[at] if at < len(codes) else 0
            there = number[following] if following < len(number) else 0
            for row in range(heads[there, 1], heads[there + 1, 1]):
                length = int(known[row, 0])
                if top < STACK and stands(codes, at, length, tails, int(known[row, 1])):
                    stack[top, 0], stack[top, 1], stack[top, 3] = at + length, left - 1, gone
                    stack[top, 2], owed[top] = value << 6 | int(known[row, 2]), penalty + known[row, 3]
                    top += 1
            if gone == 0:
                for row in range(min(len(absent), STACK - top)):
                    stack[top, 0], stack[top, 1], stack[top, 3] = at, left - 1, 1
                    joined = absent[row, 2] > 0 and following == 32
                    stack[top, 2] = value << 6 | int(absent[row, 0])
                    owed[top] = penalty + (JOINED if joined else absent[row, 1])
                    top += 1
    return count


@kernel(
    f"boolean({CODES_TYPE}, {READING_TYPE}, int64[:, ::1], float64[::1], int64[:, ::1], float64[::1])", interpreted=True
)
def offers(codes: Any, reading: Any, stack: Any, owed: Any, found: Any, prices: Any) -> bool:
    """Whether any unit may begin in a line; the rest is scratch. Of text that was misread once, hardly any line has one
    for two code pages, and a search would cost ten times as much."""
    number, heads = reading[0], reading[1]
    for i in range(len(codes)):
        c = codes[i]
        starts = c < len(number) and heads[number[c] + 1, 0] > heads[number[c], 0]
        if starts and units(codes, i, reading, stack, owed, found, prices):
            return True
    return False


@kernel(
    f"int64({CODES_TYPE}, int64[:, ::1], {READING_TYPE}, int64, float64, int64[:, ::1], float64[::1], int64[:, ::1], "
    "float64[::1])",
    interpreted=True,
)
def lossy_unit(
    codes: Any, read: Any, reading: Any, number: int, least: float, stack: Any, owed: Any, found: Any, prices: Any
) -> int:
    """The first of the units `read` (what was read, start, end), from `number` on, that has no reading at a penalty
    below `least`, so that a byte of it was changed or lost; their number if there is none. The rest is scratch."""
    for k in range(number, len(read)):
        count = units(codes, read[k, 1], reading, stack, owed, found, prices)
        lost = True
        for j in range(count):
            lost = lost and (found[j, 0] != read[k, 2] or found[j, 1] != read[k, 0] or prices[j] >= least)
        if lost:
            return k
    return len(read)


@kernel(
    f"int64({CODES_TYPE}, {MODEL_TYPE}, {READING_TYPE}, int64[:, ::1], float64[::1], int64[:, ::1], int64[:, ::1], "
    "int64[:, ::1], float64[::1], int64[:, ::1], float64[::1])",
    interpreted=True,
)
def cheapest(
    codes: Any,
    model: Any,
    reading: Any,
    states: Any,
    paid: Any,
    slots: Any,
    ends: Any,
    found: Any,
    prices: Any,
    stack: Any,
    owed: Any,
) -> int:
    """The number of the last state of the cheapest way through a line, -1 if that takes more than EFFORT steps.

    A row of `states` becomes what was read last (a code point or STRINGS + the number of a string), its last code
    point, where it starts, whether it was decoded, and the state before; `paid` is what the way so far costs (nats).
    States that end at a place, one for each last code point, are a list from `ends[place, 0]` to `ends[place, 1]`,
    numbers of rows of `slots` + 1, which hold a state, the next number, and whether the state is taken already. The
    rest is scratch.
    """
    number, heads, strings = reading[0], reading[1], reading[7]
    states[0, 0], states[0, 1], states[0, 2], states[0, 3], states[0, 4], paid[0] = 10, 10, 0, 0, -1, 0.0
    slots[0, 0], slots[0, 1], slots[0, 2], ends[0, 0], ends[0, 1] = 0, 0, 0, 1, 1
    made, filled, effort = 1, 1, EFFORT
    for i in range(len(codes) + 1):
        options = 0  # beside that of keeping the character
        if i < len(codes) and codes[i] < len(number) and heads[number[codes[i]] + 1, 0] > heads[number[codes[i]], 0]:
            options = units(codes, i, reading, stack, owed, found, prices)
        size, slot = 0, ends[i, 0]
        while slot:
            size, slot = size + 1, slots[slot - 1, 1]
        effort -= min(size, BEAM) * (options + 1)
        if i == len(codes):
            break
        if effort < 0:
            return -1
        slot = ends[i, 0]
        for _ in range(min(size, BEAM)):
            if size > BEAM:  # the cheapest one that is left, and of those the first
                best, other = 0, ends[i, 0]
                while other:
                    cheaper = best == 0 or paid[slots[other - 1, 0]] < paid[slots[best - 1, 0]]
                    if slots[other - 1, 2] == 0 and cheaper:
                        best = other
                    other = slots[other - 1, 1]
                slot, slots[best - 1, 2] = best, 1
            state, slot = slots[slot - 1, 0], slots[slot - 1, 1]
            for k in range(options + 1):
                end = found[k - 1, 0] if k else i + 1
                new = found[k - 1, 1] if k else int(codes[i])
                last = new if new < STRINGS else int(strings[new - STRINGS, 0])
                step = price(model, states[state, 1], last)
                for j in range(1, 3):
                    if new >= STRINGS and strings[new - STRINGS, j]:
                        step += price(model, last, strings[new - STRINGS, j])
                        last = int(strings[new - STRINGS, j])
                total = paid[state] + (prices[k - 1] if k else 0.0) + step
                old = ends[end, 0]
                while old and states[slots[old - 1, 0], 1] != last:
                    old = slots[old - 1, 1]
                if old and total >= paid[slots[old - 1, 0]]:
                    continue
                states[made, 0], states[made, 1], states[made, 2] = new, last, i
                states[made, 3], states[made, 4], paid[made] = k > 0, state, total
                if old == 0:
                    slots[filled, 1], slots[filled, 2] = 0, 0
                    filled += 1
                    old = filled
                    if ends[end, 0]:
                        slots[ends[end, 1] - 1, 1] = old
                    else:
                        ends[end, 0] = old
                    ends[end, 1] = old
                slots[old - 1, 0] = made
                made += 1
    slot, best, least = ends[len(codes), 0], -1, 0.0
    while slot:
        state = slots[slot - 1, 0]
        total = paid[state] + price(model, states[state, 1], 10)
        if best < 0 or total < least:
            best, least = state, total
        slot = slots[slot - 1, 1]
    return best


@kernel("int64(int64[:, ::1], int64, int64, int64[:, ::1])", interpreted=True)
def decoded(states: Any, state: int, end: int, out: Any) -> int:
    """The decoded units on the way to `state`, where a line ends, the last one first: a row of `out` becomes what was
    read, start and end; returns how many."""
    count = 0
    while state > 0:
        if states[state, 3]:
            out[count, 0], out[count, 1], out[count, 2] = states[state, 0], states[state, 2], end
            count += 1
        end, state = states[state, 2], states[state, 4]
    return count
