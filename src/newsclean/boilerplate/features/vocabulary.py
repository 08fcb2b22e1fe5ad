"""What the words of a line share with the article's paragraphs; rare words count more than common ones."""

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features.columns import Feature, Floats
from newsclean.boilerplate.lines import LineColumn, Lines, rarity
from newsclean.compilation import Column, Table, kernel

LEAD_PARAGRAPHS = 5  # paragraphs that say what the article is about
PAIR = 20  # weight of two neighbouring characters of a script without spaces, in tenths
_MIX = np.uint64(0x9E3779B97F4A7C15)
_RETURNS = np.array([math.log2(1.0 + count) for count in range(64)])  # by how many other paragraphs have a word


def fill_shared(lines: Lines, bounds: NDArray[np.int64], is_prose: NDArray[np.bool_], table: Floats) -> None:
    """Fill five columns of the table of features from the words that a line has in common with paragraphs.

    `shared` is the share, by weight, of a line's words that another paragraph has; -1 if no word counts. `content` is
    the binary logarithm of their weight. `lead` is the share that is first said in another of the first LEAD_PARAGRAPHS
    paragraphs. `themes` is the binary logarithm of the weight times how often paragraphs come back to it. `theme` is
    the greatest such product of one word.
    """
    size = len(lines.words) + 1
    firsts = np.empty(len(lines.table) + 1, np.int64)
    counted = _Counted(firsts, np.empty(size, np.int64), np.empty(size, np.uint8), np.empty(size, np.int32))
    most = _weigh(lines.table, bounds, lines.words, is_prose, rarity(), counted)
    room = 1 << (2 * most).bit_length()
    slots = _Slots(np.empty(room, np.int64), np.zeros((room, len(Slot)), np.int32))
    _share(bounds, counted, is_prose, slots, _RETURNS, table)


class _Counted(NamedTuple):
    """The words that have a weight."""

    first: Column[np.int64]
    """The first one of each line, and how many there are."""
    keys: Column[np.int64]
    weight: Column[np.uint8]
    slot: Column[np.int32]
    """Where the word of a paragraph stands in the hash table."""


class Slot(IntEnum):
    """Columns of the hash table of the paragraphs' words: text, how many paragraphs have it, the first and last.

    Texts and paragraphs are counted from 1.
    """

    TEXT = 0
    PARAGRAPHS = 1
    FIRST = 2
    LAST = 3


class _Slots(NamedTuple):
    """The hash table: words, and what is known of each (columns: `Slot`)."""

    keys: Column[np.int64]
    table: Table[np.int32]


@kernel(entry=True, interpreted=True)
def _weigh(
    lines: Table[np.int32],
    bounds: Column[np.int64],
    words: Column[np.uint64],
    is_prose: Column[np.bool_],
    rarity: Column[np.uint8],
    counted: _Counted,
) -> int:
    """Write the words that say something of a topic, and their weights; return how many words the paragraphs of a text
    have. In scripts without spaces these are pairs of characters. The number is that of the text with most."""
    most = count = 0
    for text in range(len(bounds) - 1):
        of_text = 0
        for row in range(bounds[text], bounds[text + 1]):
            counted.first[row] = count
            first = lines[row, LineColumn.WORD]
            before = np.uint64(0)
            for at in range(first, first + lines[row, LineColumn.WORDS]):
                word = np.uint64(words[at])
                flag = word & np.uint64(3)
                if flag == 2:
                    counted.keys[count] = np.int64((before ^ word * np.uint64(3)) * _MIX >> np.uint64(2))
                    before = word
                    counted.weight[count] = PAIR * (at > first)
                    count += int(at > first)
                else:
                    weight = int(flag != 3) * rarity[np.int64(word >> np.uint64(44))]
                    counted.keys[count] = np.int64(word >> np.uint64(2))
                    counted.weight[count] = weight
                    count += int(weight > 0)
            if is_prose[row]:
                of_text += count - counted.first[row]
        most = max(most, of_text)
    counted.first[len(lines)] = count
    return most


@kernel(entry=True, interpreted=True)
def _share(
    bounds: Column[np.int64],
    counted: _Counted,
    is_prose: Column[np.bool_],
    slots: _Slots,
    returns: Column[np.float64],
    table: Table[np.float32],
) -> None:
    """Fill the columns of the words that a line shares with the paragraphs.

    Each text uses twice as many rows of the hash table as its paragraphs have words. `returns` has the binary
    logarithms of small numbers.
    """
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        mask = _mask_for(begin, end, counted, is_prose)
        paragraph = 0
        for row in range(begin, end):  # enter the words of paragraphs
            if not is_prose[row]:
                continue
            paragraph += 1
            for at in range(counted.first[row], counted.first[row + 1]):
                key = counted.keys[at]
                slot = _slot_of(slots, key, mask, text + 1)
                counted.slot[at] = slot
                if slots.table[slot, Slot.TEXT] != text + 1:
                    slots.keys[slot] = key
                    slots.table[slot, Slot.TEXT], slots.table[slot, Slot.PARAGRAPHS] = text + 1, 1
                    slots.table[slot, Slot.FIRST] = slots.table[slot, Slot.LAST] = paragraph
                else:
                    slots.table[slot, Slot.PARAGRAPHS] += slots.table[slot, Slot.LAST] != paragraph
                    slots.table[slot, Slot.LAST] = paragraph
        paragraph = 0
        for row in range(begin, end):  # look up those of all lines
            own = int(is_prose[row])
            paragraph += own
            total = known = lead = 0
            themes = theme = 0.0
            for at in range(counted.first[row], counted.first[row + 1]):
                weight = counted.weight[at]
                total += weight
                slot = counted.slot[at] if own else _slot_of(slots, counted.keys[at], mask, text + 1)
                if slots.table[slot, Slot.TEXT] == text + 1 and slots.table[slot, Slot.PARAGRAPHS] > own:
                    first = slots.table[slot, Slot.FIRST]
                    known += weight
                    lead += weight * (first <= LEAD_PARAGRAPHS and not (own and first == paragraph))
                    others = slots.table[slot, Slot.PARAGRAPHS] - own
                    often = returns[others] if others < len(returns) else math.log2(1.0 + others)
                    themes += weight * 0.1 * often
                    theme = max(theme, weight * 0.1 * often)
            table[row, Feature.SHARED] = known / total if total else -1.0
            table[row, Feature.CONTENT] = math.log2(1 + total * 0.1)
            table[row, Feature.LEAD] = lead / total if total else -1.0
            table[row, Feature.THEMES] = math.log2(1 + themes)
            table[row, Feature.THEME] = theme


@kernel(interpreted=True)
def _mask_for(begin: int, end: int, counted: _Counted, is_prose: Column[np.bool_]) -> int:
    """The last row of the hash table that a text with these lines uses."""
    words, rows = 0, 1
    for row in range(begin, end):
        if is_prose[row]:
            words += counted.first[row + 1] - counted.first[row]
    while rows <= 2 * words:
        rows *= 2
    return rows - 1


@kernel(interpreted=True, inline=True)
def _slot_of(slots: _Slots, key: int, mask: int, text: int) -> int:
    """Where a word of a text stands in the hash table, or would."""
    slot = (key >> 18) & mask
    while slots.table[slot, Slot.TEXT] == text and slots.keys[slot] != key:
        slot = (slot + 1) & mask
    return slot
