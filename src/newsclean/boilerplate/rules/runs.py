"""Labels in a row: `Print Share on Facebook Tweet` in one line were lines of their own."""

import functools
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import LineColumn, Lines
from newsclean.boilerplate.rules._keys import MIX, Keys, extend, first_place, indexed, may_lead
from newsclean.boilerplate.rules.phrases import Place, phrase_keys, word_hashes
from newsclean.boilerplate.rules.registry import phrases
from newsclean.compilation import Column, Table, kernel

LONGEST = 12  # words of a label


class Label(IntEnum):
    """Columns of labels: the row of the line, and the numbers of the label's first word and of that behind it."""

    ROW = 0
    FIRST = 1
    BEHIND = 2


@functools.cache
def _labels() -> Keys:
    """The phrases that are lines by themselves. Dates stand in sentences too."""
    labels = [phrase.words for phrase in phrases() if phrase.how == "line" and phrase.rule != "date-stamp"]
    words, count = word_hashes([label for label in labels if not label[0].isdigit()])
    keys, leading = phrase_keys(words, count, np.full(len(count), Place.START, np.int64))
    keys = np.unique(keys)
    return indexed(keys, leading, np.arange(len(keys), dtype=np.uint64))


def labels_in(lines: Lines) -> NDArray[np.int32]:
    """(labels, len(Label)) the longest phrases that are lines by themselves, none of which begins in another."""
    found = np.empty((len(lines.words) + 1, len(Label)), np.int32)
    return found[: _find(lines.table, lines.words, _labels(), found)]


@kernel(entry=True, interpreted=True)
def _find(table: Table[np.int32], words: Column[np.uint64], known: Keys, found: Table[np.int32]) -> int:
    count = 0
    for row in range(len(table)):
        word = table[row, LineColumn.WORD]
        end = word + table[row, LineColumn.WORDS]
        while word < end:
            value = MIX * np.uint64(Place.START)
            behind = word
            for at in range(word, min(end, word + LONGEST)):
                value = extend(value, words[at])
                if not may_lead(known, value):
                    break
                if first_place(known, value) >= 0:
                    behind = at + 1
            if behind > word:
                found[count, Label.ROW], found[count, Label.FIRST], found[count, Label.BEHIND] = row, word, behind
                count += 1
            word = max(behind, word + 1)
    return count
