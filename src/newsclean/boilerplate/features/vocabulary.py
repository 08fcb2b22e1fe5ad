"""What the words of a line share with the article's paragraphs; rare words count more than common ones."""

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features.columns import Feature, Floats
from newsclean.boilerplate.lines import LineColumn, Lines, rarity
from newsclean.compilation import Column, Table, kernel

LEAD = 5  # paragraphs that say what the article is about
PAIR = 20  # weight of two neighbouring characters of a script without spaces, in tenths
_MIX = np.uint64(0x9E3779B97F4A7C15)


def fill_shared(lines: Lines, bounds: NDArray[np.int64], is_prose: NDArray[np.bool_], table: Floats) -> None:
    """Fill five columns of the table of features: `shared`, the share, by weight, of a line's words that another
    paragraph of the text has (-1 if no word counts); `content`, the binary logarithm of their weight; `lead`, the share
    that is first said in another of the first LEAD paragraphs; `themes`, the binary logarithm of the weight times how
    often paragraphs come back to it; and `theme`, the greatest such product of one word."""
    keys, weight = np.empty(len(lines.words), np.int64), np.zeros(len(lines.words), np.uint8)
    most = _weigh(lines.table, bounds, lines.words, is_prose, rarity(), keys, weight)
    slots = np.zeros((1 << (2 * most).bit_length(), 5), np.int64)
    _share(lines.table, bounds, keys, weight, is_prose, slots, table)


@kernel(entry=True, interpreted=True)
def _weigh(
    lines: Table[np.int32],
    bounds: Column[np.int64],
    words: Column[np.uint64],
    is_prose: Column[np.bool_],
    rarity: Column[np.uint8],
    keys: Column[np.int64],
    weight: Column[np.uint8],
) -> int:
    """The words that say something of a topic, pairs of characters in scripts without spaces, and what they weigh;
    return how many words the paragraphs of a text have at most."""
    most = 0
    for text in range(len(bounds) - 1):
        count = 0
        for row in range(bounds[text], bounds[text + 1]):
            if is_prose[row]:
                count += lines[row, LineColumn.WORDS]
            first = lines[row, LineColumn.WORD]
            before = np.uint64(0)
            for at in range(first, first + lines[row, LineColumn.WORDS]):
                word = np.uint64(words[at])
                flag = word & np.uint64(3)
                if flag == 2:
                    keys[at] = np.int64((before ^ word * np.uint64(3)) * _MIX >> np.uint64(2))
                    before = word
                    weight[at] = PAIR * (at > first)
                elif flag != 3:
                    keys[at] = np.int64(word >> np.uint64(2))
                    weight[at] = rarity[np.int64(word >> np.uint64(44))]
        most = max(most, count)
    return most


class Slot(IntEnum):
    """Columns of the hash table of the paragraphs' words: word, text, how many paragraphs have it, the first and last.

    Texts and paragraphs are counted from 1.
    """

    KEY = 0
    TEXT = 1
    PARAGRAPHS = 2
    FIRST = 3
    LAST = 4


@kernel(entry=True, interpreted=True)
def _share(
    lines: Table[np.int32],
    bounds: Column[np.int64],
    keys: Column[np.int64],
    weight: Column[np.uint8],
    is_prose: Column[np.bool_],
    slots: Table[np.int64],
    table: Table[np.float32],
) -> None:
    """Fill the columns of the words that a line shares with the paragraphs.

    `slots` is a hash table (columns: `Slot`), of which each text uses twice as many rows as its paragraphs have words.
    """
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        words = 0
        for row in range(begin, end):
            if is_prose[row]:
                words += lines[row, LineColumn.WORDS]
        mask = 1
        while mask <= 2 * words:
            mask *= 2
        mask -= 1
        paragraph = 0
        for row in range(begin, end):  # enter the words of paragraphs
            if not is_prose[row]:
                continue
            paragraph += 1
            for at in range(lines[row, LineColumn.WORD], lines[row, LineColumn.WORD] + lines[row, LineColumn.WORDS]):
                if weight[at] == 0:
                    continue
                slot = (keys[at] >> 18) & mask
                while slots[slot, Slot.TEXT] == text + 1 and slots[slot, Slot.KEY] != keys[at]:
                    slot = (slot + 1) & mask
                if slots[slot, Slot.TEXT] != text + 1:
                    slots[slot, Slot.KEY], slots[slot, Slot.TEXT], slots[slot, Slot.PARAGRAPHS] = keys[at], text + 1, 1
                    slots[slot, Slot.FIRST] = slots[slot, Slot.LAST] = paragraph
                elif slots[slot, Slot.LAST] != paragraph:
                    slots[slot, Slot.PARAGRAPHS] += 1
                    slots[slot, Slot.LAST] = paragraph
        paragraph = 0
        for row in range(begin, end):  # look up those of all lines
            paragraph += is_prose[row]
            total = known = lead = 0
            themes = theme = 0.0
            for at in range(lines[row, LineColumn.WORD], lines[row, LineColumn.WORD] + lines[row, LineColumn.WORDS]):
                if weight[at] == 0:
                    continue
                total += weight[at]
                slot = (keys[at] >> 18) & mask
                while slots[slot, Slot.TEXT] == text + 1 and slots[slot, Slot.KEY] != keys[at]:
                    slot = (slot + 1) & mask
                if slots[slot, Slot.TEXT] == text + 1 and slots[slot, Slot.PARAGRAPHS] > is_prose[row]:
                    known += weight[at]
                    if slots[slot, Slot.FIRST] <= LEAD and not (is_prose[row] and slots[slot, Slot.FIRST] == paragraph):
                        lead += weight[at]
                    returns = weight[at] * 0.1 * math.log2(1.0 + slots[slot, Slot.PARAGRAPHS] - is_prose[row])
                    themes += returns
                    theme = max(theme, returns)
            table[row, Feature.SHARED] = known / total if total else -1.0
            table[row, Feature.CONTENT] = math.log2(1 + total * 0.1)
            table[row, Feature.LEAD] = lead / total if total else -1.0
            table[row, Feature.THEMES] = math.log2(1 + themes)
            table[row, Feature.THEME] = theme
