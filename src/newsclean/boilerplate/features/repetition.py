"""What a line repeats of other lines: all its words, or three at a time (copies of the text, quotations, captions)."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features.columns import Feature, Floats
from newsclean.boilerplate.lines import LineColumn, Lines
from newsclean.compilation import Column, Table, kernel

BITS = 30  # of a word's hash, so that three words make a number without overflow
FACTOR = 31
_LOW = np.uint64(64 - BITS)
MOST_REPEATS = 3


class Slot(IntEnum):
    """Columns of a hash table: the text that an entry is of, from 1, and what is kept for its key."""

    TEXT = 0
    VALUE = 1


def fill_echo(lines: Lines, bounds: NDArray[np.int64], table: Floats) -> None:
    """Fill the column of the share of a line's sequences of three words that a line above has, too. It is -1 where a
    line has fewer words."""
    most = np.add.reduceat(lines.table[:, LineColumn.WORDS], bounds[:-1]).max(initial=0)  # words of a text
    size = 1 << (2 * int(most) + 1).bit_length()
    _echo(lines.table, bounds, lines.words, np.empty(size, np.int64), np.zeros((size, 2), np.int32), table)


@kernel(entry=True, interpreted=True)
def _echo(
    lines: Table[np.int32],
    bounds: Column[np.int64],
    words: Column[np.uint64],
    keys: Column[np.int64],
    slots: Table[np.int32],
    table: Table[np.float32],
) -> None:
    """`keys` and `slots` (value: the first row) are a hash table of sequences. Texts share it, one after the other,
    and use of it what they need, so that it stays in the processor's cache."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        words_in_text = 0
        for row in range(begin, end):
            words_in_text += lines[row, LineColumn.WORDS]
        mask = 1
        while mask <= 2 * words_in_text:
            mask *= 2
        mask -= 1
        for row in range(begin, end):
            above = 0
            first, count = lines[row, LineColumn.WORD], lines[row, LineColumn.WORDS]
            if count <= 2:
                table[row, Feature.ECHO] = -1.0
                continue
            two, one = np.int64(words[first] >> _LOW), np.int64(words[first + 1] >> _LOW)
            for at in range(first + 2, first + count):
                word = np.int64(words[at] >> _LOW)
                key = (two * FACTOR + one) * FACTOR + word
                two, one = one, word
                slot = (key >> 9) & mask
                while slots[slot, Slot.TEXT] == text + 1 and keys[slot] != key:
                    slot = (slot + 1) & mask
                if slots[slot, Slot.TEXT] == text + 1:
                    above += slots[slot, Slot.VALUE] < row
                else:
                    keys[slot], slots[slot, Slot.TEXT], slots[slot, Slot.VALUE] = key, text + 1, row
            table[row, Feature.ECHO] = above / (count - 2)


def fill_repeats(lines: Lines, bounds: NDArray[np.int64], table: Floats) -> None:
    """Fill the column of how many other lines of the text have the same words."""
    slots = 1 << (2 * int(np.diff(bounds).max(initial=0))).bit_length()
    own = np.empty(len(lines.table), np.uint64)
    _repeats(lines.table, lines.words, bounds, own, np.empty(slots, np.uint64), np.zeros((slots, 2), np.int32), table)


@kernel(entry=True, interpreted=True)
def _repeats(
    lines: Table[np.int32],
    words: Column[np.uint64],
    bounds: Column[np.int64],
    own: Column[np.uint64],
    keys: Column[np.uint64],
    slots: Table[np.int32],
    table: Table[np.float32],
) -> None:
    """Fill the column of how many other lines of the text have the same words. `own` is room for a key of each line.
    `keys` and `slots` (value: the number of lines) are a hash table with room for twice the lines of any text."""
    for text in range(len(bounds) - 1):
        mask = 1
        while mask <= 2 * (bounds[text + 1] - bounds[text]):
            mask *= 2
        mask -= 1
        for again in range(2):  # count the lines, then look up how many there are
            for row in range(bounds[text], bounds[text + 1]):
                if again == 0:
                    own[row] = _key_of(lines, words, row)
                key = own[row]
                slot = np.int64(key >> np.uint64(20)) & mask
                while slots[slot, Slot.TEXT] == text + 1 and keys[slot] != key:
                    slot = (slot + 1) & mask
                if again:
                    table[row, Feature.REPEATS] = min(slots[slot, Slot.VALUE] - 1, MOST_REPEATS)
                elif slots[slot, Slot.TEXT] == text + 1:
                    slots[slot, Slot.VALUE] += 1
                else:
                    keys[slot], slots[slot, Slot.TEXT], slots[slot, Slot.VALUE] = key, text + 1, 1


@kernel(interpreted=True)
def _key_of(lines: Table[np.int32], words: Column[np.uint64], row: int) -> np.uint64:
    """A key of the words of a line, whatever their order."""
    key = np.uint64(0)
    for at in range(lines[row, LineColumn.WORD], lines[row, LineColumn.WORD] + lines[row, LineColumn.WORDS]):
        word = np.uint64(words[at])
        key += word * (word >> np.uint64(7))
    return key
