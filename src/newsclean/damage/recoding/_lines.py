"""Kernel: the lines of a text, which are repaired one by one."""

# mypy: disable-error-code="assignment, no-any-return"

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import NEW_LINE, Codes
from newsclean.damage.mojibake.columns import Splice


class LineRow(IntEnum):
    """Columns of lines: where each ends before and after decoding, and how many edits end before that. LEADS are the
    code pages (bits) in which characters beside the edits may start a unit."""

    END = 0
    NEW_END = 1
    EDITS = 2
    LEADS = 3


class TextRow(IntEnum):
    """The number of lines so far, and whether one of the text was cut."""

    LINES = 0
    CUT = 1


class DecodedTexts(NamedTuple):
    """Some texts, one after the other, text `t` from `offsets[t]` on, and what was decoded in them (columns: `Splice`),
    in text `t` from `starts[t]` on."""

    codes: Codes
    offsets: Column[np.int64]
    spans: Table[np.int64]
    starts: Column[np.int64]


@kernel(entry=True, interpreted=True)
def cut_lines(
    texts: DecodedTexts, leads: Column[np.int64], longest: int, lines: Table[np.int64], ends: Table[np.int64]
) -> int:
    """Find where the lines of some texts end; returns how many there are.

    Long lines are cut into pieces of at most `longest` code points, at a space if there is one, and never inside what
    was decoded. Fills `lines` (columns: `LineRow`) and, for each text, `ends` (columns: `TextRow`). `leads` are the
    code pages in which a character may start a unit.
    """
    codes, offsets, spans, starts = texts.codes, texts.offsets, texts.spans, texts.starts
    count = 0
    for text in range(len(ends)):
        first, span, shift, cut = offsets[text], starts[text], 0, 0
        length = offsets[text + 1] - first
        start = 0
        while start < length:
            end, space, own = start, 0, span
            while end < length and end < start + longest and (end == start or codes[first + end - 1] != NEW_LINE):
                end += 1
                if codes[first + end - 1] == 32 and end > start + longest // 2:
                    space = end
            if codes[first + end - 1] != 10 and end < length and space:
                end = space
            while span < starts[text + 1] and spans[span, Splice.START] < end:
                end = max(end, spans[span, Splice.END])
                shift = spans[span, Splice.NEW_END] - spans[span, Splice.END]
                span += 1
            bits, i = 0, start
            while i < end:
                if own < span and spans[own, Splice.START] == i:
                    i = spans[own, Splice.END]
                    own += 1
                    continue
                c = codes[first + i]
                if 0x80 <= c < 0x10000:
                    bits |= leads[c]
                i += 1
            lines[count, LineRow.END], lines[count, LineRow.NEW_END] = end, end + shift
            lines[count, LineRow.EDITS], lines[count, LineRow.LEADS] = span - starts[text], bits
            count += 1
            cut |= end < length and codes[first + end - 1] != 10
            start = end
        ends[text, TextRow.LINES], ends[text, TextRow.CUT] = count, cut
    return count
