"""Kernels: units of UTF-8 that chance makes in correct text."""

import numpy as np

from newsclean.compilation import Table, kernel
from newsclean.damage.codepoints import Codes
from newsclean.damage.models.character_classes import ALPHA, LOWER, MET, UPPER, Kind

WINDOW = 30  # code points on either side in which uncovered letters count against a run
MARKS, PUNCTUATION = 0x300, 0x2000  # code points between are of words: letters, and marks on them
LATIN_LAST = 0x24F
BOX, BOX_END = 0x2500, 0x25A0  # lines and blocks that are drawn
SMALL_N_ACUTE, SMALL_C_ACUTE = 0x144, 0x107
ANGSTROM = 0xC5  # with a square or a cube: a unit of measure
COPYRIGHT, REGISTERED, TRADE_MARK = 0xA9, 0xAE, 0x2122
BACKSLASH = 0x5C
SYMBOLS_LAST, EMOJI = 0x2BFF, 0x10000  # between them a character that training never met is chance
LONG_S = 0x17F  # the letter that `┼┐` would be, which no text has today


@kernel(interpreted=True, inline=True)
def is_coincidence(codes: Codes, start: int, end: int, units: int, value: int, kinds: Table[np.uint8]) -> bool:
    """Whether a run that begins with `value` is rather what it looks like, if nothing else speaks for its code page.

    Two symbols that become another one (`¬´`) are as often meant as they stand. So are single units that begin with a
    symbol, or are letters of another script, in three cases. They mean what fits into no word (`√π`, `∆°`, `45 м²`).
    They end amid a word of such letters (`—Да`). They become a letter that no text had (`lá´´`). Of more units it is
    words that become something no text had (`список`: ᯨ᮪), or two letters (`УКУК`). And it is lines and blocks that
    touch no word (`█║▌│`). And it is what a brand ends with, as a small letter behind capitals (`CAFÉ™`: ə). And it is
    `ńć` in a word, as Upper Sorbian spells (`zhońće`).
    """
    first, letter, word = codes[start], kinds[value, Kind.FLAGS] & ALPHA != 0, True
    written, unmet = letter or MARKS <= value < PUNCTUATION, kinds[value, Kind.FLAGS] & MET == 0
    if units == 1 and is_brand(codes, start, end, kinds) and kinds[value, Kind.FLAGS] & LOWER:
        return True
    if units == 1 and first == ANGSTROM and end - start == 2 and 0xB2 <= codes[start + 1] <= 0xB3:
        return True
    if (
        units == 1
        and first == SMALL_N_ACUTE
        and codes[end - 1] == SMALL_C_ACUTE
        and is_behind_small(codes, start, kinds)
    ):
        return True
    drawn = True
    for i in range(start, end):
        word = word and kinds[codes[i], Kind.FLAGS] & ALPHA != 0
        drawn = drawn and BOX <= codes[i] < BOX_END
    if units > 1 and not drawn:
        foreign = first > LATIN_LAST or kinds[first, Kind.SCRIPT] != kinds[value, Kind.SCRIPT]
        return written and word and ((unmet and first > LATIN_LAST) or (foreign and units == 2))
    if unmet and (written or (units == 1 and SYMBOLS_LAST < value < EMOJI)):
        return True
    agrees = False
    for side in range(2):
        at, edge = (end, codes[end - 1]) if side else (start - 1, first)
        escaped = side == 0 and at > 0 and codes[at - 1] == BACKSLASH  # `\n` is no letter
        if 0 <= at < len(codes) and kinds[codes[at], Kind.FLAGS] & ALPHA and not escaped:
            beside = kinds[codes[at], Kind.SCRIPT]
            agrees |= beside == kinds[value, Kind.SCRIPT]
            if edge > LATIN_LAST and kinds[edge, Kind.FLAGS] & ALPHA and kinds[edge, Kind.SCRIPT] == beside:
                return True
    if agrees:
        return False
    if (drawn and units > 1) or (written and not letter):  # a mark that stands on no letter of its script
        return True
    if not kinds[first, Kind.FLAGS] & ALPHA:
        return written or end - start == 2
    if not written:
        return False
    if word or first <= LATIN_LAST:
        return word and kinds[first, Kind.SCRIPT] != kinds[value, Kind.SCRIPT]
    for i in range(max(0, start - WINDOW), min(end + WINDOW, len(codes))):
        outside = not start <= i < end and kinds[codes[i], Kind.FLAGS] & ALPHA != 0
        if outside and kinds[codes[i], Kind.SCRIPT] == kinds[first, Kind.SCRIPT]:
            return True
    return False


@kernel(interpreted=True, inline=True)
def is_behind_small(codes: Codes, start: int, kinds: Table[np.uint8]) -> bool:
    """Whether a small letter stands before a place."""
    return start > 0 and kinds[codes[start - 1], Kind.FLAGS] & LOWER != 0


@kernel(interpreted=True, inline=True)
def is_brand(codes: Codes, start: int, end: int, kinds: Table[np.uint8]) -> bool:
    """Whether a run is a capital behind another one and the sign of a brand."""
    last = codes[end - 1]
    signed = end - start == 2 and last in (TRADE_MARK, REGISTERED, COPYRIGHT)
    capital = start > 0 and kinds[codes[start], Kind.FLAGS] & UPPER and kinds[codes[start - 1], Kind.FLAGS] & UPPER
    return bool(signed and capital and not (end < len(codes) and kinds[codes[end], Kind.FLAGS] & ALPHA))


@kernel(interpreted=True, inline=True)
def draws(code: int) -> bool:
    """Whether a character draws lines or blocks."""
    return BOX <= code < BOX_END
