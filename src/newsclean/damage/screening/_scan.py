"""Kernels that find signs of mojibake: possible code pages, runs that decode to something plausible, implausible
stretches.

Correct text in other scripts is full of UTF-8 units (every sixth letter of Russian ends one). So it is looked at in
loops of one thing each: what its characters cost, and where units end (nothing but bits). Then come a bound of what a
unit alone may gain, with hardly a branch, and the runs that are left (`_runs.py`). One loop for the first two would
have more to remember than a processor has registers.
"""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import NEW_LINE, Codes
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.models.bigrams import FREQUENT, Model
from newsclean.damage.screening._ascii import ascii_flags
from newsclean.damage.screening._context import FLAGS, JOINER, LAST, LOST, loose_joiner, may_have_leftover
from newsclean.damage.screening._runs import UNKNOWN_COST, follow
from newsclean.damage.screening.columns import MARKS, Bounds, CodePageMaps, Found, Hit, Mark, Room, Sign
from newsclean.damage.screening.tables import MEANINGS, Lookup, Meaning

WIDTH_OF_TABLES = len(CODEPAGES)
BLOCK = 8  # code points; ASCII is skipped by blocks
IDEOGRAPHS = 30  # cost units that a pair of ideographs or Hangul costs less, on average, than the second one alone
DEBRIS = 8  # flag: something to remove
SIGNS = 63 | 256 | 512  # the flags that are signs of damage
LEAST_GAIN = 24  # cost units (2 nats) that a run must gain to be thought about
THREE, TWO = int(Hit.THREE_END), int(Hit.TWO_END)


@kernel(interpreted=True)
def stretches(codes: Codes, spans: Column[np.uint32]) -> int:
    """Write to `spans` where each stretch of blocks that are not all ASCII starts and ends, in turn; returns how many.

    A stretch ends one code point late, so that all pairs with a character beyond ASCII are in one.
    """
    count, after = 0, -1
    for start in range(0, len(codes), BLOCK):
        every, stop = np.uint32(0), min(start + BLOCK, len(codes))
        if stop - start == BLOCK:
            for k in range(BLOCK):
                every |= codes[start + k]
        else:
            for k in range(start, stop):
                every |= codes[k]
        if every >= 0x80:
            if after < start:
                spans[2 * count] = start
                count += 1
            after = min(stop + 1, len(codes))
            spans[2 * count - 1] = after
    return count


@kernel(interpreted=True)
def spend(codes: Codes, room: Room, count: int, lookup: Lookup, transitions: Table[np.int16]) -> int:
    """Write to `room.paid` what each character of some stretches costs after the one before it; returns the excess. It
    is UNKNOWN_COST where the dense table does not tell."""
    symbol, pairs, allowance = lookup.symbol, lookup.pairs, lookup.allowance
    classes, single, spans, paid = lookup.classes, lookup.single, room.spans, room.paid
    excess, largest = 0, 0
    for span in range(count):
        start, stop = spans[2 * span], spans[2 * span + 1]
        left = codes[start - 1] if start else NEW_LINE
        a = symbol[left]
        for i in range(np.uint64(start), np.uint64(stop)):
            right = codes[i]
            b = symbol[right]
            if a | b < FREQUENT:
                step = 0 + pairs[a * FREQUENT + b]
                paid[i] = step
            else:  # ideographs and Hangul: the search for the pair costs ten times as much as the rest of the loop
                step = transitions[classes[a], classes[b]] + single[b] - IDEOGRAPHS
                paid[i] = UNKNOWN_COST
            step -= allowance[b]
            excess = max(0, excess + step) if left | right >= 0x80 else excess
            largest = max(largest, excess)
            a, left = b, right
    return largest


@kernel(interpreted=True)
def endings(codes: Codes, room: Room, count: int, marks: Column[np.int64], wanted: int) -> tuple[int, int, int]:
    """Write where units of three bytes or more end to `room.threes`, and of two to `room.twos`: apart, since which it
    is cannot be predicted. Returns how many there are of either, and the flags of the characters beyond ASCII."""
    spans, threes, twos = room.spans, room.threes, room.twos
    three, two, flags = np.uint64(0), np.uint64(0), 0
    for span in range(count):
        leads, longer, second = 0, 0, 0  # code pages with such a lead just before; of `longer`, one earlier
        for i in range(np.uint64(spans[2 * span]), np.uint64(spans[2 * span + 1])):
            row = min(codes[i], LAST) * MARKS
            flags |= marks[row]
            continuation = marks[row] & wanted
            threes[three] = i
            twos[two] = i
            three += np.uint64(second & continuation != 0)
            two += np.uint64(leads & continuation != 0)
            second = longer & continuation
            leads, longer = marks[row + Mark.LEAD_OF_TWO], marks[row + Mark.LEAD_OF_MORE]
    return int(three), int(two), flags >> FLAGS


@kernel(interpreted=True)
def sift(codes: Codes, room: Room, count: int, maps: CodePageMaps, lookup: Lookup, bounds: Bounds, column: int) -> int:
    """Write those of `count` units that may be in likely runs to `room.hits`; returns how many. They have three bytes
    (column Hit.THREE_END) or two (Hit.TWO_END). Others follow them, or they may gain enough alone."""
    symbol, meanings, before, behind = lookup.symbol, lookup.meanings, lookup.before, lookup.behind
    marks, tables, numbers, paid, hits = maps.marks, maps.units, maps.numbers, room.paid, room.hits
    units = room.twos if column else room.threes
    kept = 0
    for row in range(count):
        i, keeping = units[row], 0
        start = max(0, i - 1 if column else i - 2)
        c0, c1, c2 = codes[start], codes[start + 1], codes[i]
        p = symbol[codes[start - 1] if start > 0 else NEW_LINE]
        total = paid[start] + paid[start + 1] + paid[i + 1]
        total += 0 if column else paid[i]
        c, d, e = NEW_LINE, NEW_LINE, NEW_LINE
        if i + 3 < len(codes):
            c, d, e = codes[i + 1], codes[i + 2], codes[i + 3]
        elif i + 1 < len(codes):
            c, d = codes[i + 1], codes[i + 2] if i + 2 < len(codes) else NEW_LINE
        n = symbol[c]
        p, n = min(p, FREQUENT - 1), min(n, FREQUENT - 1)  # rarer ones make `total` UNKNOWN_COST
        c, d, e = min(c, LAST) * MARKS, min(d, LAST) * MARKS, min(e, LAST) * MARKS
        follows = (marks[c + Mark.LEAD_OF_TWO] | (marks[c + Mark.LEAD_OF_MORE] & marks[e])) & marks[d]
        longer = marks[c]
        left_over = marks[min(c2, LAST) * MARKS] & bounds.codepages
        if column:
            left_over &= marks[c0 * MARKS + Mark.LEAD_OF_TWO]
        else:
            left_over &= marks[c0 * MARKS + Mark.LEAD_OF_MORE] & marks[c1 * MARKS]
        rest = left_over & (left_over - 1)
        if rest & (rest - 1):  # more than two code pages, as in mojibake: it is cheaper to follow it in one of them
            left_over, keeping = 0, left_over
        while left_over:
            bit = left_over & -left_over
            left_over ^= bit
            codepage = numbers[np.uint64(bit) % np.uint64(67)]
            lead = tables[c0 * WIDTH_OF_TABLES + codepage] & 0xFF
            middle = tables[c1 * WIDTH_OF_TABLES + codepage]
            last = tables[c2 * WIDTH_OF_TABLES + codepage]
            value = last >> 8 & 0x3F
            value |= (lead & 0x1F) << 6 if column else (middle >> 8 & 0x3F) << 6 | (lead & 0xF) << 12
            meaning = value * MEANINGS
            kind = meanings[meaning + Meaning.COLUMN] * FREQUENT
            gain = total - min(
                before[kind + p] + meanings[meaning + Meaning.SINGLE], meanings[meaning + Meaning.BEFORE]
            )
            gain -= min(behind[kind + n] + meanings[meaning + Meaning.BACK], meanings[meaning + Meaning.BEHIND])
            keep = (gain >= bounds.gain) | (follows & bit != 0)
            keep |= (lead == 0xED) | (((middle | last) & 0xFF) != 0)
            keep &= (column > 0) | (value >= 0x800)
            keep |= (lead >= 0xF0) & (longer & bit != 0)
            keeping |= bit if keep else 0
        hits[kept, column], hits[kept, column + 1] = i, keeping
        kept += keeping != 0
    return kept


@kernel(entry=True, interpreted=True)
def scan(
    codes: Codes, offsets: Column[np.int64], maps: CodePageMaps, model: Model, lookup: Lookup, bounds: Bounds, room:
    Room, found: Found,
) -> int:  # fmt: skip
    """Signs of damage in texts, and their likely runs while there is room; returns how many were written.

    A run is a maximal row of units in a code page. It is likely if decoding makes it cheaper by `bounds.gain`, its
    neighbours included. Line feeds are the neighbours of a text. The excess is the largest sum over any stretch of what
    its characters cost beyond their allowance. Transitions within ASCII do not count.
    """
    count = 0
    for text in range(len(found.signs)):
        first, end = offsets[text], offsets[text + 1]
        part = codes[first:end]
        some = stretches(part, room.spans)
        largest = spend(part, room, some, lookup, model.transitions)
        three, two, flags = endings(part, room, some, maps.marks, bounds.codepages)
        if flags & JOINER and loose_joiner(part, maps.marks):
            flags |= DEBRIS
        if flags & LOST and not may_have_leftover(part, room.spans, some, maps.marks):
            flags &= ~LOST
        found.signs[text, Sign.FLAGS] = flags & SIGNS | ascii_flags(codes, first, end)
        found.signs[text, Sign.CODEPAGES], found.signs[text, Sign.EXCESS] = 0, largest
        found.signs[text, Sign.RUNS], found.signs[text, Sign.GAIN], found.signs[text, Sign.UNITS] = 0, 0, 0
        if three or two:
            last = model.symbol[part[len(part) - 1]]
            known = last < len(model.frequent)
            room.paid[len(part)] = 0 + model.frequent[last, model.symbol[NEW_LINE]] if known else UNKNOWN_COST
            three = sift(part, room, three, maps, lookup, bounds, THREE)
            two = sift(part, room, two, maps, lookup, bounds, TWO)
            count = follow(part, maps, model, bounds.gain, room, (three, two), found, (text, count))
    return count
