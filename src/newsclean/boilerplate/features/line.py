"""What a line is made of, in itself."""

import math

import numpy as np

from newsclean.boilerplate.features.columns import Feature
from newsclean.boilerplate.lines import BEGINS, CUE, ENDS, CharKind, LineColumn
from newsclean.boilerplate.rules import Hit
from newsclean.compilation import Column, Table, kernel

# The character that ends or begins a line, on a scale from residue to sentence.
_ENDS = {
    CharKind.STOP: 4,
    CharKind.COMMA: 2,
    CharKind.COLON: 3,
    CharKind.DASH: 1,
    CharKind.SEPARATOR: -2,
    CharKind.PICTURE: -2,
    CharKind.DIGIT: -1,
}
_BEGINS = {
    CharKind.UPPER: 3,
    CharKind.OPEN: 4,
    CharKind.DIGIT: 1,
    CharKind.SEPARATOR: -2,
    CharKind.DASH: -1,
    CharKind.PICTURE: -3,
}
_END_SCALE = tuple(_ENDS.get(kind, 0) for kind in CharKind)
_BEGIN_SCALE = tuple(_BEGINS.get(kind, 0) for kind in CharKind)


@kernel(entry=True, interpreted=True)
def fill_line(
    lines: Table[np.int32],
    hits: Table[np.int32],
    length: Column[np.int32],
    is_prose: Column[np.bool_],
    found: Column[np.int16],
    table: Table[np.float32],
) -> None:
    """Fill the columns of what a line is made of."""
    for row in range(len(lines)):
        words = max(lines[row, LineColumn.WORDS], 1)
        size = max(length[row], 1)
        grams = hits[row, Hit.GRAMS]
        table[row, Feature.LENGTH] = math.log2(1.0 + size)
        table[row, Feature.WORD_LENGTH] = size / words
        table[row, Feature.END] = _END_SCALE[lines[row, LineColumn.LAST]]
        table[row, Feature.CLOSED] = lines[row, LineColumn.CLOSED]
        table[row, Feature.BEGIN] = _BEGIN_SCALE[lines[row, LineColumn.FIRST]]
        table[row, Feature.CAPITALISED] = lines[row, LineColumn.CAPITALISED] / words
        table[row, Feature.CAPITALS] = lines[row, LineColumn.CAPITALS] / words
        table[row, Feature.DIGITS] = lines[row, LineColumn.KINDS + CharKind.DIGIT] / size
        table[row, Feature.NUMBERS] = min(lines[row, LineColumn.NUMBERS], 20)
        table[row, Feature.SENTENCES] = min(lines[row, LineColumn.SENTENCES], 20)
        table[row, Feature.COMMAS] = lines[row, LineColumn.KINDS + CharKind.COMMA] / size
        table[row, Feature.SEPARATORS] = min(lines[row, LineColumn.KINDS + CharKind.SEPARATOR], 20)
        table[row, Feature.COLONS] = min(lines[row, LineColumn.KINDS + CharKind.COLON], 10)
        quotes = lines[row, LineColumn.KINDS + CharKind.OPEN] + lines[row, LineColumn.KINDS + CharKind.CLOSE]
        table[row, Feature.QUOTES] = min(quotes, 10)
        symbols = lines[row, LineColumn.KINDS + CharKind.PICTURE] + lines[row, LineColumn.KINDS + CharKind.OTHER]
        table[row, Feature.SYMBOLS] = min(symbols, 10)
        table[row, Feature.SHARE_WORDS] = hits[row, Hit.ONLY] / words
        table[row, Feature.SCORE] = hits[row, Hit.SCORE] / (1024 * math.sqrt(max(grams, 1)))
        table[row, Feature.GRAMS] = grams / words
        table[row, Feature.RULE] = found[row] >= 0
        table[row, Feature.BLANKS] = min(lines[row, LineColumn.BLANKS], 4)
        ends = row + 1 == len(lines) or lines[row + 1, LineColumn.TEXT] != lines[row, LineColumn.TEXT]
        table[row, Feature.BLANKS_AFTER] = 0 if ends else min(lines[row + 1, LineColumn.BLANKS], 4)
        table[row, Feature.INDENT] = min(lines[row, LineColumn.START] - lines[row, LineColumn.RAW], 10)
        table[row, Feature.PROSE] = is_prose[row]
        stops = lines[row, LineColumn.KINDS + CharKind.STOP]
        table[row, Feature.WORDS] = math.log2(1.0 + lines[row, LineColumn.WORDS])
        table[row, Feature.STOPS] = min(stops - lines[row, LineColumn.SENTENCES], 10)
        table[row, Feature.STOP_DENSITY] = stops / size
        table[row, Feature.RULE_NUMBER] = found[row]
        table[row, Feature.BEGINS_INSIDE] = lines[row, LineColumn.INSIDE] & BEGINS > 0
        table[row, Feature.ENDS_INSIDE] = lines[row, LineColumn.INSIDE] & ENDS > 0
        table[row, Feature.CUE] = lines[row, LineColumn.INSIDE] & CUE > 0


@kernel(entry=True, interpreted=True)
def fill_inside_share(bounds: Column[np.int64], table: Table[np.float32]) -> None:
    """Fill the column of what share of a text's segments begin inside a line."""
    for text in range(len(bounds) - 1):
        inside = 0.0
        for row in range(bounds[text], bounds[text + 1]):
            inside += table[row, Feature.BEGINS_INSIDE]
        for row in range(bounds[text], bounds[text + 1]):
            table[row, Feature.INSIDE_SHARE] = inside / (bounds[text + 1] - bounds[text])
