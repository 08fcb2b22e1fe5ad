"""Lines: where they are, what they are made of, and their words as hashes. One pass over the UTF-8 bytes of a batch."""

import functools
from collections.abc import Sequence
from enum import IntEnum
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.kernels import encode, kernel


class Kind(IntEnum):
    """Kinds of characters; those up to MARK make words. The order is that of the count columns in `Column`."""

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


class Column(IntEnum):
    """Columns of the table of lines (int32). Offsets count from the beginning of the text."""

    TEXT = 0  # number of the text in the batch
    RAW = 1  # code point after the preceding line break
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
    BREAK = 15  # code point of the line break behind it, of whose characters a carriage return is the first
    ROUGH = 16  # marks of careless writing: see `_scan`
    CALLS = 17  # exclamation and question marks
    STRAIGHT = 18  # quotation marks of three habits (`»` is a separator as well)
    CURLED = 19
    ANGLED = 20
    DASHES = 21  # long ones
    WIDE = 22  # letters beyond ASCII
    KINDS = 23  # from here: how many characters of each kind


COLUMNS = int(Column.KINDS) + len(Kind)
# The two lowest bits of a word's hash: 1 number, 2 character of a script without spaces, 3 shorter than four letters.
_SEED, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_FLAGS = np.uint64(3)
CASED = 0x590  # letters of lower code points have capitals
SPACE = int(Kind.SPACE)
BYTES = "Array(uint8, 1, 'C', readonly=True)"  # numpy's view of `bytes`


PLACE = [Column.TEXT, Column.START, Column.END]


class Lines(NamedTuple):
    """The lines of a batch: `table` is (lines, COLUMNS) int32, `words` are the uint64 hashes of all words in order."""

    table: NDArray[np.int32]
    words: NDArray[np.uint64]


@functools.cache
def characters() -> NDArray[np.uint32]:
    """Kind (bits 16 up) and folded form (bits 0 to 15) of each code point of the BMP."""
    with resources.as_file(resources.files(__package__) / "data/characters.npy") as path:
        table: NDArray[np.uint32] = np.load(path)
    return table


def scan(texts: Sequence[str]) -> Lines:
    """The non-blank lines of `texts` and their words."""
    data, offsets = encode(texts)
    table = np.empty((int(np.count_nonzero(data == 10)) + len(texts), COLUMNS), np.int32)
    words = np.empty(len(data) // 2 + len(texts) + 1, np.uint64)
    rows, count = _scan(data, offsets, characters(), table, words)
    return Lines(table[:rows], words[:count])


def text_bounds(lines: Lines) -> NDArray[np.int64]:
    """The first line of each text that has lines, and the number of lines."""
    bounds = np.empty(len(lines.table) + 1, np.int64)
    return bounds[: _text_bounds(lines.table, bounds)]


@kernel("int64(int32[:, ::1], int64[::1])", interpreted=True)
def _text_bounds(table: NDArray[np.int32], bounds: NDArray[np.int64]) -> int:
    count = 0
    for row in range(len(table)):
        if row == 0 or table[row, Column.TEXT] != table[row - 1, Column.TEXT]:
            bounds[count] = row
            count += 1
    bounds[count] = len(table)
    return count + 1


@kernel(f"Tuple((int64, int64))({BYTES}, int64[::1], uint32[::1], int32[:, ::1], uint64[::1])", interpreted=True)
def _scan(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    characters: NDArray[np.uint32],
    table: NDArray[np.int32],
    words: NDArray[np.uint64],
) -> tuple[int, int]:
    """Fill `table` and `words`; return how many lines and words there are.

    What counts as careless: a small first letter; a word that a stop or comma glues to a small one before it; a space
    before a full stop or comma; dots, exclamation or question marks in a row; faces.
    """
    row = word = 0
    for text in range(len(offsets) - 1):
        at, stop = int(offsets[text]), int(offsets[text + 1])
        raw = char = blanks = 0
        while at <= stop:  # a line an iteration
            for column in range(COLUMNS):
                table[row, column] = 0
            table[row, Column.TEXT], table[row, Column.RAW], table[row, Column.BLANKS] = text, raw, blanks
            table[row, Column.WORD] = word
            length = upper = digits = marks = first = wide = 0
            begins, ends, end = -1, 0, 0  # kinds of its first and last character, and where it ends
            value = _SEED
            returned = closed = False
            before, last, stops = SPACE, 10, 0  # kind and code point of the character before; stops in a row
            small, glued = -1, -1  # where a word of three or more small letters ended, and one may be glued to it
            while True:
                code, size = int(data[at]) if at < stop else 10, 1
                if code >= 0xE0:
                    size = 3 + (code >= 0xF0)
                    code = (code & 0x0F) << 12 | (data[at + 1] & 0x3F) << 6 | data[at + 2] & 0x3F
                    if size == 4:  # emoji, ideographs, and letters without case
                        code = code << 6 & 0x1FFFFF | data[at + 3] & 0x3F
                elif code >= 0x80:
                    size, code = 2, (code & 0x1F) << 6 | data[at + 1] & 0x3F
                entry = int(characters[code]) if size < 4 else code & 0xFFFF
                if size == 4:
                    entry |= (
                        Kind.PICTURE if 0x1F000 <= code < 0x1FB00 else Kind.UNSPACED if 0x20000 <= code < 0x40000 else 0
                    ) << 16
                kind = entry >> 16
                if length > 0 and kind > Kind.MARK:
                    words[word] = value & ~_FLAGS | np.uint64(1 if digits == length else 3 * (length < 4))
                    word += 1
                    table[row, Column.WORDS] += 1
                    table[row, Column.CAPITALISED] += first == Kind.UPPER
                    table[row, Column.CAPITALS] += length > 1 and upper + marks == length
                    table[row, Column.NUMBERS] += digits == length
                    table[row, Column.LONGEST] = max(table[row, Column.LONGEST], length)
                    table[row, Column.ROUGH] += length > 3 and digits == 0 and glued == char - length
                    small = char if length >= 3 and upper == 0 and digits == 0 else small
                    length = upper = digits = marks = 0
                    value = _SEED
                if kind <= Kind.UNSPACED and kind != Kind.MARK:
                    value = (value ^ np.uint64(entry & 0xFFFF)) * _PRIME
                    wide += size > 1
                if kind <= Kind.MARK:
                    first = first if length else kind
                    length += 1
                    upper += kind == Kind.UPPER
                    digits += kind == Kind.DIGIT
                    marks += kind == Kind.MARK
                elif kind == Kind.UNSPACED:
                    words[word] = (value ^ value >> np.uint64(29)) & ~_FLAGS | np.uint64(2)
                    word += 1
                    table[row, Column.WORDS] += 1
                    value = _SEED
                if before == Kind.STOP and kind in (Kind.SPACE, Kind.CLOSE):
                    table[row, Column.SENTENCES] += 1
                at += size
                if kind == Kind.STOP or kind == Kind.COMMA:
                    glued = char + 1 if small == char else -1
                    spaced = (code == 44 or code == 46) and before == Kind.SPACE and begins >= 0
                    table[row, Column.ROUGH] += spaced and (at >= stop or data[at] <= 32)
                    if kind == Kind.STOP:
                        stops = stops + 1 if before == Kind.STOP else 1
                        table[row, Column.ROUGH] += stops == 2 or code == 0x2026
                        table[row, Column.CALLS] += code in (33, 63, 0x61F, 0xFF01, 0xFF1F)
                elif kind == Kind.OPEN or kind == Kind.CLOSE:
                    table[row, Column.STRAIGHT] += code == 34
                    table[row, Column.CURLED] += 0x2018 <= code <= 0x201E
                    table[row, Column.ANGLED] += code == 0xAB
                    table[row, Column.ROUGH] += code == 41 and last in (41, 45, 58, 59, 61)  # `))`, `:-)`, `:)`, `=)`
                elif kind == Kind.DASH:
                    table[row, Column.DASHES] += code == 0x2013 or code == 0x2014
                if code == 10:
                    break
                returned = code == 13
                char += 1
                table[row, Column.KINDS + kind] += 1
                before, last = kind, code
                if kind != Kind.SPACE:
                    if begins < 0:
                        begins, table[row, Column.START] = kind, char - 1
                        table[row, Column.ROUGH] += kind == Kind.LETTER and code < CASED
                    closed, end = kind == Kind.CLOSE, char
                    ends = ends if closed else kind
            table[row, Column.FIRST], table[row, Column.LAST] = begins, ends
            table[row, Column.END], table[row, Column.CLOSED] = end, closed
            table[row, Column.BREAK], table[row, Column.WIDE] = char - returned, wide
            char += 1
            raw = char
            blanks += 1
            if begins >= 0:
                row += 1
                blanks = 0
    return row, word
