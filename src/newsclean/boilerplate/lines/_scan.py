"""The kernel that finds lines, their sentences and words: a loop over the UTF-8 bytes of a batch."""

import numpy as np

from newsclean.boilerplate.lines.columns import BEGINS, COLUMNS, ENDS, SMALL, SPACE, CharKind, LineColumn
from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel

# The two lowest bits of a word's hash: 1 number, 2 character of a script without spaces, 3 shorter than four letters.
_SEED, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_FLAGS = np.uint64(3)
CASED = 0x590  # letters of lower code points have capitals
RIGHT_TO_LEFT = 0x900  # from CASED up to here: without capitals, and a stop ends no short form of several letters
IDEOGRAPHIC = 0x2E80  # from here on, stops need no space behind them
LEAST_WORDS, LEAST_LETTERS = 2, 8  # of a segment that ends inside a line: `1. Introduction` has none
LEAST_WORD = 3  # letters of a word that a full stop ends: shorter ones are initials and abbreviations
FACES = (41, 45, 58, 59, 61)  # what stands before the `)` of `))`, `:-)`, `:)`, `;)`, `=)`
CLOSING = int(CharKind.CLOSE)
FIRST_OF_TWO, END_OF_TWO = 0xC2, 0xD6  # first bytes of letters beyond ASCII below CASED
LARGEST_LETTER = 0xFFFF  # the entry of a character that is a LETTER, the first kind, has no bits above
STOPPED, SPACED, IDEOGRAPH = 1, 2, 3  # how far the end of a sentence is seen


@kernel(entry=True, interpreted=True)
def scan_bytes(
    data: ReadOnlyColumn[np.uint8],
    offsets: Column[np.int64],
    characters: Column[np.uint32],
    table: Table[np.int32],
    words: Column[np.uint64],
    places: Table[np.int32],
) -> tuple[int, int]:
    """Fill `table`, `words` and `places`; return how many lines and words there are. Careless are a small first letter,
    and a space before a full stop or comma. So is a word that a stop or comma glues to a small one before it. So are
    dots, exclamation or question marks in a row, and faces."""
    row = word = 0
    for text in range(len(offsets) - 1):
        at, stop = int(offsets[text]), int(offsets[text + 1])
        raw = char = blanks = 0
        inside = False
        while at <= stop:  # a segment an iteration
            for column in range(COLUMNS):
                table[row, column] = 0
            table[row, LineColumn.TEXT], table[row, LineColumn.RAW], table[row, LineColumn.BLANKS] = text, raw, blanks
            table[row, LineColumn.WORD] = word
            length = upper = digits = marks = first = wide = longest = head = 0
            first_word, plain, spaces = word, 0, 0  # small letters and single spaces that are counted apart
            begins, ends, end = -1, 0, 0  # kinds of its first and last character, and where it ends
            value = _SEED
            letters = tail = ended = 0  # letters so far; length of the last word; how far a sentence's end is seen
            small_word = syllable = leftward = False  # what the last word ends with: a small letter, a syllable, or
            # a letter of a script that runs to the left
            returned = closed = more = False
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
                        CharKind.PICTURE
                        if 0x1F000 <= code < 0x1FB00
                        else CharKind.UNSPACED
                        if 0x20000 <= code < 0x40000
                        else 0
                    ) << 16
                kind = entry >> 16
                opens = ended == SPACED and (code == 34 or code == 39)  # a quotation mark of which either side is alike
                if before == CharKind.STOP and (code == 0x201C or code == 0x2018):  # German: `„Nein.“ Er ging`
                    kind = CLOSING
                if ended and code != 10 and (opens or kind not in (CharKind.SPACE, CharKind.CLOSE, CharKind.STOP)):
                    more = kind != CharKind.MARK and kind != CharKind.COMMA and kind != CharKind.COLON
                    if kind == CharKind.LETTER and code < CASED:
                        more = False
                    elif ended == STOPPED:  # `May.Read more`: a seam, but no `U.S.A` and no `3.5`
                        following = int(data[at + size]) if at + size < stop else 10
                        more = kind == CharKind.UPPER and small_word and (97 <= following <= 122 or following >= 0x80)
                        more = more or (kind == CharKind.SYLLABLE and syllable)
                        more = more or (kind == CharKind.LETTER and leftward and code < RIGHT_TO_LEFT)
                    more = more and letters >= LEAST_LETTERS and word - first_word >= LEAST_WORDS
                    if more:
                        table[row, LineColumn.SENTENCES] += before == CharKind.STOP
                        break
                    ended = 0
                if length > 0 and kind > CharKind.MARK:
                    tail = length + syllable
                    places[word, 0], places[word, 1] = char - length, char
                    words[word] = value & ~_FLAGS | np.uint64(1 if digits == length else 3 * (length < 4))
                    word += 1
                    table[row, LineColumn.CAPITALISED] += first == CharKind.UPPER
                    table[row, LineColumn.CAPITALS] += length > 1 and upper + marks == length
                    table[row, LineColumn.NUMBERS] += digits == length
                    longest = max(longest, length)
                    table[row, LineColumn.ROUGH] += length > 3 and digits == 0 and glued == char - length
                    small = char if length >= 3 and upper == 0 and digits == 0 else small
                    length = upper = digits = marks = 0
                    value = _SEED
                if kind <= CharKind.UNSPACED and kind != CharKind.MARK:
                    value = (value ^ np.uint64(entry & 0xFFFF)) * _PRIME
                    wide += size > 1
                if kind <= CharKind.MARK:
                    first = first if length else kind
                    length += 1
                    upper += kind == CharKind.UPPER
                    digits += kind == CharKind.DIGIT
                    marks += kind == CharKind.MARK
                    letters += 1 + (kind == CharKind.SYLLABLE)
                    small_word = kind == CharKind.LETTER and code < CASED
                    syllable = kind == CharKind.SYLLABLE
                    leftward = (kind == CharKind.LETTER or kind == CharKind.MARK) and CASED <= code < RIGHT_TO_LEFT
                elif kind == CharKind.UNSPACED:
                    letters += 3
                    tail = LEAST_WORD
                    places[word, 0], places[word, 1] = char, char + 1
                    words[word] = (value ^ value >> np.uint64(29)) & ~_FLAGS | np.uint64(2)
                    word += 1
                    value = _SEED
                if before == CharKind.STOP and kind in (CharKind.SPACE, CharKind.CLOSE):
                    table[row, LineColumn.SENTENCES] += 1
                at += size
                if kind == CharKind.STOP:
                    if code >= IDEOGRAPHIC:
                        ended = IDEOGRAPH
                    elif code != 46 or tail >= LEAST_WORD or before == CharKind.CLOSE:
                        ended = STOPPED
                elif kind == CharKind.SPACE and ended == STOPPED:
                    ended = SPACED
                if kind == CharKind.STOP or kind == CharKind.COMMA:
                    glued = char + 1 if small == char else -1
                    spaced = (code == 44 or code == 46) and before == CharKind.SPACE and begins >= 0
                    table[row, LineColumn.ROUGH] += spaced and (at >= stop or data[at] <= 32)
                    if kind == CharKind.STOP:
                        stops = stops + 1 if before == CharKind.STOP else 1
                        table[row, LineColumn.ROUGH] += stops == 2 or code == 0x2026
                        table[row, LineColumn.CALLS] += code in (33, 63, 0x61F, 0xFF01, 0xFF1F)
                elif kind == CharKind.OPEN or kind == CharKind.CLOSE:
                    table[row, LineColumn.STRAIGHT] += code == 34
                    table[row, LineColumn.CURLED] += 0x2018 <= code <= 0x201E
                    table[row, LineColumn.ANGLED] += code == 0xAB
                    table[row, LineColumn.ROUGH] += code == 41 and last in FACES
                elif kind == CharKind.DASH:
                    table[row, LineColumn.DASHES] += code == 0x2013 or code == 0x2014
                if code == 10:
                    break
                returned = code == 13
                char += 1
                table[row, LineColumn.KINDS + kind] += 1
                before, last = kind, code
                if kind == CharKind.SPACE and begins >= 0 and head == 0:
                    head = char - 1 - table[row, LineColumn.START]
                if kind != CharKind.SPACE:
                    if begins < 0:
                        begins, table[row, LineColumn.START] = kind, char - 1
                        careless = kind == CharKind.LETTER and code < CASED
                        table[row, LineColumn.INSIDE] = SMALL * careless
                        table[row, LineColumn.ROUGH] += careless
                    closed, end = kind == CharKind.CLOSE, char
                    ends = ends if closed else kind
                if kind == CharKind.LETTER and code < CASED:
                    # Small letters behind it, whose entries are their code points, change only what is counted here.
                    while True:
                        begun = at
                        while at < stop and 97 <= data[at] <= 122:
                            value = (value ^ np.uint64(data[at])) * _PRIME
                            at += 1
                        run = at - begun
                        following = int(data[at]) if at < stop else 10
                        wider = FIRST_OF_TWO <= following < END_OF_TWO
                        if wider:
                            code = (following & 0x1F) << 6 | data[at + 1] & 0x3F
                            wider = characters[code] <= LARGEST_LETTER
                        if wider:
                            value = (value ^ np.uint64(characters[code])) * _PRIME
                            at += 2
                            run += 1
                            wide += 1
                        length += run
                        letters += run
                        plain += run
                        char += run
                        if wider:
                            continue
                        end = char
                        if following != 32 or digits + marks > 0 or glued == char - length:
                            break
                        # A word of letters ends, and a space is behind it.
                        places[word, 0], places[word, 1] = char - length, char
                        words[word] = value & ~_FLAGS | np.uint64(3 * (length < 4))
                        word += 1
                        table[row, LineColumn.CAPITALISED] += first == CharKind.UPPER
                        tail = length
                        longest = max(longest, length)
                        small = char if length >= 3 and upper == 0 else small
                        head = head if head else char - table[row, LineColumn.START]
                        first = length = upper = 0
                        value = _SEED
                        spaces += 1
                        char += 1
                        at += 1
                        if at >= stop or not 97 <= data[at] <= 122:
                            before, last = SPACE, 32
                            break
            table[row, LineColumn.FIRST], table[row, LineColumn.LAST] = begins, ends
            table[row, LineColumn.END], table[row, LineColumn.CLOSED] = end, closed
            table[row, LineColumn.WORDS], table[row, LineColumn.LONGEST] = word - first_word, longest
            table[row, LineColumn.KINDS] += plain
            table[row, LineColumn.KINDS + CharKind.SPACE] += spaces
            table[row, LineColumn.BREAK], table[row, LineColumn.WIDE] = char - returned, wide
            table[row, LineColumn.INSIDE] |= BEGINS * inside + ENDS * more
            table[row, LineColumn.HEAD] = head if head else end - table[row, LineColumn.START]
            blanks += 1
            if begins >= 0:
                row += 1
                blanks = 0
            if more:
                raw, inside = char, True
                continue
            if inside:  # where its line ends, the first segment learns only now
                segment = row - 1
                while table[segment, LineColumn.INSIDE] & BEGINS:
                    segment -= 1
                    table[segment, LineColumn.BREAK] = char - returned
            char += 1
            raw, inside = char, False
    return row, word
