"""Kernels: find the code pages a text may have been misread in, and the runs that decode to something plausible."""

# mypy: disable-error-code="assignment"
from typing import Any  # numba unifies the kinds of integers that a variable takes; mypy cannot know

import numpy as np

from newsclean.damage.plausibility import MODEL_TYPE
from newsclean.kernels import kernel

LAST_ASSIGNED = 0x323B0  # code points above are private, unassigned or tags
IDEOGRAPHS = 30  # cost units that a pair of ideographs or Hangul costs less, on average, than the second one alone
CODES_TYPE = "Array(uint32, 1, 'C', readonly=True)"


@kernel()
def cost(model: Any, left: Any, right: Any) -> Any:
    """Cost (negated log probability in units) of code point `right` after `left`."""
    symbol, symbols, bigrams, transitions, frequent = model
    a, b = symbol[left], symbol[right]
    if a < len(frequent) and b < len(frequent):
        return np.int64(frequent[a, b])
    low, high = symbols[a, 3], symbols[a + 1, 3]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if bigrams[middle] >> 8 < b:
            low = middle + 1
        else:
            high = middle
    if low < end and bigrams[low] >> 8 == b:
        return np.int64(bigrams[low] & 0xFF)
    return np.int64(symbols[a, 2]) + transitions[symbols[a, 0], symbols[b, 0]] + symbols[b, 1]


@kernel()
def unit(codes: Any, table: Any, i: int) -> Any:
    """Length in characters and decoded code point of the UTF-8 unit that starts at `i`; length 0: there is none.

    `table[c]` is `continuation byte << 8 | lead byte` of the character c, 0 where it is neither.
    """
    n = len(codes)
    c = codes[i]
    lead = np.int64(table[c]) & 0xFF if c < 65536 else 0
    if lead == 0:
        return 0, 0
    length = 2 + (lead >= 0xE0) + (lead >= 0xF0)
    if i + length > n:
        return 0, 0
    value = lead & (0x7F >> length)
    for k in range(1, length):
        c = codes[i + k]
        byte = np.int64(table[c]) >> 8 if c < 65536 else 0
        if byte == 0:
            return 0, 0
        value = value << 6 | (byte & 0x3F)
    if (length == 3 and value < 0x800) or (length == 4 and not 0x10000 <= value < 0x110000):
        return 0, 0
    if value >= LAST_ASSIGNED and not 0xE0020 <= value < 0xE01F0:  # tags and variation selectors are beyond it
        return 0, 0
    return length, value


@kernel(f"int64({CODES_TYPE}, uint16[::1], {MODEL_TYPE}, int64[::1], int64, int64[:, ::1])")
def find_runs(codes: Any, table: Any, model: Any, paid: Any, least: int, runs: Any) -> int:
    """Fill `runs` with the maximal runs of UTF-8 units that gain at least `least`: start, end, units, gain in cost
    units; returns how many.

    The gain is how much cheaper the decoded run is than the run as it stands, its neighbours included; `paid[i]` is
    what the first i characters cost as they stand, a line feed behind the last one counted.
    """
    symbol, frequent = model[0], model[4]
    n, found, i, start, units, gain, previous = len(codes), 0, 0, -1, 0, 0, 10
    while i <= n:
        length, value = 0, 0
        if (
            i + 1 < n
            and codes[i] < 65536
            and table[codes[i]] & 0xFF
            and codes[i + 1] < 65536
            and table[codes[i + 1]] >> 8
        ):
            length, value = unit(codes, table, i)
        if 0xD800 <= value < 0xDC00 and i + length < n:  # CESU-8: a surrogate pair in two units
            second, low = unit(codes, table, i + length)
            if second and 0xDC00 <= low < 0xE000:
                value = 0x10000 + (value - 0xD800 << 10) + (low - 0xDC00)
                length += second
        if length and start < 0:
            start, units, gain, previous = i, 0, 0, np.int64(codes[i - 1]) if i else 10
        if not length:
            value = np.int64(codes[i]) if i < n else 10
        if start >= 0:
            a, b = symbol[previous], symbol[value]
            if a < len(frequent) and b < len(frequent):
                gain -= frequent[a, b]
            else:
                gain -= cost(model, previous, value)
            previous = value
        if length:
            i += length
            units += 1
            continue
        if start >= 0:
            gain += paid[i + 1] - paid[start]
            if gain >= least:
                runs[found, 0], runs[found, 1], runs[found, 2], runs[found, 3] = start, i, units, gain
                found += 1
            start = -1
        i += 1
    return found


@kernel(f"void({CODES_TYPE}, uint64[:, ::1], {MODEL_TYPE}, uint64[::1])")
def screen(codes: Any, marks: Any, model: Any, out: Any) -> None:
    """Signs of damage in a text: `out` becomes flags of characters, code pages with a UTF-8 unit (bits), excess.

    `marks[c]` are, for each character below 65536, its flags and the pages in which it is a lead byte of two, a lead
    byte of more, and a continuation byte. The excess is the largest sum, over any stretch of
    the text, of what its characters cost beyond their allowance, transitions within ASCII left out.
    """
    symbol, symbols, _, transitions, frequent = model
    flags, hits, nothing = np.uint64(0), np.uint64(0), np.uint64(0)
    two, more, second = nothing, nothing, nothing  # pages with such a lead just before; of more, one byte earlier
    left, a, excess, largest = 10, np.int64(symbol[10]), 0, 0
    for i in range(len(codes)):
        right = np.int64(codes[i])
        b = np.int64(symbol[right])
        if right > 0x7F or left > 0x7F:
            if a < len(frequent) and b < len(frequent):
                spent = np.int64(frequent[a, b])
            else:  # ideographs and Hangul: the search for the pair costs ten times as much as the rest of the loop
                spent = np.int64(transitions[symbols[a, 0], symbols[b, 0]]) + symbols[b, 1] - IDEOGRAPHS
            excess = max(0, excess + spent - symbols[b, 4])
            largest = max(largest, excess)
        left, a = right, b
        if right < 0x80:
            flags |= marks[right, 0]
            two, more, second = nothing, nothing, nothing
        elif right < 65536:
            flags |= marks[right, 0]
            continuation = marks[right, 3]
            hits |= (two | second) & continuation
            second = more & continuation
            two, more = marks[right, 1], marks[right, 2]
        else:
            two, more, second = nothing, nothing, nothing
    out[0], out[1], out[2] = flags, hits, largest


@kernel("void(Array(uint8, 1, 'C', readonly=True), int64[::1], uint8[:, ::1])")
def screen_bytes(data: Any, offsets: Any, out: Any) -> None:
    """Which of these each text has: ampersands, plus signs, controls, bytes beyond ASCII. Shape of `out`: (texts, 4).

    Comparisons instead of a table of byte values: those are done on 32 or 64 bytes at a time.
    """
    for i in range(len(out)):
        ampersand, plus, control, high = np.uint8(0), np.uint8(0), np.uint8(0), np.uint8(0)
        for k in range(offsets[i], offsets[i + 1]):
            byte = data[k]
            ampersand |= np.uint8(byte == 38)
            plus |= np.uint8(byte == 43)
            control |= np.uint8(byte < 32) & np.uint8(byte != 10) & np.uint8(byte != 13) & np.uint8(byte != 9)
            control |= np.uint8(byte == 127)
            high |= byte >> 7
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = ampersand, plus, control, high


@kernel(f"void({CODES_TYPE}, {MODEL_TYPE}, int64[::1])")
def costs(codes: Any, model: Any, out: Any) -> None:
    """Fill `out` with the cost of each character after the one before it, a line feed before the first one and, where
    `out` is longer than the text, behind the last."""
    symbol, frequent = model[0], model[4]
    left, a = 10, np.int64(symbol[10])
    for i in range(len(out)):
        right = np.int64(codes[i]) if i < len(codes) else 10
        b = np.int64(symbol[right])
        if a < len(frequent) and b < len(frequent):
            out[i] = frequent[a, b]
        else:
            out[i] = cost(model, left, right)
        left, a = right, b


@kernel(f"void({CODES_TYPE}, int64[::1], int16[::1], uint32[:, ::1], {MODEL_TYPE}, int64[:, ::1])")
def recode(codes: Any, paid: Any, data: Any, pages: Any, model: Any, best: Any) -> None:
    """For each page, the stretch of words that gains most when its bytes are read in that page instead.

    `paid` is what each character costs as it stands; `data` holds the byte of each character in the page it was read
    in, -1 where it has none; `pages[p, byte]` the code point of the byte in page p, 0 where undefined. A row of
    `best` becomes gain (cost units), start, end.
    """
    for p in range(len(pages)):
        gain, start, same, right = 0, 0, True, 10
        best[p] = 0
        for i in range(len(codes)):
            before = np.int64(codes[i])
            after = before if before < 0x80 else np.int64(pages[p, data[i]]) if data[i] >= 0 else 0
            if after == 0:
                gain, start, same, right = 0, i + 1, True, before
                continue
            if before == 32 or before == 10:
                if gain > best[p, 0]:
                    best[p, 0], best[p, 1], best[p, 2] = gain, start, i
                if gain <= 0:
                    gain, start, same, right = 0, i + 1, True, before
            if not same or before != after:
                gain += paid[i] - cost(model, right, after)
            same, right = before == after, after
        if gain > best[p, 0]:
            best[p, 0], best[p, 1], best[p, 2] = gain, start, len(codes)
