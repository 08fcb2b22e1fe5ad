"""Kernels: words in which all that is not ASCII is UTF-8 units of the code page of their text, decoded at once.

Most words of damaged articles are so. To find and weigh runs in forty code pages takes four times as long.
"""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.damage.codepoints import LAST_ASSIGNED, NEW_LINE, Codes
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.models.bigrams import Model, symbol_cost
from newsclean.damage.mojibake.columns import Splice, UnitForms, Whole, WholeTexts

WIDTH_OF_TABLES = len(CODEPAGES)
FORMS = 4  # numbers of a character in `UnitForms.bits`: continuation, lead of two, of three, of four bytes
LAST = 65535  # no character: it stands for those above, which no code page has
SPACE = 32  # what is between words is this or less
FEWEST = 8  # units of a text
IPA, IPA_END = 0x250, 0x2B0
LEAST_GAIN = 36  # cost units (3 nats) that a unit must gain, on average of its piece
AHEAD = 360  # cost units (30 nats) that another reading must gain less
NEARLY = 0.98  # share of its own that a likelier code page may have
CLOSE = 0.6  # share of the most characters in whole words that a code page must have


@kernel(entry=True, interpreted=True)
def count_whole(
    codes: Codes, offsets: Column[np.int64], forms: UnitForms, patience: int, counts: Table[np.int64]
) -> int:  # fmt: skip
    """Count, for each of some texts and each code page, the characters beyond ASCII of whole words: those in which all
    of them are units. Returns how many texts have enough.

    The counts of a text are zero if it has more than `patience` words that are not whole, beside two for each that is.
    Correct text is given up after a few letters, unless `patience` is negative.
    """
    bits, many = forms.bits, 0
    for text in range(len(counts)):
        alive, one, two, three, wide = -1, 0, 0, 0, 0  # code pages in which so many bytes of a unit are to come
        patient = abs(patience)
        for codepage in range(WIDTH_OF_TABLES):
            counts[text, codepage] = 0
        for i in range(offsets[text], offsets[text + 1] + 1):
            c = codes[i] if i < offsets[text + 1] else NEW_LINE
            if c >= 0x80:
                if alive:
                    row = min(c, LAST) * FORMS
                    inside, continuation = one | two | three, 0 + bits[row]
                    alive &= (inside & continuation) | (~inside & (bits[row + 1] | bits[row + 2] | bits[row + 3]))
                    one = alive & ((~inside & bits[row + 1]) | two)
                    two = alive & ((~inside & bits[row + 2]) | three)
                    three = alive & ~inside & bits[row + 3]
                wide += 1
                continue
            alive &= ~(one | two | three)
            one, two, three = 0, 0, 0
            if c <= SPACE and wide:
                patient += 2 if alive else -1
                if patient < 0 and patience >= 0:
                    break
                while alive:
                    bit = alive & -alive
                    alive ^= bit
                    counts[text, forms.numbers[np.uint64(bit) % np.uint64(67)]] += wide
                alive, wide = -1, 0
        most = 0
        for codepage in range(WIDTH_OF_TABLES):
            most = max(most, counts[text, codepage])
        most = most if patient >= 0 and most >= 2 * FEWEST else 0
        for codepage in range(WIDTH_OF_TABLES):
            enough = most > 0 and counts[text, codepage] >= CLOSE * most
            counts[text, codepage] = counts[text, codepage] if enough else 0
        many += most > 0
    return many


@kernel(entry=True, interpreted=True)
def decode_whole(
    codes: Codes, offsets: Column[np.int64], counts: Table[np.int64], order: ReadOnlyColumn[np.int64], forms:
    UnitForms, model: Model, out: WholeTexts,
) -> int:  # fmt: skip
    """Decode the whole words of texts; returns how many runs there are in `out`. Each text is decoded in the code page
    in which it gains most, if others gain much less. `counts` as of `count_whole`; `order`: likely code pages first."""
    at, count = 0, 0
    for text in range(len(counts)):
        part = codes[offsets[text] : offsets[text + 1]]
        best = 0 + order[0]
        for k in range(len(order)):
            best = 0 + order[k] if counts[text, best] < NEARLY * counts[text, order[k]] else best
        left, most, second = rivals(part, forms, counts, text, best), 0, 0
        unclear = (left | 1 << best) & doubled(part, forms) != 0
        left = 0 if unclear else left
        if left:
            _, _, most, _ = decode_text(part, forms, best, model, out, at, count)
        for k in range(len(order)):
            codepage = 0 + order[k]
            if left >> codepage & 1:
                left &= ~same_bytes(part, forms, codepage)
                _, _, gain, _ = decode_text(part, forms, codepage, model, out, at, count)
                best, most, second = (codepage, gain, most) if gain > most else (best, most, max(second, gain))
        first, begin = at, count
        if not unclear and (most >= second + AHEAD or second == 0):
            at, count, _, units = decode_text(part, forms, best, model, out, at, count)
            if units < FEWEST or not is_varied(out, first, begin, count):
                at, count = first, begin
        out.made[text, Whole.FIRST], out.made[text, Whole.LAST] = begin, count
        out.made[text, Whole.START], out.made[text, Whole.END] = first, at
    return count


@kernel(interpreted=True)
def is_varied(out: WholeTexts, first: int, begin: int, end: int) -> bool:
    """Whether runs from number `begin` to `end` mean more than two different characters, those of IPA not counted:
    `CAFÉ™` is no `CAFə`."""
    one, other, varied = 0, 0, False
    for k in range(begin, end):
        for i in range(out.runs[k, Splice.NEW_START], out.runs[k, Splice.NEW_END]):
            value = 0 + out.codes[first + i]
            if IPA <= value < IPA_END:
                continue
            varied |= other != 0 and value != other and value != one
            other = value if one != 0 and value != one and other == 0 else other
            one = value if one == 0 else one
    return varied


@kernel(interpreted=True)
def doubled(codes: Codes, forms: UnitForms) -> int:
    """The code pages (bits) of which a character of a text stands for two bytes."""
    double = 0
    for i in range(len(codes)):
        double |= forms.ambiguous[min(codes[i], LAST)]
    return double


@kernel(interpreted=True, inline=True)
def rivals(codes: Codes, forms: UnitForms, counts: Table[np.int64], text: int, best: int) -> int:
    """The code pages (bits) with counts in which a word of a text means something that it does not mean in `best`."""
    bits, every = forms.bits, 0
    for codepage in range(WIDTH_OF_TABLES):
        every |= 1 << codepage if counts[text, codepage] > 0 else 0
    alive, one, two, three, same, found = every, 0, 0, 0, -1, 0
    for i in range(len(codes) + 1):
        c = codes[i] if i < len(codes) else NEW_LINE
        if c >= 0x80:
            c = min(c, LAST)
            inside, continuation = one | two | three, 0 + bits[c * FORMS]
            alive &= (inside & continuation) | (
                ~inside & (bits[c * FORMS + 1] | bits[c * FORMS + 2] | bits[c * FORMS + 3])
            )
            one = alive & ((~inside & bits[c * FORMS + 1]) | two)
            two = alive & ((~inside & bits[c * FORMS + 2]) | three)
            three = alive & ~inside & bits[c * FORMS + 3]
            row = 0 + forms.rows[c]
            same &= forms.alike[row * WIDTH_OF_TABLES + best]
            continue
        alive &= ~(one | two | three)
        one, two, three = 0, 0, 0
        if c <= SPACE:
            found |= alive & ~same if alive >> best & 1 else alive
            alive, same = every, -1
    return found


@kernel(interpreted=True)
def same_bytes(codes: Codes, forms: UnitForms, codepage: int) -> int:
    """The code pages (bits) in which the whole words of a text are the same bytes as in one."""
    same, start = -1, 0
    while start < len(codes):
        end, whole = end_of_piece(codes, forms, codepage, start)
        for i in range(start, end if whole else start):
            if codes[i] >= 0x80:
                row = 0 + forms.rows[codes[i]]
                same &= forms.alike[row * WIDTH_OF_TABLES + codepage]
        start = end
    return same


@kernel(interpreted=True, inline=True)
def end_of_piece(codes: Codes, forms: UnitForms, codepage: int, start: int) -> tuple[int, bool]:
    """Where the piece ends that begins at a place, and whether it has whole words. A word that is not whole is one."""
    i, end, wide, found = start, start, False, False
    while i < len(codes):
        c = codes[i]
        i += 1
        if c >= 0x80:
            size, value, _ = read_whole(codes, forms, codepage, i - 1)
            i += size - 1
            wide = True
            if value < 0:
                if end > start:
                    return end, found
                while i < len(codes) and codes[i] > SPACE:
                    i += 1
                return min(i + 1, len(codes)), False
        elif c <= SPACE:
            end, found, wide = i, found or wide, False
            if c == NEW_LINE:
                return end, found
    return len(codes), found or wide


@kernel(interpreted=True, inline=True)
def read_whole(codes: Codes, forms: UnitForms, codepage: int, at: int) -> tuple[int, int, int]:
    """The unit at a place: how many characters it has, what it means (-1: nothing), whether windows-1252 fills a
    byte."""
    entry, filled = 0 + forms.units[min(codes[at], LAST) * WIDTH_OF_TABLES + codepage], 0
    lead = entry & 0xFF
    size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
    if lead == 0 or at + size > len(codes):
        return 1, -1, 0
    value = lead & (0x7F >> size)
    for j in range(at + 1, at + size):
        entry = 0 + forms.units[min(codes[j], LAST) * WIDTH_OF_TABLES + codepage]
        if entry < 256:
            return 1, -1, 0
        value = value << 6 | (entry >> 8 & 0x3F)
        filled |= entry >> 14 & 1
    least = 0x80 if size == 2 else 0x800 if size == 3 else 0x10000
    unassigned = value >= LAST_ASSIGNED or 0xD800 <= value < 0xE000
    return size, -1 if value < least or unassigned else value, filled


@kernel(interpreted=True)
def decode_text(
    codes: Codes, forms: UnitForms, codepage: int, model: Model, out: WholeTexts, first: int, count: int
) -> tuple[int, int, int, int]:  # fmt: skip
    """Write a text to `out`, its whole words decoded, from code point `first` and run `count` on. Returns where both
    end, what that gains, and its units."""
    at, start, total, many = first, 0, 0, 0
    while start < len(codes):
        end, stop, last, gain, units = decode_piece(codes, forms, codepage, model, out, first, (start, at, count))
        if gain < LEAST_GAIN * units or units == 0:
            for j in range(start, end):
                out.codes[at + j - start] = codes[j]
            at += end - start
        else:
            at, count, total, many = stop, last, total + gain, many + units
        start = end
    return at, count, total, many


@kernel(interpreted=True, inline=True)
def decode_piece(
    codes: Codes, forms: UnitForms, codepage: int, model: Model, out: WholeTexts, first: int,
    place: tuple[int, int, int],
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Write a piece, decoded, to `out`. `place` is where it begins, and the first code point and run of `out`. Returns
    where all three end, what that gains, and its units."""
    start, at, count = place
    runs, i = out.runs, start
    gain, units, inside, whole = 0, 0, False, True
    end, stop, last, total, many = i, at, count, 0, 0  # behind the last word that is done
    old = model.symbol[codes[i - 1] if i > 0 else NEW_LINE]
    new, c = old, SPACE
    while i < len(codes) and whole and c != NEW_LINE:
        c = codes[i]
        if c >= 0x80:
            size, value, filled = read_whole(codes, forms, codepage, i)
            whole = value >= 0
            if whole:
                if not inside:
                    runs[count, Splice.START], runs[count, Splice.NEW_START] = i, at - first
                    runs[count, Splice.CODEPAGE], runs[count, Splice.FILLED] = codepage, 0
                inside = True
                runs[count, Splice.FILLED] |= filled
                for j in range(i, i + size):
                    symbol = model.symbol[codes[j]]
                    gain += symbol_cost(model, old, symbol)
                    old = symbol
                symbol = model.symbol[value]
                gain -= symbol_cost(model, new, symbol)
                new = symbol
                out.codes[at] = value
                at, i, units = at + 1, i + size, units + 1
        else:
            if inside:
                runs[count, Splice.END], runs[count, Splice.NEW_END] = i, at - first
                count, inside = count + 1, False
            symbol = model.symbol[c]
            if old != new:
                gain += symbol_cost(model, old, symbol) - symbol_cost(model, new, symbol)
            old, new = symbol, symbol
            out.codes[at] = c
            at, i = at + 1, i + 1
            if c <= SPACE:
                end, stop, last, total, many = i, at, count, gain, units
    if whole and end < i:
        if inside:
            runs[count, Splice.END], runs[count, Splice.NEW_END] = i, at - first
            count += 1
        symbol = model.symbol[NEW_LINE]
        gain += symbol_cost(model, old, symbol) - symbol_cost(model, new, symbol)
        end, stop, last, total, many = i, at, count, gain, units
    if end == start:
        while end < len(codes) and codes[end] > SPACE:
            end += 1
        end = min(end + 1, len(codes))
    return end, stop, last, total, many
