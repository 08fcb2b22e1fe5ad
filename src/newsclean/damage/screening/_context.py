"""Kernels: characters that are signs of damage only beside others."""

# mypy: disable-error-code="no-any-return"

import numpy as np

from newsclean.compilation import Column, kernel
from newsclean.damage.codepoints import NEW_LINE, Codes
from newsclean.damage.screening.columns import MARKS

JOINER, JOINED, LOST = 64, 128, 256  # flags: a joiner, a character that joiners stand behind, what begins a leftover
FLAGS = 48  # bits of marks above those of code pages
LAST = 65535  # no character: it stands for those above, which no code page has
A_CIRCUMFLEX, A_TILDE, SMALL_A, I_CIRCUMFLEX, I_DIAERESIS, EURO, REPLACEMENT = (
    0xC2, 0xC3, 0xE2, 0xCE, 0xCF, 0x20AC, 0xFFFD,
)  # fmt: skip
SMALL_I, YI, INTERSECTION = 0xEF, 0x457, 0x2229  # in misread byte order marks: `ï»¿`, `п»ї`, `∩╗┐`
QUOTE, CORNER, PE = 0xBB, 0x2557, 0x43F
SPACE, QUESTION, DASH, LOW_QUOTE = 0x20, 0x3F, 0x2014, 0x201E
TRADE_MARK, SMALL_TILDE, LIGATURE, HOOK, DAGGER, DOUBLE_DAGGER, CIRCUMFLEX, PER_MILLE = (
    0x2122, 0x2DC, 0x153, 0x192, 0x2020, 0x2021, 0x2C6, 0x2030,
)  # fmt: skip
D, E, EYE, ELL, M, N, R, S, T, V = (ord(letter) for letter in "deilmnrstv")
CASE = 0x20  # the bit that tells small letters of ASCII from capitals


@kernel(interpreted=True)
def loose_joiner(codes: Codes, marks: Column[np.int64]) -> bool:
    """Whether a joiner stands behind a character that none stands behind."""
    joined, loose = 0, False
    for i in range(len(codes)):
        flag = marks[min(codes[i], LAST) * MARKS] >> FLAGS
        loose |= (flag & JOINER != 0) & (joined & JOINED == 0)
        joined = flag if codes[i] <= LAST else JOINED if joins(codes[i]) else 0
    return loose


@kernel(interpreted=True)
def joins(code: int) -> bool:
    """Whether joiners stand behind a character above LAST: those of `characters.ranges.JOINERS`."""
    return 0x1F000 <= code <= 0x1FFFF or 0x10A00 <= code <= 0x11FFF or 0x1E900 <= code <= 0x1E95F


@kernel(interpreted=True)
def may_have_leftover(codes: Codes, spans: Column[np.uint32], count: int, marks: Column[np.int64]) -> bool:
    """Whether there may be a lost letter or a leftover (`damage/lossy`) in some stretches. French, Romanian and
    Portuguese are full of the letters that begin one, but not of what stands beside them in one."""
    for span in range(count):
        for i in range(np.uint64(spans[2 * span]), np.uint64(spans[2 * span + 1])):
            if marks[min(codes[i], LAST) * MARKS] >> FLAGS & LOST and may_begin_leftover(codes, int(i)):
                return True
    return False


@kernel(interpreted=True)
def may_begin_leftover(codes: Codes, i: int) -> bool:
    """Whether a character with the flag LOST may begin a lost letter or a leftover, by what stands beside it."""
    c, before, after = codes[i], codes[i - 1] if i > 0 else NEW_LINE, codes[i + 1] if i + 1 < len(codes) else NEW_LINE
    if c == A_CIRCUMFLEX:
        return after == SPACE or 0xA1 <= after <= 0xBF
    if c == A_TILDE:
        return after in (DASH, QUESTION) or (small(before) and (after < 0x80 or after > LAST))
    if c == SMALL_A:
        cut = after in (EURO, LOW_QUOTE, QUESTION)
        return cut or (0x61 <= before | CASE <= 0x7A and contracts(codes, before, i + 1))
    if c == EURO:
        return after in (TRADE_MARK, SMALL_TILDE, LIGATURE)
    if c == I_CIRCUMFLEX:
        return 0xA3 <= after <= 0xBF
    if c == SMALL_I:
        return after in (QUOTE, 0xBF)  # or in a misread replacement character: `ï¿½`
    if c == YI:
        return before == QUOTE and i > 1 and codes[i - 2] == PE
    if c == INTERSECTION:
        return after == CORNER
    if c == I_DIAERESIS:
        return after in (EURO, HOOK, DAGGER, DOUBLE_DAGGER, CIRCUMFLEX, PER_MILLE)
    return c == REPLACEMENT


@kernel(interpreted=True)
def small(code: int) -> bool:
    """Whether a code point is a small letter of Latin-1, as patterns of leftovers take it."""
    return 0x61 <= code <= 0x7A or (0xDF <= code <= 0xFF and code != 0xF7)


@kernel(interpreted=True)
def contracts(codes: Codes, before: int, at: int) -> bool:
    """Whether what English has behind an apostrophe may stand at a place. That is `s`, `d`, `re`, `ve` or `ll`, and `t`
    behind `n` or `m` behind `I`."""
    first, second = codes[at] if at < len(codes) else NEW_LINE, codes[at + 1] if at + 1 < len(codes) else NEW_LINE
    if first in (S, D) or (first == T and before == N) or (first == M and before | CASE == EYE):
        return ends(second)
    double = (first in (R, V) and second == E) or (first == ELL and second == ELL)
    return double and ends(codes[at + 2] if at + 2 < len(codes) else NEW_LINE)


@kernel(interpreted=True)
def ends(code: int) -> bool:
    """Whether a word may end before a character: before none of ASCII that words are written with."""
    return not (0x30 <= code <= 0x39 or 0x61 <= code | CASE <= 0x7A or code == 0x5F)
