"""Features of lines: what a line is made of, what stands around it, what it shares with paragraphs.

Kernels write them into one table, a row a line; `columns.Feature` names its columns.
"""

import math

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.columns import NAMES, Feature
from newsclean.boilerplate.context import context
from newsclean.boilerplate.echoes import echo
from newsclean.boilerplate.heads import since_heads
from newsclean.boilerplate.lines import Column, Kind, Lines, text_bounds
from newsclean.boilerplate.manner import manner
from newsclean.boilerplate.phrases import Hit
from newsclean.boilerplate.sharing import share
from newsclean.kernels import kernel

__all__ = ["NAMES", "Floats", "features"]

Floats = NDArray[np.float32]

# The character that ends or begins a line, on a scale from residue to sentence.
_ENDS = {Kind.STOP: 4, Kind.COMMA: 2, Kind.COLON: 3, Kind.DASH: 1, Kind.SEPARATOR: -2, Kind.PICTURE: -2, Kind.DIGIT: -1}
_BEGINS = {Kind.UPPER: 3, Kind.OPEN: 4, Kind.DIGIT: 1, Kind.SEPARATOR: -2, Kind.DASH: -1, Kind.PICTURE: -3}
_END_SCALE = tuple(_ENDS.get(kind, 0) for kind in Kind)
_BEGIN_SCALE = tuple(_BEGINS.get(kind, 0) for kind in Kind)
MOST_REPEATS = 3


def features(
    lines: Lines,
    hits: NDArray[np.int32],
    length: NDArray[np.int32],
    is_prose: NDArray[np.bool_],
    found: NDArray[np.int16],
) -> Floats:
    """(lines, len(NAMES)) float32."""
    rows = len(lines.table)
    table = np.empty((rows, len(NAMES)), np.float32)
    bounds = text_bounds(lines)
    _own(lines.table, hits, length, is_prose, found, table)
    slots = 1 << (2 * int(np.diff(bounds).max(initial=0))).bit_length()
    _repeats(lines.table, lines.words, bounds, np.empty(slots, np.uint64), np.zeros((slots, 2), np.int32), table)
    share(lines, bounds, is_prose, table)
    echo(lines, bounds, table)
    since_heads(bounds, found, table)
    context(bounds, length, table)
    manner(lines, bounds, length, table)
    return table


@kernel(
    "void(int32[:, ::1], int32[:, ::1], int32[::1], bool_[::1], int16[::1], float32[:, ::1])",
    interpreted=True,
)
def _own(
    lines: NDArray[np.int32],
    hits: NDArray[np.int32],
    length: NDArray[np.int32],
    is_prose: NDArray[np.bool_],
    found: NDArray[np.int16],
    table: Floats,
) -> None:
    """Fill the columns of what a line is made of."""
    for row in range(len(lines)):
        words = max(lines[row, Column.WORDS], 1)
        size = max(length[row], 1)
        grams = hits[row, Hit.GRAMS]
        table[row, Feature.LENGTH] = math.log2(1.0 + size)
        table[row, Feature.WORD_LENGTH] = size / words
        table[row, Feature.END] = _END_SCALE[lines[row, Column.LAST]]
        table[row, Feature.CLOSED] = lines[row, Column.CLOSED]
        table[row, Feature.BEGIN] = _BEGIN_SCALE[lines[row, Column.FIRST]]
        table[row, Feature.CAPITALISED] = lines[row, Column.CAPITALISED] / words
        table[row, Feature.CAPITALS] = lines[row, Column.CAPITALS] / words
        table[row, Feature.DIGITS] = lines[row, Column.KINDS + Kind.DIGIT] / size
        table[row, Feature.NUMBERS] = min(lines[row, Column.NUMBERS], 20)
        table[row, Feature.SENTENCES] = min(lines[row, Column.SENTENCES], 20)
        table[row, Feature.COMMAS] = lines[row, Column.KINDS + Kind.COMMA] / size
        table[row, Feature.SEPARATORS] = min(lines[row, Column.KINDS + Kind.SEPARATOR], 20)
        table[row, Feature.COLONS] = min(lines[row, Column.KINDS + Kind.COLON], 10)
        quotes = lines[row, Column.KINDS + Kind.OPEN] + lines[row, Column.KINDS + Kind.CLOSE]
        table[row, Feature.QUOTES] = min(quotes, 10)
        symbols = lines[row, Column.KINDS + Kind.PICTURE] + lines[row, Column.KINDS + Kind.OTHER]
        table[row, Feature.SYMBOLS] = min(symbols, 10)
        table[row, Feature.SHARE_WORDS] = hits[row, Hit.ONLY] / words
        table[row, Feature.SCORE] = hits[row, Hit.SCORE] / (1024 * math.sqrt(max(grams, 1)))
        table[row, Feature.GRAMS] = grams / words
        table[row, Feature.RULE] = found[row] >= 0
        table[row, Feature.BLANKS] = min(lines[row, Column.BLANKS], 4)
        ends = row + 1 == len(lines) or lines[row + 1, Column.TEXT] != lines[row, Column.TEXT]
        table[row, Feature.BLANKS_AFTER] = 0 if ends else min(lines[row + 1, Column.BLANKS], 4)
        table[row, Feature.INDENT] = min(lines[row, Column.START] - lines[row, Column.RAW], 10)
        table[row, Feature.PROSE] = is_prose[row]
        stops = lines[row, Column.KINDS + Kind.STOP]
        table[row, Feature.WORDS] = math.log2(1.0 + lines[row, Column.WORDS])
        table[row, Feature.STOPS] = min(stops - lines[row, Column.SENTENCES], 10)
        table[row, Feature.STOP_DENSITY] = stops / size
        table[row, Feature.RULE_NUMBER] = found[row]


@kernel(
    "void(int32[:, ::1], uint64[::1], int64[::1], uint64[::1], int32[:, ::1], float32[:, ::1])",
    interpreted=True,
)
def _repeats(
    lines: NDArray[np.int32],
    words: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    keys: NDArray[np.uint64],
    slots: NDArray[np.int32],
    table: Floats,
) -> None:
    """Fill the column of how many other lines of the text have the same words. `keys` and `slots` (text, lines) are a
    hash table with room for twice the lines of any text."""
    mask = len(slots) - 1
    for text in range(len(bounds) - 1):
        for again in range(2):  # count the lines, then look up how many there are
            for row in range(bounds[text], bounds[text + 1]):
                key = np.uint64(0)
                for at in range(lines[row, Column.WORD], lines[row, Column.WORD] + lines[row, Column.WORDS]):
                    word = np.uint64(words[at])
                    key += word * (word >> np.uint64(7))
                slot = np.int64(key >> np.uint64(20)) & mask
                while slots[slot, 0] == text + 1 and keys[slot] != key:
                    slot = (slot + 1) & mask
                if again:
                    table[row, Feature.REPEATS] = min(slots[slot, 1] - 1, MOST_REPEATS)
                elif slots[slot, 0] == text + 1:
                    slots[slot, 1] += 1
                else:
                    keys[slot], slots[slot, 0], slots[slot, 1] = key, text + 1, 1
