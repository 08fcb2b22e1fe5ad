"""Kernel: words that are not known as they stand, and are once a code page was read as another one."""

# mypy: disable-error-code="assignment, no-any-return"

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, kernel
from newsclean.damage.codepoints import Codes

LATIN = 0x250  # code points below are looked at
WHOLE, WINDOW, APART = 512, 256, 1024  # code points that are looked at; behind them so many, so far apart
BLOCK = 8  # code points; ASCII is skipped by blocks
FIRST, LAST = 0xC0, 0xFF  # letters that a code page may have been misread as are between
SHORTEST = 4  # letters of a word
MOST_LOOKUPS = 8  # words of a text that are looked up: where so many are right, the code page is
PLACES = 1 << 23  # bits that tell whether a checksum may be known: 5 % of them are set


class KnownWords(NamedTuple):
    """The checksums of known words, and what is needed to compute those of others."""

    sums: Column[np.uint32]
    """In ascending order."""
    places: Column[np.uint8]
    """A bit at the place of each checksum."""
    small: Column[np.uint32]
    """The small letter of each code point below LATIN, 0 where that is no letter.

    Behind it, LATIN for LATIN, what they are in each code page.
    """
    swapped: Column[np.uint8]
    """1 for letters that a code page may have been misread as and that make a word worth a look."""
    steps: Column[np.uint32]
    """The table of CRC-32."""


@kernel(entry=True, interpreted=True)
def mark_misread_words(
    codes: Codes, offsets: Column[np.int64], rows: Column[np.int64], known: KnownWords, found: Column[np.uint8]
) -> None:
    """Whether each of some texts (`rows`) has a misread word."""
    for k in range(len(rows)):
        text = rows[k]
        found[k] = has_misread_word(codes[offsets[text] : offsets[text + 1]], known)


@kernel(interpreted=True, inline=True)
def has_misread_word(codes: Codes, known: KnownWords) -> bool:
    """Whether one of the first words of a text with letters that may be misread is; of a long text a part is looked
    at."""
    misread, done, right, first = False, 0, 0, 0
    while first < len(codes) and not misread and right < MOST_LOOKUPS:
        stop = min(first + WINDOW, len(codes))
        for block in range(first, stop, BLOCK):
            every = np.uint32(0)
            for i in range(block, min(block + BLOCK, stop)):
                every |= codes[i]
            for i in range(block, min(block + BLOCK, stop) if every >= FIRST else block):
                if codes[i] >= FIRST and codes[i] <= LAST and i >= done and known.swapped[codes[i]]:
                    start, done = word_at(codes, i, known.small)
                    if done - start >= SHORTEST and right < MOST_LOOKUPS:
                        misread |= is_misread(codes[start:done], known)
                        right += 1
        first += WINDOW if first < WHOLE else APART
    return misread


@kernel(interpreted=True, inline=True)
def word_at(codes: Codes, at: int, small: Column[np.uint32]) -> tuple[int, int]:
    """Where the word begins and ends that has a letter at a place."""
    start, end = at, at + 1
    while start > 0 and codes[start - 1] < LATIN and small[codes[start - 1]]:
        start -= 1
    while end < len(codes) and codes[end] < LATIN and small[codes[end]]:
        end += 1
    return start, end


@kernel(interpreted=True, inline=True)
def is_misread(codes: Codes, known: KnownWords) -> bool:
    """Whether a word is not known, and is in another code page."""
    own = checksum(codes, known.small, 0, known.steps)
    place = own % PLACES
    misread = False
    if known.places[place >> 3] >> (place & 7) & 1 == 0:
        for first in range(LATIN, len(known.small), LATIN):
            other = checksum(codes, known.small, first, known.steps)
            place = other % PLACES
            if other != own and known.places[place >> 3] >> (place & 7) & 1:
                misread |= is_known(other, known.sums)
    return misread


@kernel(interpreted=True, inline=True)
def checksum(codes: Codes, small: Column[np.uint32], first: int, steps: Column[np.uint32]) -> int:
    """The CRC-32 of a word in UTF-8, its letters as `small` has them from `first` on."""
    value = 0xFFFFFFFF
    for i in range(len(codes)):
        letter = 0 + small[first + codes[i]]
        if letter >= 0x80:
            value = steps[(value ^ (0xC0 | letter >> 6)) & 0xFF] ^ value >> 8
            letter = 0x80 | letter & 0x3F
        value = steps[(value ^ letter) & 0xFF] ^ value >> 8
    return value ^ 0xFFFFFFFF


@kernel(interpreted=True, inline=True)
def is_known(value: int, sums: Column[np.uint32]) -> bool:
    """Whether a checksum is one of a known word."""
    low, high = 0, len(sums)
    while low < high:
        middle = (low + high) >> 1
        if sums[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < len(sums) and sums[low] == value
