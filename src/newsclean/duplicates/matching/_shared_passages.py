"""The kernel that takes out what a text shares with texts that are no copies of it."""

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.duplicates.comparison import Kind, Lookup, Texts, fill_table, gather_values, look_up, lookup_for

_SIZE = 4  # words of a shingle


class Partners(NamedTuple):
    """For each text: other texts, from `starts[text]` to `starts[text + 1]`."""

    starts: Column[np.int64]
    others: Column[np.int64]


@kernel()
def mark_words(lookup: Lookup, size: int, stamp: np.uint32, marks: Column[np.uint8], value: int) -> None:
    """Set the marks of the words in shingles that a pair has just been seen to share."""
    for place in range(size):
        if lookup.seen[lookup.firsts[place]] == stamp:
            for at in range(place, place + _SIZE):
                marks[at] |= value


@kernel(entry=True)
def count_own_words(texts: Texts, unlike: Partners, likely: Partners, found: Table[np.int64]) -> None:
    """For each text and each of its `likely` copies: words of the text's body in passages that the copy has, and own
    ones. Own words are in passages that no `unlike` text has. Rows of `found` are in order of `likely.others`."""
    longest = 1
    for text in range(len(texts.spans)):
        longest = max(longest, int(texts.spans[text, 1] - texts.spans[text, 0]))
    lookup, values = lookup_for(longest), np.empty(longest + 1, np.uint32)
    places, marks = np.empty(longest + 1, np.uint32), np.zeros(longest + 1, np.uint8)
    stamp = np.uint32(0)
    for text in range(len(likely.starts) - 1):
        if likely.starts[text] == likely.starts[text + 1]:
            continue
        size = gather_values(texts, text, Kind.FOURS, lookup.values)
        bits = 6
        while 1 << bits < 4 * size:
            bits += 1
        fill_table(lookup, size, bits)
        marks[: size + _SIZE - 1] = 0
        for row in range(unlike.starts[text], unlike.starts[text + 1]):
            stamp += np.uint32(1)
            sizes = gather_values(texts, unlike.others[row], Kind.FOURS, values), size
            look_up(values, sizes, lookup, bits, stamp, places)
            mark_words(lookup, size, stamp, marks, 1)
        for row in range(likely.starts[text], likely.starts[text + 1]):
            stamp += np.uint32(1)
            sizes = gather_values(texts, likely.others[row], Kind.FOURS, values), size
            look_up(values, sizes, lookup, bits, stamp, places)
            mark_words(lookup, size, stamp, marks, 2)
            found[row, 0], found[row, 1] = 0, 0
            for at in range(size + _SIZE - 1):
                found[row, 0] += marks[at] & 2 != 0
                found[row, 1] += marks[at] == 2
                marks[at] &= 1
