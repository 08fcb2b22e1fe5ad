"""What stays because of its neighbours."""

import numpy as np

from newsclean.boilerplate.features import Feature
from newsclean.boilerplate.lines import BEGINS, SMALL, CharKind, LineColumn
from newsclean.compilation import Column, Table, kernel

TORN = 20  # lines of a run that is no paragraph
MOST_TORN = 0.34  # share of what nothing names in it, below which none of that goes
SURE = 0.9  # probability from which half a sentence goes
WORD = 20  # code points, at most, of a word that goes on with a sentence; addresses are longer
LONG = 190  # letters of a part of a block that is not to be torn from it
ITEMS, LONGEST_LIST = 2, 30  # lines of a list that a colon announces
SLASHES = 2  # of an address
MARK = 4  # digits of a line that numbers another one, or says when it was written


@kernel(entry=True, interpreted=True)
def keep_marks(
    bounds: Column[np.int64], lines: Table[np.int32], length: Column[np.int32], gone: Column[np.bool_]
) -> None:
    """A line without words (`1.`, `* * *`, `18:20`) goes only with both its neighbours: it belongs to one of them. One
    that is alone in its text numbers nothing. Lines of longer numbers are dates, and go alone."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        marks = 0
        for row in range(begin, end):
            marks += lines[row, LineColumn.WORDS] == lines[row, LineColumn.NUMBERS] and length[row] <= MARK
        for row in range(begin, end if marks > 1 else begin):
            if gone[row] and lines[row, LineColumn.WORDS] == lines[row, LineColumn.NUMBERS] and length[row] <= MARK:
                gone[row] = (row == begin or gone[row - 1]) and (row == end - 1 or gone[row + 1])


@kernel(entry=True, interpreted=True)
def keep_torn_runs(
    bounds: Column[np.int64],
    length: Column[np.int32],
    named: Column[np.bool_],
    table: Table[np.float32],
    gone: Column[np.bool_],
) -> None:
    """Keep a long run of lines that are no paragraphs whole, if less than a third of what nothing names would go.
    Credits of films, line-ups, programmes and lists of foods are such runs of lines alike."""
    for text in range(len(bounds) - 1):
        first = bounds[text]
        for row in range(bounds[text], bounds[text + 1] + 1):
            if row < bounds[text + 1] and table[row, Feature.PROSE] == 0:
                continue
            unnamed = going = 0
            for item in range(first, row):
                if not named[item]:
                    unnamed += length[item]
                    going += length[item] * gone[item]
            if row - first >= TORN and going < MOST_TORN * unnamed:
                for item in range(first, row):
                    gone[item] = gone[item] and named[item]
            first = row + 1


@kernel(entry=True, interpreted=True)
def keep_torn_sentences(
    bounds: Column[np.int64],
    lines: Table[np.int32],
    named: Column[np.bool_],
    probability: Column[np.float32],
    gone: Column[np.bool_],
) -> None:
    """A sentence is not torn: half of it that nothing names, and that is not SURE, stays with the other half."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        for row in range(begin + 1, end):  # what stays keeps what follows it,
            if gone[row] and not gone[row - 1] and goes_on(lines, row) and not named[row] and probability[row] < SURE:
                gone[row] = False
        for row in range(end - 2, begin - 1, -1):  # and what stands before it
            if gone[row] and not gone[row + 1] and goes_on(lines, row + 1):
                gone[row] = named[row] or probability[row] >= SURE


@kernel(entry=True, interpreted=True)
def keep_long_parts(
    bounds: Column[np.int64],
    lines: Table[np.int32],
    length: Column[np.int32],
    named: Column[np.bool_],
    probability: Column[np.float32],
    gone: Column[np.bool_],
) -> None:
    """A long part of a block that is half the text or more stays if any of the block does. What a rule names, or what
    is SURE, goes."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        letters = 0
        for row in range(begin, end):
            letters += length[row]
        first = begin
        while first < end:
            whole, own = gone[first], length[first]
            last = first + 1
            while last < end and lines[last, LineColumn.INSIDE] & BEGINS > 0:
                whole = whole and gone[last]
                own += length[last]
                last += 1
            for row in range(first, last if not whole and 2 * own >= letters else first):
                if length[row] >= LONG and not named[row] and probability[row] < SURE:
                    gone[row] = False
            first = last


@kernel(entry=True, interpreted=True)
def keep_announced_items(
    bounds: Column[np.int64],
    lines: Table[np.int32],
    named: Column[np.bool_],
    probability: Column[np.float32],
    table: Table[np.float32],
    gone: Column[np.bool_],
) -> None:
    """Below a line that ends with a colon and stays, items that nothing names stay if fewer than half would go. What is
    SURE goes."""
    for text in range(len(bounds) - 1):
        end = bounds[text + 1]
        for row in range(bounds[text], end):
            if gone[row] or named[row] or lines[row, LineColumn.LAST] != CharKind.COLON:
                continue
            last, going = row + 1, 0
            while last < end and last - row <= LONGEST_LIST and table[last, Feature.PROSE] == 0 and not named[last]:
                going += gone[last]
                last += 1
            if last - row > ITEMS and 2 * going < last - row - 1:
                for item in range(row + 1, last):
                    gone[item] = gone[item] and probability[item] >= SURE


@kernel(entry=True, interpreted=True)
def keep_addresses(
    bounds: Column[np.int64],
    lines: Table[np.int32],
    named: Column[np.bool_],
    probability: Column[np.float32],
    gone: Column[np.bool_],
) -> None:
    """A line that is but an address stays if the line above it does. What a rule names, or what is SURE, goes."""
    for text in range(len(bounds) - 1):
        for row in range(bounds[text] + 1, bounds[text + 1]):
            if gone[row] and not gone[row - 1] and not named[row] and probability[row] < SURE:
                gone[row] = not is_address(lines, row)


@kernel(interpreted=True)
def is_address(lines: Table[np.int32], row: int) -> bool:
    """Whether a segment is an address of the web: no space, a colon and slashes."""
    kinds = LineColumn.KINDS
    spaces, colons = lines[row, kinds + CharKind.SPACE], lines[row, kinds + CharKind.COLON]
    return bool(spaces == 0 and colons > 0 and lines[row, kinds + CharKind.SEPARATOR] >= SLASHES)


@kernel(interpreted=True)
def goes_on(lines: Table[np.int32], row: int) -> bool:
    """Whether a segment goes on with the sentence before it: no stop ends that, and it begins with a small letter or a
    comma."""
    small = lines[row, LineColumn.INSIDE] & SMALL > 0 and lines[row, LineColumn.HEAD] <= WORD
    begins = small or lines[row, LineColumn.FIRST] == CharKind.COMMA
    return bool(begins and lines[row - 1, LineColumn.LAST] != CharKind.STOP)
