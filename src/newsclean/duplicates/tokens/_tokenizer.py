"""Kernels that split UTF-8 into hashed words."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, kernel
from newsclean.duplicates.tokens._simd import classify, load, zeros
from newsclean.duplicates.tokens.hashing import FACTOR, hash_word, mix

PLAIN, NAME, NUMBER, IDEOGRAPH = range(4)
STEM = 6
_PIECE = 8  # letters of an ending that are looked at together
# Kinds of code points; training/duplicates/characters.py writes the table.
LETTER, _CAPITAL, _DIGIT, _IDEOGRAPH, _UNSPACED, _SKIPPED, _STOP, _POINT, _COMMA = range(1, 10)
UNSTABLE = 1 << 31  # marks code points that NFC may change
PLANES = 0x20000  # size of the table; the two planes above it hold ideographs
_SMALL = np.uint64(0x2020_2020_2020_2020)  # makes eight ASCII letters small, and leaves digits alone
_ZERO, _ONE = np.uint64(0), np.uint64(1)


@kernel()
def _chain(endings: np.uint64, letters: np.uint64) -> np.uint64:
    """`endings` with up to eight more letters behind them."""
    value = np.uint64((endings ^ letters) * FACTOR)
    return np.uint64(value ^ (value >> np.uint64(32)))


@kernel()
def _chain_ascii(endings: np.uint64, data: ReadOnlyColumn[np.uint8], at: int, count: int) -> np.uint64:
    """`endings` with the ending of a word, eight letters at a time: the last piece has fewer, perhaps none."""
    while count >= _PIECE:
        endings = _chain(endings, load(data, at) | _SMALL)
        at, count = at + _PIECE, count - _PIECE
    below = (_ONE << np.uint64(8 * count)) - _ONE
    return np.uint64(_chain(endings, (load(data, at) | _SMALL) & below))


@kernel()
def _skim(
    data: ReadOnlyColumn[np.uint8],
    at: int,
    end: int,
    fresh: np.uint64,
    flag: np.uint32,
    words: Column[np.uint32],
    count: int,
    endings: np.uint64,
) -> tuple[int, int, np.uint64, np.uint32, np.uint64]:
    """Write the words up to the first that is not ASCII or begins with a digit.

    Returns where it stops, how many words there are now, whether a sentence begins there, the last word's sort, and all
    endings so far. 63 bytes are looked at at once: the place behind them is where additions carry to.
    """
    limit = 63
    while limit == 63 and at < end:
        letters, capitals, digits, stops, points, foreign = classify(data, at)
        word = letters | digits
        starts = word & ~(word << _ONE)
        limit = min(zeros(foreign | (starts & digits)), min(63, end + 1 - at))
        below = (_ONE << np.uint64(limit)) - _ONE
        if flag == NUMBER:  # the full stop behind a number ends no sentence
            points &= ~(starts ^ (starts - _ONE))
        gaps = ~word & below
        ends = gaps & (word << _ONE)
        starts &= below
        # A stop, added to the gap it stands in, is carried to the place behind the gap.
        fresh_at = (gaps + ((stops | points) & below | fresh)) & ~gaps
        names = capitals & ~fresh_at
        while ends:
            start = zeros(starts)
            size = zeros(ends) - start
            stem = (load(data, at + start) | _SMALL) & ((_ONE << np.uint64(8 * min(size, STEM))) - _ONE)
            words[count] = hash_word(stem, _ZERO) | np.uint32(names >> np.uint64(start)) & np.uint32(NAME)
            if size >= STEM:
                endings = _chain_ascii(endings, data, at + start + STEM, size - STEM)
            count += 1
            flag = np.uint32(PLAIN)
            starts &= starts - _ONE
            ends &= ends - _ONE
        step = zeros(starts) if starts else limit
        fresh = (fresh_at >> np.uint64(step)) & _ONE
        at += step
        if step == 0:  # the word is longer than what is seen at once
            break
    return at, count, fresh, flag, endings


@kernel()
def _code_point(data: ReadOnlyColumn[np.uint8], at: int) -> tuple[np.uint32, int]:
    """The code point that begins at `at`, and where the next one does."""
    code = np.uint32(data[at])
    if code >= 0xF0:
        return (code & 7) << 18 | (data[at + 1] & 63) << 12 | (data[at + 2] & 63) << 6 | (data[at + 3] & 63), at + 4
    if code >= 0xE0:
        return (code & 15) << 12 | (data[at + 1] & 63) << 6 | (data[at + 2] & 63), at + 3
    if code >= 0xC0:
        return (code & 31) << 6 | (data[at + 1] & 63), at + 2
    return code, at + 1


@kernel()
def _entry(data: ReadOnlyColumn[np.uint8], at: int, table: Column[np.uint32]) -> tuple[np.uint32, int]:
    """What the table says of the code point that begins at `at`, and where the next one does."""
    code, at = _code_point(data, at)
    beyond = np.uint32(UNSTABLE | code << 4 | (_IDEOGRAPH if code < 2 * PLANES else 0))
    return table[code] if code < PLANES else beyond, at


@kernel()
def _add(low: np.uint64, high: np.uint64, folded: np.uint32, place: int) -> tuple[np.uint64, np.uint64]:
    """Letters with one more: their low bytes side by side, and a hash of all that is more."""
    return low | np.uint64(folded & 0xFF) << np.uint64(8 * place), (high ^ np.uint64(folded >> 8)) * FACTOR


@kernel()
def _split_text(
    data: ReadOnlyColumn[np.uint8], at: int, end: int, table: Column[np.uint32], words: Column[np.uint32], count: int
) -> tuple[int, np.uint32, np.uint64]:
    """Write the words between `at` and `end` behind the first `count`; returns how many there are then, all marks, and
    the endings."""
    flag, before, seen, endings = np.uint32(PLAIN), np.uint32(0), np.uint32(0), _ZERO
    fresh = _ONE  # at the start of a sentence or line, where a capital says nothing
    while at < end:
        at, count, fresh, flag, endings = _skim(data, at, end, fresh, flag, words, count, endings)
        length, letters, rest = 0, _ZERO, _ZERO
        behind, ending, high = 0, _ZERO, _ZERO  # letters behind the stem
        moved = False
        while at < end and not (moved and length == 0 and data[at] < 0x80):
            moved = True
            entry, at = _entry(data, at, table)
            seen |= entry
            kind = entry & 15
            folded = np.uint32((entry & ~np.uint32(UNSTABLE)) >> 4)
            cut = kind == _UNSPACED and length > 1 and mix(np.uint32(before * 31 + folded)) & 3 == 0
            if (0 < kind <= _DIGIT or kind == _UNSPACED) and not cut:
                if length == 0:
                    flag = np.uint32(NUMBER if kind == _DIGIT else NAME if kind == _CAPITAL and not fresh else PLAIN)
                if flag == NUMBER:
                    rest = (rest ^ np.uint64(folded)) * FACTOR
                elif length < STEM:
                    letters, rest = _add(letters, rest, folded, length)
                else:
                    ending, high = _add(ending, high, folded, behind)
                    behind += 1
                    if behind == _PIECE:
                        endings, behind, ending, high = _chain(endings, ending ^ high), 0, _ZERO, _ZERO
                before = folded
                length += 2 if 0xAC00 <= folded < 0xD7A4 else 1  # a Korean syllable is two or three letters
                continue
            if kind == _SKIPPED:
                continue
            if kind in (_POINT, _COMMA) and flag == NUMBER and length and at < end and 48 <= data[at] <= 57:
                if kind == _POINT:
                    rest = (rest ^ np.uint64(folded)) * FACTOR
                continue
            if length:
                words[count] = hash_word(letters, rest) | flag
                count += 1
                endings = _chain(endings, ending ^ high) if flag != NUMBER and length >= STEM else endings
                length, behind, fresh = 0, 0, _ZERO
                letters = rest = ending = high = _ZERO
            if cut:
                letters, rest = _add(letters, rest, folded, 0)
                length, flag, before = 1, np.uint32(PLAIN), folded
            elif kind == _IDEOGRAPH:
                words[count] = mix(folded) & np.uint32(0xFFFFFFFC) | np.uint32(IDEOGRAPH)
                count += 1
                fresh = _ZERO
            elif kind == _STOP or (kind == _POINT and flag != NUMBER):
                fresh = _ONE
        if length:
            words[count] = hash_word(letters, rest) | flag
            count += 1
            endings = _chain(endings, ending ^ high) if flag != NUMBER and length >= STEM else endings
    return count, seen, endings


@kernel(entry=True)
def split_encoded(
    data: ReadOnlyColumn[np.uint8],
    bounds: Column[np.int64],
    table: Column[np.uint32],
    words: Column[np.uint32],
    word_bounds: Column[np.int64],
    marks: Column[np.uint32],
    endings: Column[np.uint64],
) -> None:
    """Write the words of every text to `words`, and where each text's words begin and end to `word_bounds`.

    `marks` gets all marks that its code points have, `endings` a digest of the letters behind the stems of its words,
    in order. A byte that belongs to no word stands behind every text.
    """
    count = 0
    for text in range(len(bounds) - 1):
        count, marks[text], endings[text] = _split_text(data, bounds[text], bounds[text + 1] - 1, table, words, count)
        word_bounds[text + 1] = count
