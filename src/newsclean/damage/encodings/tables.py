"""Characters to bytes and back for each code page, as arrays for the kernels."""

import functools
import unicodedata

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.encodings.codepages import CODEPAGES, characters

WRITTEN_IN = tuple(codepage.name for codepage in CODEPAGES)
FILLED = 1 << 14


@functools.cache
def utf8_tables() -> NDArray[np.uint16]:
    """Of each character below 65536 and each code page: continuation byte << 8 | lead byte, 0 where it is neither.
    Shape (65536, code pages): what all code pages make of a character stands together in the processor's cache.

    A character stands for its byte in the code page; where the code page has no character, C1 and windows-1252 stand
    for it. Bit 14 is set for continuation bytes that windows-1252 fills.
    """
    windows = characters("windows-1252")
    tables = np.zeros((65536, len(CODEPAGES)), np.uint16)
    for codepage, table in zip(CODEPAGES, tables.T, strict=True):
        own = characters(codepage.name)
        for low, high, shift in ((0xC2, 0xF5, 0), (0x80, 0xC0, 8)):
            codes = {}
            for byte in range(low, high):
                if own[byte] == chr(byte):
                    codes.update({ord(windows[byte]): byte, byte: byte})
            codes.update((ord(unicodedata.normalize("NFC", own[byte])), byte) for byte in range(low, high))
            codes.update((ord(own[byte]), byte) for byte in range(low, high))
            for code, byte in codes.items():
                table[code] |= byte << shift
                if shift and own[byte] != chr(code) == windows[byte]:
                    table[code] |= FILLED
    return tables


@functools.cache
def codepage_numbers() -> NDArray[np.uint8]:
    """At `(1 << codepage) % 67`: the number of a code page."""
    numbers = np.zeros(67, np.uint8)
    for codepage in range(len(CODEPAGES)):
        numbers[(1 << codepage) % 67] = codepage
    return numbers


@functools.cache
def codepage_table() -> NDArray[np.uint32]:
    """Code point of each byte in each code page of WRITTEN_IN; 0 where undefined. Shape (code pages, 256)."""
    table = np.zeros((len(WRITTEN_IN), 256), np.uint32)
    for row, name in enumerate(WRITTEN_IN):
        for byte, character in enumerate(characters(name)):
            table[row, byte] = 0 if 0x80 <= ord(character) < 0xA0 else ord(character)
    return table


@functools.cache
def byte_table(name: str) -> NDArray[np.int16]:
    """Byte of each character below 65536 in a code page, C1 and windows-1252 filling undefined bytes; -1: none."""
    table = np.full(65536, -1, np.int16)
    own, windows = characters(name), characters("windows-1252")
    for byte in range(0x80, 0x100):
        if own[byte] == chr(byte):
            table[ord(windows[byte])] = byte
    table[0x80:0xA0] = range(0x80, 0xA0)
    for byte in range(256):
        table[ord(own[byte])] = byte
    return table
