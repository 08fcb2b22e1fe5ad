"""Kernels: the code pages that texts may have been misread in, the runs that decode to something plausible, and how
implausible the worst stretch of a text is.

Correct text in other scripts is full of UTF-8 units (every sixth letter of Russian ends one), so that they are looked
at in three steps, each a loop for itself: where units end (nothing but bits), a bound of what a unit alone may gain
(hardly a branch that cannot be predicted), and the runs that are left, one in seven (`following.py`).
"""

# mypy: disable-error-code="assignment"
from typing import Any  # numba unifies the kinds of integers that a variable takes; mypy cannot know

import numpy as np

from newsclean.damage.following import UNKNOWN, follow
from newsclean.damage.plausibility import MODEL_TYPE
from newsclean.damage.search import CODES_TYPE
from newsclean.kernels import kernel

IDEOGRAPHS = 30  # cost units that a pair of ideographs or Hangul costs less, on average, than the second one alone
DEBRIS, JOINER, JOINED = 8, 64, 128  # flags: something to remove, a joiner, a character that joiners stand behind
SIGNS = 63  # the flags that are signs of damage
LEAST_GAIN = 24  # cost units (2 nats) that a run must gain to be thought about


@kernel(interpreted=True)
def sift(
    codes: Any,
    first: Any,
    end: Any,
    tables: Any,
    model: Any,
    least: Any,
    scratch: Any,
    paid: Any,
    hits: Any,
    count: Any,
    column: Any,
) -> Any:
    """Keep those of `count` hits, of three bytes (column 0) or two (column 2), that may be in likely runs: a unit that
    others follow, or that may gain `least` alone; returns how many.

    A hit is where a unit ends and the pages (bits) in which it is one. A pair of frequent and rare symbols costs at
    least what it costs backed off, or what the cheapest bigram of the rare one costs.
    """
    symbol, symbols, _, transitions, frequent, _ = model
    kept = 0
    for row in range(count):
        i, left_over, keeping = hits[row, column], hits[row, column + 1], 0
        behind = codes[i + 1] if i + 1 < end else 10
        beyond = codes[i + 2] if i + 2 < end else 10
        third = codes[i + 3] if i + 3 < end else 10
        n = symbol[behind]
        c2 = codes[i]
        start = i - 1 if column else i - 2
        c0, c1 = codes[start], codes[start + 1]
        p = symbol[codes[start - 1] if start > first else 10]
        total = paid[start - first] + paid[start + 1 - first] + paid[i + 1 - first]
        total += 0 if column else paid[i - first]
        p, n = min(p, len(frequent) - 1), min(n, len(frequent) - 1)  # rarer ones make `total` UNKNOWN
        class_p, back_p, class_n, single_n = symbols[p, 0], symbols[p, 2], symbols[n, 0], symbols[n, 1]
        rest = left_over & (left_over - 1)
        if rest & (rest - 1):  # more than two pages, as in mojibake: it is cheaper to follow it in one of them
            left_over, keeping = 0, left_over
        while left_over:
            bit = left_over & -left_over
            left_over ^= bit
            page = scratch[64 + bit % 67]
            lead = 0 + tables[c0, page]
            lead &= 0xFF
            middle = 0 + tables[c1, page]
            last = 0 + tables[c2, page]
            value = last >> 8 & 0x3F
            value |= (lead & 0x1F) << 6 if column else (middle >> 8 & 0x3F) << 6 | (lead & 0xF) << 12
            following = 0 + tables[min(behind, 65535), page]
            follower = 0 + tables[min(beyond, 65535), page]
            further = 0 + tables[min(third, 65535), page]
            complex = ((following & 0xFF) != 0) & (follower > 255)
            complex &= ((following & 0xFF) < 0xE0) | (further > 255)
            complex |= (lead == 0xED) | (((middle | last) & 0xFF) != 0)
            q = symbol[value]
            if q < len(frequent):
                step = 0 + frequent[p, q]
                gain = total - step
                step = 0 + frequent[q, n]
                gain -= step
            else:
                class_q = symbols[q, 0]
                gain = total - min(back_p + transitions[class_p, class_q] + symbols[q, 1], symbols[q, 5])
                gain -= min(symbols[q, 2] + transitions[class_q, class_n] + single_n, symbols[q, 6])
            keep = (complex | (gain >= least)) & ((column > 0) | (value >= 0x800)) | (
                (lead >= 0xF0) & (following > 255)
            )
            keeping |= bit if keep else 0
        hits[kept, column], hits[kept, column + 1] = i, keeping
        kept += keeping != 0
    return kept


@kernel(
    f"int64({CODES_TYPE}, int64[::1], int64[:, ::1], uint16[:, ::1], {MODEL_TYPE}, int64, int64, int64[::1], "
    "int64[:, ::1], int64[:, ::1], int64[::1], int64[:, ::1])",
    interpreted=True,
)
def screen(
    codes: Any,
    offsets: Any,
    marks: Any,
    tables: Any,
    model: Any,
    wanted: int,
    least: int,
    scratch: Any,
    out: Any,
    runs: Any,
    paid: Any,
    hits: Any,
) -> int:
    """Signs of damage in texts: a row of `out` becomes flags of characters, code pages (a bit each) in which a run of
    UTF-8 units is likely, excess, number of likely runs, most that those of a page gain together, most units of one.

    A run is a maximal row of units in a page; it is likely if it gains at least `least`: by that much it is cheaper
    decoded than as it stands, its neighbours included, line feeds being the neighbours of a text. The excess is the
    largest sum, over any stretch of the text, of what its characters cost beyond their allowance, transitions within
    ASCII left out.

    `marks[c]` are, for each character below 65536, its flags and the pages in which it is a lead byte of two, a lead
    byte of more, and a continuation byte; `tables[c, page]` is `continuation byte << 8 | lead byte` of the character,
    0 where it is neither; `wanted` are the pages (bits) that are looked at. `scratch[page]` is how far runs have been
    looked at, `scratch[131 + page]` what those of this text gain; `scratch[64 + bit % 67]` is the number of a bit.
    Likely runs are written to `runs` (start and end in the text, units, gain, page) while there is room; returns how
    many were.

    `paid` and `hits` are scratch, one number and four for each character of the longest text and one more: what each
    costs after the one before it, and where units end.
    """
    symbol, symbols, _, transitions, frequent, _ = model
    found = 0
    for text in range(len(out)):
        first, end = offsets[text], offsets[text + 1]
        ampersand, plus, control = False, False, False
        for k in range(np.uint64(first), np.uint64(end)):  # as in `screen_bytes`, so that the loop below skips ASCII
            c = codes[k]
            ampersand |= c == 38
            plus |= c == 43
            control |= ((c < 32) & (c != 9) & (c != 10) & (c != 12) & (c != 13)) | (c == 127)
        flags = ampersand | plus << 1 | control << 2
        two, more, second = 0, 0, 0  # pages with such a lead just before; of more, one earlier
        left, excess, largest, hit = 10, 0, 0, 0
        i = first - 1
        while i + 1 < end:
            i += 1
            right = codes[i]
            if left | right < 0x80:
                while i + 4 < end and codes[i + 1] | codes[i + 2] | codes[i + 3] | codes[i + 4] < 0x80:
                    i += 4
                left = codes[i]
                continue
            a, b = symbol[left], symbol[right]
            if a < len(frequent) and b < len(frequent):
                spent = 0 + frequent[a, b]
                paid[i - first] = spent
            else:  # ideographs and Hangul: the search for the pair costs ten times as much as the rest of the loop
                spent = transitions[symbols[a, 0], symbols[b, 0]] + symbols[b, 1] - IDEOGRAPHS
                paid[i - first] = UNKNOWN
            excess = max(0, excess + spent - symbols[b, 4])
            largest = max(largest, excess)
            before, left = left, right
            if right >= 65536:
                two, more, second = 0, 0, 0
                continue
            flag = marks[right, 0]
            if flag & JOINER and not (before < 65536 and marks[before, 0] & JOINED):
                flag |= DEBRIS
            flags |= flag
            continuation = marks[right, 3] & wanted
            early, late = second & continuation, two & continuation  # hits whose lead stands two and one before
            second = more & continuation
            two, more = marks[right, 1], marks[right, 2]
            hits[hit, 0] = i
            hit += (early | late) != 0
        if left >= 0x80:
            a = symbol[left]
            paid[end - first] = 0 + frequent[a, symbol[10]] if a < len(frequent) else UNKNOWN
        twos, threes = 0, 0  # hits of units of two bytes, and of more: apart, since which it is cannot be predicted
        for row in range(hit):
            i = hits[row, 0]
            before, left, right = codes[i - 2] if i - 2 >= first else 10, codes[i - 1], codes[i]
            continuation = marks[right, 3] & wanted
            late = marks[left, 1] & continuation
            early = marks[before, 2] & marks[left, 3] & continuation if before < 65536 else 0
            hits[threes, 0], hits[threes, 1], hits[twos, 2], hits[twos, 3] = i, early, i, late
            threes += early != 0
            twos += late != 0
        out[text, 0], out[text, 1], out[text, 2] = flags & SIGNS, 0, largest
        out[text, 3], out[text, 4], out[text, 5] = 0, 0, 0
        if hit:
            threes = sift(codes, first, end, tables, model, least, scratch, paid, hits, threes, 0)
            twos = sift(codes, first, end, tables, model, least, scratch, paid, hits, twos, 2)
            found = follow(
                codes, first, end, tables, model, least, scratch, paid, hits, threes, twos, text, out, runs, found
            )
    return found
