"""Kernels: the runs of UTF-8 units that begin where `_scan.sift` says, and what they gain."""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, kernel
from newsclean.damage.codepoints import LAST_ASSIGNED, NEW_LINE, Codes
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.models.bigrams import HASH_LEFT, HASH_RIGHT, PLACES, Model, Symbol, symbol_cost
from newsclean.damage.screening.columns import MARKS, CodePageMaps, Found, Hit, LikelyRun, Mark, Progress, Room, Sign

WIDTH_OF_TABLES = len(CODEPAGES)
UNKNOWN_COST = 1 << 20  # stands for the cost of a pair that is not in the dense table: more than any unit may gain


@kernel(interpreted=True)
def follow(
    codes: Codes, maps: CodePageMaps, model: Model, least: int, room: Room, sizes: tuple[int, int], found: Found,
    place: tuple[int, int],
) -> int:  # fmt: skip
    """Follow the runs that begin with one of the hits that `sift` kept; returns how many runs there are then. `sizes`
    are the numbers of hits of three and of two bytes. Runs that gain at least `least` are written to `found.runs`
    behind the first `place[1]`. What they tell is added to row `place[0]` of `found.signs`."""
    text, count = place
    codepages, likely, most, longest = 0, 0, 0, 0
    three, two = 0, 0
    for codepage in range(WIDTH_OF_TABLES):
        room.progress[codepage, Progress.REACH], room.progress[codepage, Progress.GAIN] = 0, 0
    while two < sizes[1] or three < sizes[0]:
        i = len(codes)
        if three < sizes[0]:
            i = room.hits[three, Hit.THREE_END]
        if two < sizes[1]:
            i = min(i, room.hits[two, Hit.TWO_END])
        early, late = 0, 0
        if three < sizes[0] and room.hits[three, Hit.THREE_END] == i:
            early = room.hits[three, Hit.THREE_CODEPAGES]
            three += 1
        if two < sizes[1] and room.hits[two, Hit.TWO_END] == i:
            late = room.hits[two, Hit.TWO_CODEPAGES]
            two += 1
        while early | late:
            start = i - 2 if early else i - 1
            hit = early if early else late
            same = hit & -hit
            codepage = maps.numbers[np.uint64(same) % np.uint64(67)]
            if room.progress[codepage, Progress.REACH] <= start:
                stop, units, gain, settled = quick_run(codes, maps.units, model, room.paid, start, codepage, least)
                if not settled:
                    stop, units, gain = exact_run(codes, maps.units, model, start, codepage)
                if units:
                    same |= hit & same_bytes(codes, maps, codepage, start, stop)
                    reach = start, stop
                    own, total = note_run(maps.numbers, room, same, reach, gain if gain >= least else 0)
                    if gain >= least and own:
                        most, longest = max(most, total), max(longest, units)
                        codepages |= own
                        likely += 1
                        if count < len(found.runs):
                            found.runs[count, LikelyRun.START], found.runs[count, LikelyRun.END] = start, stop
                            found.runs[count, LikelyRun.UNITS], found.runs[count, LikelyRun.GAIN] = units, gain
                            found.runs[count, LikelyRun.CODEPAGES], found.runs[count, LikelyRun.HIT] = own, i
                            count += 1
            early, late = (early & ~same, late) if early else (0, late & ~same)
    found.signs[text, Sign.CODEPAGES], found.signs[text, Sign.RUNS] = codepages, likely
    found.signs[text, Sign.GAIN], found.signs[text, Sign.UNITS] = most, longest
    return count


@kernel(interpreted=True, inline=True)
def same_bytes(codes: Codes, maps: CodePageMaps, codepage: int, start: int, stop: int) -> int:
    """The code pages (bits) that read the same bytes as `codepage` from `start` to `stop`. No unit may begin there in
    them, if none may in `codepage`."""
    same = -1
    for k in range(start, stop):
        row = 0 + maps.rows[codes[k]]
        same &= maps.alike[row * WIDTH_OF_TABLES + codepage]
    behind = codes[stop] if stop < len(codes) else NEW_LINE
    if behind < 65536:
        leads = maps.marks[behind * MARKS + Mark.LEAD_OF_TWO] | maps.marks[behind * MARKS + Mark.LEAD_OF_MORE]
        same &= ~leads
        same = 0 if leads >> codepage & 1 else same
    return same


@kernel(interpreted=True, inline=True)
def note_run(
    numbers: Column[np.uint8], room: Room, codepages: int, reach: tuple[int, int], gain: int
) -> tuple[int, int]:
    """Note a run of some code pages (bits) from `reach[0]` to `reach[1]`, and what it gains there if that is likely
    (else 0). Returns those in which no earlier run goes beyond its start, and the most that one of them gains."""
    own, most, rest = 0, 0, codepages
    while rest:
        bit = rest & -rest
        rest ^= bit
        codepage = numbers[np.uint64(bit) % np.uint64(67)]
        if room.progress[codepage, Progress.REACH] <= reach[0]:
            room.progress[codepage, Progress.REACH] = reach[1]
            own |= bit
            room.progress[codepage, Progress.GAIN] += gain
            most = max(most, room.progress[codepage, Progress.GAIN])
    return own, most


@kernel(interpreted=True, inline=True)
def quick_run(
    codes: Codes, units: Column[np.uint16], model: Model, paid: Column[np.int64], start: int, codepage: int, least: int
) -> tuple[int, int, int, bool]:
    """The run of units of two or three bytes that begins at `start`: where it ends, how many units it has, what it
    gains. The last value says whether that is settled: it is exact, or a bound that is less than `least`."""
    stop, count, gain, exact, again = start, 0, 0, True, True
    a = model.symbol[codes[start - 1] if start > 0 else NEW_LINE]
    while again:
        c, lead, size, value = codes[stop] if stop < len(codes) else NEW_LINE, 0, 0, 0
        if c < 65536 and stop + 1 < len(codes):
            lead = 0 + units[c * WIDTH_OF_TABLES + codepage]
            lead &= 0xFF
        if lead:
            if lead >= 0xF0 or lead == 0xED:
                return stop, count, gain, False
            c1, c2 = codes[stop + 1], codes[stop + 2] if stop + 2 < len(codes) else NEW_LINE
            byte = 0 + units[min(c1, 65535) * WIDTH_OF_TABLES + codepage]
            if byte > 255:
                value = (byte >> 8 & 0x3F) | (lead & 0x1F) << 6
                size = 2
            if lead >= 0xE0 and size:
                byte = 0 + units[min(c2, 65535) * WIDTH_OF_TABLES + codepage]
                value = (byte >> 8 & 0x3F) | (value & 0x3FF) << 6
                size = 3 if byte > 255 and value >= 0x800 else 0
        if size == 0 and count == 0:
            return stop, count, gain, False
        step = 0 + paid[stop]
        if size:
            step += paid[stop + 1] + (paid[stop + 2] if size == 3 else 0)
            b = model.symbol[value]
            count += 1
        else:
            b = model.symbol[c]
            again = False
        if step >= UNKNOWN_COST:
            return stop, count, gain, False
        bound = least_cost(model, a, b)
        exact = exact and bound >= 0
        gain += step - (bound if bound >= 0 else -1 - bound)
        stop += size
        a = b
    return stop, count, gain, exact or gain < least


@kernel(interpreted=True, inline=True)
def least_cost(model: Model, a: int, b: int) -> int:
    """The cost of symbol `b` after symbol `a`; where a search would have to tell, -1 less what it costs at least."""
    frequent = len(model.frequent)
    if a < frequent and b < frequent:
        return 0 + model.frequent[a, b]
    step = model.transitions[model.symbols[a, Symbol.CLASS], model.symbols[b, Symbol.CLASS]]
    step += model.symbols[a, Symbol.BACK] + model.symbols[b, Symbol.SINGLE]
    place = a * HASH_LEFT + b * HASH_RIGHT & PLACES - 1
    if model.paired[place >> 3] >> (place & 7) & 1 == 0:
        return step
    rare = model.symbols[a, Symbol.BEHIND] if b < frequent else 0
    return -1 - min(step, model.symbols[b, Symbol.BEFORE] if a < frequent else rare)


@kernel(interpreted=True)
def exact_run(codes: Codes, units: Column[np.uint16], model: Model, start: int, codepage: int) -> tuple[int, int, int]:
    """The run of units that begins at `start`: where it ends, how many units it has (0: there is none), what it
    gains."""
    stop, count, gain, inside = start, 0, 0, True
    previous = codes[start - 1] if start > 0 else NEW_LINE
    while inside:
        length, value = exact_unit(codes, units, codepage, stop)
        if length == 0:
            inside, length, value = False, 1, codes[stop] if stop < len(codes) else NEW_LINE
            if count == 0:
                break
        for j in range(stop, stop + length):  # what its characters cost, and what it costs itself
            left, right = codes[j - 1] if j > 0 else NEW_LINE, codes[j] if j < len(codes) else NEW_LINE
            gain += symbol_cost(model, model.symbol[left], model.symbol[right])
        gain -= symbol_cost(model, model.symbol[previous], model.symbol[value])
        previous = value
        if inside:
            stop += length
            count += 1
    return stop, count, gain


@kernel(interpreted=True)
def exact_unit(codes: Codes, units: Column[np.uint16], codepage: int, at: int) -> tuple[int, int]:
    """How many characters the unit at a place has (0: there is none), and what it means. Two units of CESU-8 that are a
    surrogate pair are one."""
    length, value, high, again = 0, 0, 0, True
    while again:
        again = False
        k = at + length
        c = codes[k] if k < len(codes) else 0
        lead = 0
        if c < 65536:
            lead = 0 + units[c * WIDTH_OF_TABLES + codepage]
        lead &= 0xFF
        size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
        if lead == 0 or k + size > len(codes):
            break
        number = lead & (0x7F >> size)
        for j in range(k + 1, k + size):
            c = codes[j]
            byte = 0
            if c < 65536:
                byte = 0 + units[c * WIDTH_OF_TABLES + codepage]
            number = number << 6 | (byte >> 8 & 0x3F) if byte > 255 and number >= 0 else -1
        least = 0x80 if size == 2 else 0x800 if size == 3 else 0x10000
        # Tags and variation selectors are the last characters that are assigned.
        unassigned = number >= LAST_ASSIGNED and not 0xE0020 <= number < 0xE01F0
        if number < least or number > 0x10FFFF or unassigned:
            break
        if high:
            if 0xDC00 <= number < 0xE000:
                length, value = length + size, 0x10000 + ((high - 0xD800) << 10) + (number - 0xDC00)
        else:
            length, value = size, number
            if 0xD800 <= number < 0xDC00:
                high, again = number, True
    return length, value
