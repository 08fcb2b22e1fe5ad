"""Kernels: the code pages that texts may have been misread in, the runs that decode to something plausible, and how
implausible the worst stretch of a text is.

Correct text in other scripts is full of UTF-8 units (every sixth letter of Russian ends one). So it is looked at in
loops of one thing each: what its characters cost, where units end (nothing but bits), a bound of what a unit alone may
gain (hardly a branch that cannot be predicted), and the runs that are left, one unit in seven (`_runs.py`). The
first two in one loop took half as long again: it had more to remember than a processor has registers.
"""

# mypy: disable-error-code="assignment"

from typing import Any

import numpy as np

from newsclean.damage.codepoints import CODES_TYPE
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.models.bigrams import FREQUENT, MODEL_TYPE
from newsclean.damage.screening._ascii import ascii_flags
from newsclean.damage.screening._runs import UNKNOWN, follow
from newsclean.damage.screening.tables import LOOKUP_TYPE
from newsclean.kernels import kernel

PAGES = len(CODEPAGES)
BLOCK = 8  # code points; ASCII is skipped by blocks
IDEOGRAPHS = 30  # cost units that a pair of ideographs or Hangul costs less, on average, than the second one alone
DEBRIS, JOINER, JOINED = 8, 64, 128  # flags: something to remove, a joiner, a character that joiners stand behind
SIGNS = 63  # the flags that are signs of damage
LEAST_GAIN = 24  # cost units (2 nats) that a run must gain to be thought about
FLAGS = 48  # bits of marks above those of pages
ROOM_TYPE = "Tuple((uint32[::1], int64[::1], uint32[::1], uint32[::1], int64[:, ::1], int64[:, ::1]))"
LAST = 65535  # no character: it stands for those above, which no code page has


@kernel(interpreted=True)
def stretches(codes: Any, spans: Any) -> Any:
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
def spend(codes: Any, spans: Any, count: Any, lookup: Any, transitions: Any, paid: Any) -> Any:
    """Write to `paid` what each character of some stretches costs after the one before it, UNKNOWN where the dense
    table does not tell; returns the excess."""
    symbol, pairs, allowance, classes, single, _, _, _ = lookup
    excess, largest = 0, 0
    for span in range(count):
        start, stop = spans[2 * span], spans[2 * span + 1]
        left = codes[start - 1] if start else 10
        a = symbol[left]
        for i in range(np.uint64(start), np.uint64(stop)):
            right = codes[i]
            b = symbol[right]
            if a | b < FREQUENT:
                step = 0 + pairs[a * FREQUENT + b]
                paid[i] = step
            else:  # ideographs and Hangul: the search for the pair costs ten times as much as the rest of the loop
                step = transitions[classes[a], classes[b]] + single[b] - IDEOGRAPHS
                paid[i] = UNKNOWN
            step -= allowance[b]
            excess = max(0, excess + step) if left | right >= 0x80 else excess
            largest = max(largest, excess)
            a, left = b, right
    return largest


@kernel(interpreted=True)
def endings(codes: Any, spans: Any, count: Any, marks: Any, wanted: Any, threes: Any, twos: Any) -> Any:
    """Write where units of three bytes or more end to `threes`, and of two to `twos`: apart, since which it is cannot
    be predicted. Returns how many there are of either, and the flags of the characters beyond ASCII."""
    three, two, flags = np.uint64(0), np.uint64(0), 0
    for span in range(count):
        leads, longer, second = 0, 0, 0  # pages with such a lead just before; of `longer`, one earlier
        for i in range(np.uint64(spans[2 * span]), np.uint64(spans[2 * span + 1])):
            row = min(codes[i], LAST) * 4
            flags |= marks[row]
            continuation = marks[row] & wanted
            threes[three] = i
            twos[two] = i
            three += np.uint64(second & continuation != 0)
            two += np.uint64(leads & continuation != 0)
            second = longer & continuation
            leads, longer = marks[row + 1], marks[row + 2]
    return three, two, flags >> FLAGS


@kernel(interpreted=True)
def loose_joiner(codes: Any, marks: Any) -> Any:
    """Whether a joiner stands behind a character that none stands behind."""
    joined, loose = 0, False
    for i in range(len(codes)):
        flag = marks[min(codes[i], LAST) * 4] >> FLAGS
        loose |= (flag & JOINER != 0) & (joined & JOINED == 0)
        joined = flag
    return loose


@kernel(interpreted=True)
def sift(
    codes: Any,
    units: Any,
    count: Any,
    marks: Any,
    wanted: Any,
    tables: Any,
    numbers: Any,
    lookup: Any,
    least: Any,
    paid: Any,
    hits: Any,
    column: Any,
) -> Any:
    """Write those of `count` units, of three bytes (column 0) or two (column 2), that may be in likely runs to `hits`,
    where they end and the pages (bits) in which they are units: those that others follow, or that may gain `least`
    alone. Returns how many.
    """
    symbol, _, _, _, _, meanings, before, behind = lookup
    kept = 0
    for row in range(count):
        i, keeping = units[row], 0
        start = max(0, i - 1 if column else i - 2)
        c0, c1, c2 = codes[start], codes[start + 1], codes[i]
        p = symbol[codes[start - 1] if start > 0 else 10]
        total = paid[start] + paid[start + 1] + paid[i + 1]
        total += 0 if column else paid[i]
        c, d, e = 10, 10, 10
        if i + 3 < len(codes):
            c, d, e = codes[i + 1], codes[i + 2], codes[i + 3]
        elif i + 1 < len(codes):
            c, d = codes[i + 1], codes[i + 2] if i + 2 < len(codes) else 10
        n = symbol[c]
        p, n = min(p, FREQUENT - 1), min(n, FREQUENT - 1)  # rarer ones make `total` UNKNOWN
        c, d, e = min(c, LAST) * 4, min(d, LAST) * 4, min(e, LAST) * 4
        follows = (marks[c + 1] | (marks[c + 2] & marks[e])) & marks[d]
        longer = marks[c]
        left_over = marks[min(c2, LAST) * 4] & wanted
        left_over &= marks[c0 * 4 + 1] if column else marks[c0 * 4 + 2] & marks[c1 * 4]
        rest = left_over & (left_over - 1)
        if rest & (rest - 1):  # more than two pages, as in mojibake: it is cheaper to follow it in one of them
            left_over, keeping = 0, left_over
        while left_over:
            bit = left_over & -left_over
            left_over ^= bit
            page = numbers[np.uint64(bit) % np.uint64(67)]
            lead = tables[c0 * PAGES + page] & 0xFF
            middle = tables[c1 * PAGES + page]
            last = tables[c2 * PAGES + page]
            value = last >> 8 & 0x3F
            value |= (lead & 0x1F) << 6 if column else (middle >> 8 & 0x3F) << 6 | (lead & 0xF) << 12
            meaning = value * 5
            kind = meanings[meaning] * FREQUENT
            gain = total - min(before[kind + p] + meanings[meaning + 1], meanings[meaning + 2])
            gain -= min(behind[kind + n] + meanings[meaning + 3], meanings[meaning + 4])
            keep = (gain >= least) | (follows & bit != 0)
            keep |= (lead == 0xED) | (((middle | last) & 0xFF) != 0)
            keep &= (column > 0) | (value >= 0x800)
            keep |= (lead >= 0xF0) & (longer & bit != 0)
            keeping |= bit if keep else 0
        hits[kept, column], hits[kept, column + 1] = i, keeping
        kept += keeping != 0
    return kept


@kernel(
    f"int64({CODES_TYPE}, int64[::1], int64[::1], uint16[::1], uint8[::1], {MODEL_TYPE}, {LOOKUP_TYPE}, int64, int64, "
    f"{ROOM_TYPE}, int64[:, ::1], int64[:, ::1])",
    interpreted=True,
)
def scan(
    codes: Any,
    offsets: Any,
    marks: Any,
    tables: Any,
    numbers: Any,
    model: Any,
    lookup: Any,
    wanted: int,
    least: int,
    room: Any,
    out: Any,
    runs: Any,
) -> int:
    """Signs of damage in texts: a row of `out` becomes flags of characters, code pages (a bit each) in which a run of
    UTF-8 units is likely, excess, number of likely runs, most that those of a page gain together, most units of one.

    A run is a maximal row of units in a page; it is likely if it gains at least `least`: by that much it is cheaper
    decoded than as it stands, its neighbours included, line feeds being the neighbours of a text. The excess is the
    largest sum, over any stretch of the text, of what its characters cost beyond their allowance, transitions within
    ASCII left out.

    `marks[4 * c]` are, of each character below 65536, the pages in which it is a continuation byte, and its flags above
    bit FLAGS; then come those in which it is a lead byte of two, and of more; `tables[PAGES * c + page]` is
    `continuation byte << 8 | lead byte` of the character, 0 where it is neither; `numbers[bit % 67]` is the number of a
    page; `wanted` are the pages (bits) that are looked at. Likely runs are written to `runs` (start and end in the
    text, units, gain, page) while there is room; returns how many were.

    `room` is for what is noted of a text: two numbers for each character of the longest text and one more for its
    stretches, one for what it costs, one each for where units of three and two bytes end, four for those that are kept;
    and of each page how far its runs were followed, and what they gain.
    """
    spans, paid, threes, twos, hits, seen = room
    symbol, frequent = model[0], model[4]
    found = 0
    for text in range(len(out)):
        first, end = offsets[text], offsets[text + 1]
        part = codes[first:end]
        count = stretches(part, spans)
        largest = spend(part, spans, count, lookup, model[3], paid)
        three, two, flags = endings(part, spans, count, marks, wanted, threes, twos)
        if flags & JOINER and loose_joiner(part, marks):
            flags |= DEBRIS
        out[text, 0], out[text, 1], out[text, 2] = flags & SIGNS | ascii_flags(codes, first, end), 0, largest
        out[text, 3], out[text, 4], out[text, 5] = 0, 0, 0
        if three or two:
            last = symbol[part[len(part) - 1]]
            paid[len(part)] = 0 + frequent[last, symbol[10]] if last < len(frequent) else UNKNOWN
            three = sift(part, threes, three, marks, wanted, tables, numbers, lookup, least, paid, hits, 0)
            two = sift(part, twos, two, marks, wanted, tables, numbers, lookup, least, paid, hits, 2)
            found = follow(part, tables, numbers, model, least, seen, paid, hits, three, two, text, out, runs, found)
    return found
