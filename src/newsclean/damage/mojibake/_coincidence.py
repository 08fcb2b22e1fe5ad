"""Kernels: units of UTF-8 that chance makes in correct text."""

from typing import Any

from newsclean.damage.models.character_classes import ALPHA, MET
from newsclean.kernels import kernel

WINDOW = 30  # code points on either side in which uncovered letters count against a run
MARKS, PUNCTUATION = 0x300, 0x2000  # code points between are of words: letters, and marks on them
LATIN_LAST = 0x24F
BOX, BOX_END = 0x2500, 0x25A0  # lines and blocks that are drawn
LONG_S = 0x17F  # the letter that `┼┐` would be, which no text has today


@kernel(interpreted=True)
def by_chance(codes: Any, start: Any, end: Any, units: Any, value: Any, kinds: Any) -> Any:
    """Whether a run that begins with `value` is rather what it looks like, if nothing else speaks for its code page.

    Of one unit: two symbols that become another one (`¬´`) are as often meant as they stand; so are those that begin
    with a symbol or are letters of another script, where what they mean fits into no word (`√π`, `∆°`, `45 м²`,
    `đô la`), that end amid a word of such letters (`—Да`), or that become a letter no text had (`lá´´`). Of more units:
    words that become something no text had (`список`: ᯨ᮪).
    """
    first, letter, word = codes[start], kinds[value, 0] & ALPHA != 0, True
    written, unmet = letter or MARKS <= value < PUNCTUATION, kinds[value, 0] & MET == 0
    for i in range(start, end):
        word = word and kinds[codes[i], 0] & ALPHA != 0
    if units > 1:
        return written and unmet and word and first > LATIN_LAST
    if letter and unmet:
        return True
    agrees = False
    for side in range(2):
        at, edge = (end, codes[end - 1]) if side else (start - 1, first)
        if 0 <= at < len(codes) and kinds[codes[at], 0] & ALPHA:
            agrees |= kinds[codes[at], 1] == kinds[value, 1]
            if edge > LATIN_LAST and kinds[edge, 0] & ALPHA and kinds[edge, 1] == kinds[codes[at], 1]:
                return True
    if agrees:
        return False
    if not kinds[first, 0] & ALPHA:
        return written or end - start == 2
    if not written:
        return False
    if word or first <= LATIN_LAST:
        return word and kinds[first, 1] != kinds[value, 1]
    for i in range(max(0, start - WINDOW), min(end + WINDOW, len(codes))):
        if not start <= i < end and kinds[codes[i], 0] & ALPHA and kinds[codes[i], 1] == kinds[first, 1]:
            return True
    return False


@kernel(interpreted=True)
def box(code: Any) -> Any:
    """Whether a character draws lines or blocks."""
    return BOX <= code < BOX_END
