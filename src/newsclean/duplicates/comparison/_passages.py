"""Kernels for passages of four and more words that two bodies share, and for their headlines."""

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, kernel
from newsclean.duplicates.tokens import NAME, NUMBER

_SIZE = 4  # words of a shingle
_SLOT = 6  # words that differ between two shared passages at most, on either side, where a frame is filled in


class Passages(NamedTuple):
    """The words of all texts, and where the bodies of the left and of the right text begin."""

    words: ReadOnlyColumn[np.uint32]
    left: int
    right: int


@kernel()
def covered_words(found: Column[np.uint32], size: int, most: int) -> int:
    """How many of the first `most` words stand in a shingle that is not 0 in `found`."""
    covered, until = 0, 0
    for place in range(min(size, most)):
        if found[place]:
            end = min(place + _SIZE, most)
            covered += end - max(until, place)
            until = end
    return covered


@kernel()
def measure_gaps(found: Column[np.uint32], size: int) -> tuple[int, int, int, int]:
    """Words in shingles that are not 0 in `found`, and words that are in none of them. Of the latter: those before the
    first such shingle, the most in a row, and those behind the last."""
    covered, longest, until = 0, 0, 0
    first, place = -1, 0
    while place < size:
        if found[place] == 0:
            place += 1
            continue
        start = place
        while place < size and found[place] != 0:
            place += 1
        first = start if first < 0 else first
        longest = max(longest, start - until)
        covered += place - 1 + _SIZE - max(until, start)
        until = place - 1 + _SIZE
    tail = size + _SIZE - 1 - until
    return covered, size + _SIZE - 1 if first < 0 else first, max(longest, tail), tail


@kernel()
def _has_fact(words: ReadOnlyColumn[np.uint32], start: int, end: int) -> bool:
    """Whether there is a name or a number."""
    for at in range(start, end):
        sort = words[np.uint64(at)] & np.uint32(3)
        if sort in (NAME, NUMBER):
            return True
    return False


@kernel()
def measure_passages(bodies: Passages, found: Column[np.uint32], size: int) -> tuple[int, int, int, int]:
    """The longest shared passage of the right text in words, how many passages there are, and what lies between them. A
    slot is a few words between two passages, on either side, that differ. The last two values are how many slots there
    are, and how many hold a name or a number."""
    longest, passages, slots, facts = 0, 0, 0, 0
    last_right, last_left = -1, -1
    place = 0
    while place < size:
        if found[place] == 0:
            place += 1
            continue
        left = int(found[place]) - 1
        if last_right >= 0:
            more, other = place - last_right, left - last_left
            if 0 <= more <= _SLOT and 0 <= other <= _SLOT and more + other > 0:
                slots += 1
                facts += _has_fact(bodies.words, bodies.right + last_right, bodies.right + place) or _has_fact(
                    bodies.words, bodies.left + last_left, bodies.left + left
                )
        start = place
        while place < size and found[place] != 0:
            left = int(found[place]) - 1
            place += 1
        passages += 1
        last_right, last_left = place - 1 + _SIZE, left + _SIZE
        longest = max(longest, place - start + _SIZE - 1)
    return longest, passages, slots, facts


@kernel()
def _occurs_before(words: ReadOnlyColumn[np.uint32], at: int, start: int, end: int) -> bool:
    """Whether the word at `at` stands between `start` and `end`."""
    found = False
    for other in range(start, end):
        found |= bool((words[np.uint64(other)] ^ words[np.uint64(at)]) >> np.uint32(2) == 0)
    return found


@kernel()
def different_words(words: ReadOnlyColumn[np.uint32], start: int, end: int) -> int:
    """How many different words there are."""
    distinct = 0
    for at in range(start, end):
        distinct += not _occurs_before(words, at, start, at)
    return distinct


@kernel()
def shared_headline(words: ReadOnlyColumn[np.uint32], start: int, end: int, others: int, others_end: int) -> int:
    """How many different words two headlines share, by where each begins and ends."""
    shared = 0
    for at in range(start, end):
        shared += not _occurs_before(words, at, start, at) and _occurs_before(words, at, others, others_end)
    return shared
