"""Kernels: find the code pages a text may have been misread in, and the runs that decode to something plausible."""

# mypy: disable-error-code="assignment"
from typing import Any  # numba unifies the kinds of integers that a variable takes; mypy cannot know

import numpy as np

from newsclean.damage.plausibility import HASH_LEFT, HASH_RIGHT, MODEL_TYPE, PLACES
from newsclean.kernels import kernel

LAST_ASSIGNED = 0x323B0  # code points above are private, unassigned or tags
IDEOGRAPHS = 30  # cost units that a pair of ideographs or Hangul costs less, on average, than the second one alone
DEBRIS, JOINER, JOINED = 8, 64, 128  # flags: something to remove, a joiner, a character that joiners stand behind
SIGNS = 63  # the flags that are signs of damage
LEAST_GAIN = 24  # cost units (2 nats) that a run must gain to be thought about
CODES_TYPE = "Array(uint32, 1, 'C', readonly=True)"


@kernel(interpreted=True)
def searched(model: Any, a: Any, b: Any) -> Any:
    """Cost (negated log probability in units) of symbol `b` after symbol `a`, at least one of which is not frequent."""
    _, symbols, bigrams, transitions, _, paired = model
    place = a * HASH_LEFT + b * HASH_RIGHT & PLACES - 1
    if paired[place >> 3] >> (place & 7) & 1:
        low, end = symbols[a, 3], symbols[a + 1, 3]
        high = end
        while low < high:
            middle = (low + high) >> 1
            if bigrams[middle] >> 8 < b:
                low = middle + 1
            else:
                high = middle
        pair = bigrams[low] if low < end else -1
        if pair >> 8 == b:
            return pair & 0xFF
    return symbols[a, 2] + transitions[symbols[a, 0], symbols[b, 0]] + symbols[b, 1]


@kernel(interpreted=True)
def cost(model: Any, left: Any, right: Any) -> Any:
    """Cost (negated log probability in units) of code point `right` after `left`, at most 255 of frequent ones."""
    a, b = model[0][left], model[0][right]
    frequent = model[4]
    if a < len(frequent) and b < len(frequent):
        return frequent[a, b]
    return searched(model, a, b)


@kernel(
    f"int64({CODES_TYPE}, int64[::1], int64[:, ::1], uint16[:, ::1], {MODEL_TYPE}, int64, int64, int64[::1], "
    "int64[:, ::1], int64[:, ::1])",
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

    One loop without calls: numba counts the references to each array that is passed to a function, which took ten
    times as long as all that is done about a hit.
    """
    symbol, symbols, bigrams, transitions, frequent, paired = model
    found = 0
    for text in range(len(out)):
        first, end, likely = offsets[text], offsets[text + 1], 0
        ampersand, plus, control = False, False, False
        for k in range(np.uint64(first), np.uint64(end)):  # as in `screen_bytes`, so that the loop below skips ASCII
            c = codes[k]
            ampersand |= c == 38
            plus |= c == 43
            control |= ((c < 32) & (c != 9) & (c != 10) & (c != 12) & (c != 13)) | (c == 127)
        most, longest = 0, 0
        flags = ampersand | plus << 1 | control << 2
        pages, two, more, second = 0, 0, 0, 0  # pages with such a lead just before; of more, one earlier
        left2, left, excess, largest = 10, 10, 0, 0
        spent, spent1, spent2, rough = 0, 0, 0, first - 1  # of this pair, one before, two; the last that is not exact
        base, base_start, base_stop, base_units, base_gain = 0, -1, 0, 0, 0  # the run that was weighed last
        i = first - 1
        while i + 1 < end:
            i += 1
            right = codes[i]
            if right < 0x80 and left < 0x80:
                while i + 4 < end and codes[i + 1] | codes[i + 2] | codes[i + 3] | codes[i + 4] < 0x80:
                    i += 4
                left = codes[i]
                continue
            a, b = symbol[left], symbol[right]
            spent1, spent2 = spent, spent1
            if a < len(frequent) and b < len(frequent):
                spent = 0 + frequent[a, b]
            else:  # ideographs and Hangul: the search for the pair costs ten times as much as the rest of the loop
                spent = transitions[symbols[a, 0], symbols[b, 0]] + symbols[b, 1] - IDEOGRAPHS
                rough = i
            excess = max(0, excess + spent - symbols[b, 4])
            largest = max(largest, excess)
            before, left2, left = left, left, right
            if right < 0x80 or right >= 65536:
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
            while early | late:
                start = i - 2 if early else i - 1
                bit = early & -early if early else late & -late
                early, late = (early - bit, late) if early else (0, late - bit)
                page = scratch[64 + bit % 67]
                if scratch[page] > start:
                    continue
                stop, units, gain, inside = start, 0, 0, True
                if start == base_start:  # pages often agree on a run: on its bytes, and that it ends there
                    k = start
                    while k < base_stop and (tables[codes[k], page] ^ tables[codes[k], base]) & 0x3FFF == 0:
                        k += 1
                    behind = codes[k] if k < end else 10
                    if k == base_stop and (
                        behind >= 65536 or (tables[behind, page] & 0xFF == 0 and tables[behind, base] & 0xFF == 0)
                    ):
                        stop, units, gain, inside = base_stop, base_units, base_gain, False
                previous, behind = codes[start - 1] if start > first else 10, codes[i + 1] if i + 1 < end else 10
                lead = 0 + tables[codes[start], page]
                lead &= 0xFF
                following = 0 + tables[behind, page] if behind < 65536 else 0
                following &= 0xFF
                if following and lead != 0xED:  # whether a unit follows: in Cyrillic text half of all letters are leads
                    c = codes[i + 2] if i + 2 < end else 10
                    d = codes[i + 3] if i + 3 < end else 10
                    if (
                        c >= 65536
                        or tables[c, page] < 256
                        or (following >= 0xE0 and (d >= 65536 or tables[d, page] < 256))
                    ):
                        following = 0
                if inside and lead < 0xF0 and rough < start and following == 0:
                    # One unit alone, as nearly all are in correct text: so it takes a fifth of the time.
                    byte = 0 + tables[right, page]
                    value = (byte >> 8 & 0x3F) | (lead & 0x1F) << 6
                    gain = spent + spent1
                    if start == i - 2:
                        byte = 0 + tables[left2, page]
                        value = (value & 0x3F) | (byte >> 8 & 0x3F) << 6 | (lead & 0xF) << 12
                        if value < 0x800:
                            continue
                        gain += spent2
                    p, q, n = symbol[previous], symbol[value], symbol[behind]
                    if p < len(frequent) and n < len(frequent):
                        step = 0 + frequent[b, n]
                        gain += step
                        if q < len(frequent):
                            step = 0 + frequent[p, q]
                            gain -= step
                            step = 0 + frequent[q, n]
                            gain -= step
                            stop, units, inside = i + 1, 1, False
                        else:  # less than this it does not cost, unless a bigram joins the two
                            place = p * HASH_LEFT + q * HASH_RIGHT & PLACES - 1
                            gain -= symbols[p, 2] + transitions[symbols[p, 0], symbols[q, 0]] + symbols[q, 1]
                            if gain < least and not paired[place >> 3] >> (place & 7) & 1:
                                stop, units, inside = i + 1, 1, False
                if inside:
                    gain = 0
                while inside:
                    length, value, high, again = 0, 0, 0, True
                    while again:  # a unit; of CESU-8, two that are a surrogate pair
                        again = False
                        k = stop + length
                        c = codes[k] if k < end else 0
                        lead = tables[c, page] if c < 65536 else 0
                        lead &= 0xFF
                        size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
                        if lead == 0 or k + size > end:
                            break
                        number = lead & (0x7F >> size)
                        for j in range(k + 1, k + size):
                            c = codes[j]
                            byte = tables[c, page] if c < 65536 else 0
                            number = number << 6 | (byte >> 8 & 0x3F) if byte > 255 and number >= 0 else -1
                        if (
                            number < (0x80 if size == 2 else 0x800 if size == 3 else 0x10000)
                            or number > 0x10FFFF
                            # tags and variation selectors are the last characters that are assigned
                            or (number >= LAST_ASSIGNED and not 0xE0020 <= number < 0xE01F0)
                        ):
                            break
                        if high:
                            if 0xDC00 <= number < 0xE000:
                                length, value = length + size, 0x10000 + ((high - 0xD800) << 10) + (number - 0xDC00)
                        else:
                            length, value = size, number
                            if 0xD800 <= number < 0xDC00:
                                high, again = number, True
                    if length == 0:
                        inside, length, value = False, 1, codes[stop] if stop < end else 10
                        if units == 0:
                            break
                    for j in range(stop, stop + length + 1):  # what its characters cost, and what it costs itself
                        if j < stop + length:
                            p = symbol[codes[j - 1] if j > first else 10]
                            q = symbol[codes[j] if j < end else 10]
                        else:
                            p, q = symbol[previous], symbol[value]
                        if p < len(frequent) and q < len(frequent):
                            step = 0 + frequent[p, q]
                        else:  # as in `cost`
                            step = 0 + transitions[symbols[p, 0], symbols[q, 0]]
                            place = p * HASH_LEFT + q * HASH_RIGHT & PLACES - 1
                            low, above = 0, 0
                            if paired[place >> 3] >> (place & 7) & 1:
                                low, above = symbols[p, 3], symbols[p + 1, 3]
                                top = above
                                while low < top:
                                    middle = (low + top) >> 1
                                    if bigrams[middle] >> 8 < q:
                                        low = middle + 1
                                    else:
                                        top = middle
                            pair = bigrams[low] if low < above else -1
                            step = pair & 0xFF if pair >> 8 == q else symbols[p, 2] + step + symbols[q, 1]
                        gain += step if j < stop + length else -step
                    previous = value
                    if inside:
                        stop += length
                        units += 1
                if units:
                    base, base_start, base_stop, base_units, base_gain = page, start, stop, units, gain
                    scratch[page] = stop
                    if gain >= least:
                        scratch[131 + page] = gain + (scratch[131 + page] if pages & bit else 0)
                        most, longest = max(most, scratch[131 + page]), max(longest, units)
                        pages |= bit
                        likely += 1
                        if found < len(runs):
                            runs[found, 0], runs[found, 1], runs[found, 2] = start - first, stop - first, units
                            runs[found, 3], runs[found, 4] = gain, page
                            found += 1
        out[text, 0], out[text, 1], out[text, 2] = flags & SIGNS, pages, largest
        out[text, 3], out[text, 4], out[text, 5] = likely, most, longest
    return found


@kernel("void(Array(uint8, 1, 'C', readonly=True), int64[::1], int64[::1])", interpreted=True)
def screen_bytes(data: Any, offsets: Any, out: Any) -> None:
    """Which of these each text has: ampersands (1), plus signs (2), controls (4).

    Comparisons instead of a table of byte values, and an index without sign: so 64 bytes are looked at at a time.
    """
    for text in range(len(out)):
        ampersand, plus, control = False, False, False
        for i in range(np.uint64(offsets[text]), np.uint64(offsets[text + 1])):
            byte = data[i]
            ampersand |= byte == 38
            plus |= byte == 43
            control |= ((byte < 32) & (byte != 9) & (byte != 10) & (byte != 12) & (byte != 13)) | (byte == 127)
        out[text] = ampersand | plus << 1 | control << 2


@kernel(f"void({CODES_TYPE}, {MODEL_TYPE}, int64[::1])", interpreted=True)
def costs(codes: Any, model: Any, out: Any) -> None:
    """Fill `out` with the cost of each character after the one before it, a line feed before the first one and, where
    `out` is longer than the text, behind the last."""
    symbol, frequent = model[0], model[4]
    left, a = 10, symbol[10]
    for i in range(len(out)):
        right = codes[i] if i < len(codes) else 10
        b = symbol[right]
        if a < len(frequent) and b < len(frequent):
            out[i] = frequent[a, b]
        else:
            out[i] = cost(model, left, right)
        left, a = right, b
