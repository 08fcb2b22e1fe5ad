"""The columns of the table of segments, and the kinds of characters that they are made of."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Column, Table, kernel


class CharKind(IntEnum):
    """Kinds of characters; those up to MARK make words. The order is that of the count columns in `LineColumn`."""

    LETTER = 0
    UPPER = 1
    DIGIT = 2
    SYLLABLE = 3  # of Hangul: a letter that says as much as two
    MARK = 4
    UNSPACED = 5  # of a script written without spaces: each character is a word
    SPACE = 6
    STOP = 7
    CLOSE = 8
    OPEN = 9
    COMMA = 10
    COLON = 11
    SEPARATOR = 12
    DASH = 13
    PICTURE = 14
    OTHER = 15


class LineColumn(IntEnum):
    """Columns of the table (int32) of lines, or of segments of them. Offsets count from the beginning of the text."""

    TEXT = 0  # number of the text in the batch
    RAW = 1  # code point after the preceding line break; of a segment inside a line, its first
    START = 2  # code points of the stripped line
    END = 3
    BLANKS = 4  # blank lines before it
    WORD = 5  # number of its first word in the batch
    WORDS = 6
    SENTENCES = 7  # sentence ends: a stop before a space, a closing mark or the line's end
    CAPITALISED = 8  # words with a first capital
    CAPITALS = 9  # words of two or more letters, all capital
    NUMBERS = 10  # words of digits only
    LONGEST = 11  # longest word, code points
    FIRST = 12  # kind of the first and of the last character that is neither white space nor closing
    LAST = 13
    CLOSED = 14  # a closing mark stands at the end
    BREAK = 15  # code point of the line break behind its line, of whose characters a carriage return is the first
    ROUGH = 16  # marks of careless writing: see `_scan`
    CALLS = 17  # exclamation and question marks
    STRAIGHT = 18  # quotation marks of three habits (`»` is a separator as well)
    CURLED = 19
    ANGLED = 20
    DASHES = 21  # long ones
    WIDE = 22  # letters beyond ASCII
    HEAD = 23  # code points up to its first space
    INSIDE = 24  # flags: begins (BEGINS) or ends (ENDS) inside a block, has a SMALL first letter, is a CUE's piece
    RULE = 25  # number of the rule whose cue sets a piece off, plus one; or 0
    KINDS = 26  # from here: how many characters of each kind


COLUMNS = int(LineColumn.KINDS) + len(CharKind)
SPACE = int(CharKind.SPACE)
BEGINS, ENDS, SMALL, CUE = 1, 2, 4, 8  # of `LineColumn.INSIDE`
PLACE = [LineColumn.TEXT, LineColumn.START, LineColumn.END]


class Lines(NamedTuple):
    """The lines of a batch. `table` is (lines, COLUMNS) int32, `words` are the uint64 hashes of all words in order.
    `places` is (words, 2) int32: the code points of its text at which each word begins and ends."""

    table: NDArray[np.int32]
    words: NDArray[np.uint64]
    places: NDArray[np.int32]

    def places_in(self, row: int) -> NDArray[np.int32]:
        """The places of the words of a line, counted from its beginning."""
        first, count = self.table[row, LineColumn.WORD], self.table[row, LineColumn.WORDS]
        places: NDArray[np.int32] = self.places[first : first + count] - self.table[row, LineColumn.START]
        return places


def text_bounds(lines: Lines) -> NDArray[np.int64]:
    """The first line of each text that has lines, and the number of lines."""
    bounds = np.empty(len(lines.table) + 1, np.int64)
    return bounds[: _text_bounds(lines.table, bounds)]


@kernel(entry=True, interpreted=True)
def _text_bounds(table: Table[np.int32], bounds: Column[np.int64]) -> int:
    count = row = 0
    while row < len(table):
        bounds[count] = row
        count += 1
        text, step = table[row, LineColumn.TEXT], 1
        while row + step < len(table) and table[row + step, LineColumn.TEXT] == text:  # a text has many lines
            row += step
            step *= 2
        while step > 1:
            step //= 2
            if row + step < len(table) and table[row + step, LineColumn.TEXT] == text:
                row += step
        row += 1
    bounds[count] = len(table)
    return count + 1
