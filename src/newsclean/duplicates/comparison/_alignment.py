"""Kernels for passages that two texts have in the same order."""

import numpy as np

from newsclean.compilation import Column, kernel

_GAP = 16  # words between shared pairs of words in one passage
_DRIFT = 4  # words by which a passage may shift between them
_LINKS = 4  # shared pairs of words that make a passage


@kernel()
def align(found: Column[np.uint32], size: int) -> tuple[int, np.int64]:
    """Words of the right text in passages of the left, and by how many words these shift altogether.

    A passage is a chain of shared pairs of words at nearly one offset. It survives what breaks longer shingles (misread
    letters, every fifth word replaced), while independent reports share no passages beyond quotations. `found` says
    where in the left text the pairs of words stand.
    """
    covered, begin, last, links = 0, 0, -_GAP - 1, 0
    offset, stray, shift, shifted = np.int64(0), np.int64(1 << 40), np.int64(0), np.int64(0)
    place = 0
    while place < size:
        if found[np.uint64(place)] == 0:
            place += 1
            continue
        away = np.int64(found[np.uint64(place)]) - 1 - place
        if place - last <= _GAP and abs(away - offset) <= _DRIFT:
            shift += abs(away - offset)
            last, offset, links = place, away, links + 1
        else:
            if place - last > _GAP or abs(away - stray) <= _DRIFT:
                if links >= _LINKS:
                    covered, shifted = covered + last - begin + 2, shifted + shift
                begin, last, offset, links, shift = place, place, away, 1, np.int64(0)
            stray = away
        place += 1
        if offset == away:  # most of what follows does so without a gap
            start = place
            while place < size and found[np.uint64(place)] == place + 1 + away:
                place += 1
            links += place - start
            last = place - 1 if place > start else last
    if links >= _LINKS:
        covered, shifted = covered + last - begin + 2, shifted + shift
    return covered, shifted


@kernel()
def longest_run(found: Column[np.uint32], size: int) -> int:
    """The longest run of shared shingles."""
    longest, streak = 0, 0
    for place in range(size):
        streak = streak + 1 if found[place] else 0
        longest = max(longest, streak)
    return longest
