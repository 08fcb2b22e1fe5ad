"""Words of Central European languages and Turkish whose code page was read as windows-1252.

`Kullanýcý` and `pøedávat` are plausible to a model of letter pairs, for it knows Icelandic and Danish as well. That
they are no words, and `Kullanıcı` and `předávat` are, only a list of words can tell.
"""

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.codepages import characters
from newsclean.damage.models import _misread_words
from newsclean.damage.models._misread_words import LATIN, PLACES, KnownWords
from newsclean.damage.models.words import WITH_COMMAS, words

READ_AS = "windows-1252"
READ_IN = ("windows-1254", "windows-1250")
SWAPPED = "ãæèêìïðòõøùûýþÃÆÈÊÌÏÐÒÕØÙÛÝÞ"
"""Letters of windows-1252 that are others in one of READ_IN.

`àåñ` are left out: they are frequent in correct text, and rarely the only ones that were misread.
"""


@functools.cache
def known_words() -> KnownWords:
    """The known words as kernels look them up."""
    sums = np.array(words().known.checksums, np.uint32)
    bits = np.zeros(PLACES, np.bool_)
    bits[sums % PLACES] = True
    small, swapped = np.zeros(LATIN, np.uint32), np.zeros(LATIN, np.uint8)
    for code in range(LATIN):
        if chr(code).isalpha():
            small[code] = _small(chr(code))
    swapped[list(map(ord, SWAPPED))] = 1
    read = np.tile(small, (len(READ_IN), 1))
    for row, codepage in enumerate(READ_IN):
        for old, new in zip(characters(READ_AS), characters(codepage), strict=True):
            if old != new and new.isalpha() and ord(old) < LATIN:
                read[row, ord(old)] = _small(new)
    commas = read[-1].copy()
    for cedilla, comma in WITH_COMMAS.items():
        commas[commas == cedilla] = comma
    letters = np.concatenate((small, read.reshape(-1), commas))
    return KnownWords(sums, np.packbits(bits, bitorder="little"), letters, swapped, np.array(_steps(), np.uint32))


def _steps() -> list[int]:
    """The table of CRC-32."""
    steps = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
        steps.append(value)
    return steps


def _small(letter: str) -> int:
    small = letter.replace("İ", "i").lower()
    return ord(small) if len(small) == 1 else ord(letter)


def with_misread_words(
    codes: NDArray[np.uint32], offsets: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which of some texts (`rows`), text `t` from `offsets[t]` on, have a misread word."""
    found = np.zeros(len(rows), np.uint8)
    _misread_words.mark_misread_words(codes, offsets, rows, known_words(), found)
    return found > 0


def has_misread_word(texts: Sequence[str]) -> list[bool]:
    """Whether each of some texts has a misread word.

    >>> has_misread_word(["Kullanýcý adý", "Kullanıcı adı", "býr í húsi"])
    [True, False, False]
    """
    offsets = np.cumsum([0, *map(len, texts)])
    found: list[bool] = with_misread_words(code_points("".join(texts)), offsets, np.arange(len(texts))).tolist()
    return found
