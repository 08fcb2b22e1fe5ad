"""Kernel: the runs of UTF-8 units that begin where `_scan.sift` says, and what they gain."""

# mypy: disable-error-code="assignment"

from typing import Any

import numpy as np

from newsclean.damage.codepoints import LAST_ASSIGNED
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.models.bigrams import HASH_LEFT, HASH_RIGHT, PLACES
from newsclean.kernels import kernel

PAGES = len(CODEPAGES)
UNKNOWN = 1 << 20  # stands for the cost of a pair that is not in the dense table: more than any unit may gain


@kernel(interpreted=True)
def follow(
    codes: Any,
    tables: Any,
    numbers: Any,
    model: Any,
    least: Any,
    seen: Any,
    paid: Any,
    hits: Any,
    threes: Any,
    twos: Any,
    text: Any,
    out: Any,
    runs: Any,
    found: Any,
) -> Any:
    """Follow the runs that begin with one of the hits that `sift` kept: those that are likely are written to `runs`
    behind the `found` ones, and what they tell to row `text` of `out`, as `scan` says; returns how many there
    are.

    One loop without calls: numba counts the references to each array that is passed to a function, which took ten
    times as long as all that is done about a hit.
    """
    symbol, symbols, bigrams, transitions, frequent, paired = model
    pages, likely, most, longest = 0, 0, 0, 0
    base, base_start, base_stop, base_units, base_gain = 0, -1, 0, 0, 0  # the run that was weighed last
    two, three = 0, 0
    end = len(codes)
    for page in range(PAGES):
        seen[page, 0] = 0
    while two < twos or three < threes:
        i = end
        if three < threes:
            i = hits[three, 0]
        if two < twos:
            i = min(i, hits[two, 2])
        early, late = 0, 0
        if three < threes and hits[three, 0] == i:
            early = hits[three, 1]
            three += 1
        if two < twos and hits[two, 2] == i:
            late = hits[two, 3]
            two += 1
        while early | late:
            start = i - 2 if early else i - 1
            bit = early & -early if early else late & -late
            early, late = (early - bit, late) if early else (0, late - bit)
            page = numbers[np.uint64(bit) % np.uint64(67)]
            if seen[page, 0] > start:
                continue
            stop, units, gain, inside = start, 0, 0, True
            if start == base_start:  # pages often agree on a run: on its bytes, and that it ends there
                k = start
                while (
                    k < base_stop and (tables[codes[k] * PAGES + page] ^ tables[codes[k] * PAGES + base]) & 0x3FFF == 0
                ):
                    k += 1
                behind = codes[k] if k < end else 10
                if k == base_stop and (
                    behind >= 65536
                    or (tables[behind * PAGES + page] & 0xFF == 0 and tables[behind * PAGES + base] & 0xFF == 0)
                ):
                    stop, units, gain, inside = base_stop, base_units, base_gain, False
            previous = codes[start - 1] if start > 0 else 10
            p = symbol[previous]
            again, exact = inside, True
            while again:  # units of two or three bytes: mostly exactly what they gain, else a bound of it
                c, lead, size = codes[stop] if stop < end else 10, 0, 0
                if c < 65536 and stop + 1 < end:
                    lead = 0 + tables[c * PAGES + page]
                    lead &= 0xFF
                if lead:
                    if lead >= 0xF0 or lead == 0xED:
                        break
                    c1, c2 = codes[stop + 1], codes[stop + 2] if stop + 2 < end else 10
                    byte = 0 + tables[min(c1, 65535) * PAGES + page]
                    if byte > 255:
                        value = (byte >> 8 & 0x3F) | (lead & 0x1F) << 6
                        size = 2
                    if lead >= 0xE0 and size:
                        byte = 0 + tables[min(c2, 65535) * PAGES + page]
                        value = (byte >> 8 & 0x3F) | (value & 0x3FF) << 6
                        size = 3 if byte > 255 and value >= 0x800 else 0
                if size == 0 and units == 0:
                    break
                step = 0 + paid[stop]
                if size:
                    step += paid[stop + 1] + (paid[stop + 2] if size == 3 else 0)
                    q = symbol[value]
                    units += 1
                else:
                    q = symbol[c]
                    again = False
                if step >= UNKNOWN:
                    again = True
                    break
                gain += step
                if p < len(frequent) and q < len(frequent):
                    step = 0 + frequent[p, q]
                else:
                    step = symbols[p, 2] + transitions[symbols[p, 0], symbols[q, 0]] + symbols[q, 1]
                    place = p * HASH_LEFT + q * HASH_RIGHT & PLACES - 1
                    if paired[place >> 3] >> (place & 7) & 1:
                        least_step = symbols[q, 5] if p < len(frequent) else symbols[p, 6] if q < len(frequent) else 0
                        step, exact = min(step, least_step), False
                gain -= step
                stop += size
                p = q
            if inside and not again:
                inside = gain >= least and not exact
            if inside:
                gain, stop, units = 0, start, 0
            while inside:
                length, value, high, again = 0, 0, 0, True
                while again:  # a unit; of CESU-8, two that are a surrogate pair
                    again = False
                    k = stop + length
                    c = codes[k] if k < end else 0
                    lead = tables[c * PAGES + page] if c < 65536 else 0
                    lead &= 0xFF
                    size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
                    if lead == 0 or k + size > end:
                        break
                    number = lead & (0x7F >> size)
                    for j in range(k + 1, k + size):
                        c = codes[j]
                        byte = tables[c * PAGES + page] if c < 65536 else 0
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
                        p = symbol[codes[j - 1] if j > 0 else 10]
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
                seen[page, 0] = stop
                if gain >= least:
                    seen[page, 1] = gain + (seen[page, 1] if pages & bit else 0)
                    most, longest = max(most, seen[page, 1]), max(longest, units)
                    pages |= bit
                    likely += 1
                    if found < len(runs):
                        runs[found, 0], runs[found, 1], runs[found, 2] = start, stop, units
                        runs[found, 3], runs[found, 4] = gain, page
                        found += 1
    out[text, 1], out[text, 3], out[text, 4], out[text, 5] = pages, likely, most, longest
    return found
