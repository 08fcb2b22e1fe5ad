"""Texts to sequences of hashed words: all that duplicates are found by.

A word is a `uint32`: 30 bits of hash of its first six folded letters (or all its digits), then two bits that say what
it is (`PLAIN`, `NAME`, `NUMBER`, `IDEOGRAPH`). Six letters are a stemmer for every language: same-story AP .77 → .92 on
Russian, no change on English and Vietnamese, and shingles that survive inflection.

Letters, digits and marks in a row make a word; digits keep a decimal point and lose group commas; an ideograph or
hiragana is a word of its own. Scripts that set no spaces (Thai, Khmer, Lao, Burmese) are cut where a hash of two
neighbouring letters says so, about every fourth letter, so that the same passage is cut alike everywhere.
"""

import functools
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.tokens._simd import BLOCK, classify, load, zeros
from newsclean.kernels import kernel

PLAIN, NAME, NUMBER, IDEOGRAPH = range(4)
STEM = 6
# Kinds of code points; training/duplicates/characters.py writes the table.
_LETTER, _CAPITAL, _DIGIT, _IDEOGRAPH, _UNSPACED, _SKIPPED, _STOP, _POINT, _COMMA = range(1, 10)
_UNSTABLE = 1 << 31  # marks code points that NFC may change
_PLANES = 0x20000  # size of the table; the two planes above it hold ideographs
_SMALL = np.uint64(0x2020_2020_2020)  # makes six ASCII letters small, and leaves digits alone
_ONE = np.uint64(1)
_FACTOR, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


@functools.cache
def character_table() -> NDArray[np.uint32]:
    """Folded code point << 4 | kind, by code point; with `_UNSTABLE` where NFC may change it or what stands there."""
    with (files("newsclean.duplicates.tokens") / "data/characters.npz").open("rb") as file, np.load(file) as arrays:
        folded = np.arange(_PLANES, dtype=np.int32) + arrays["shifts"]
        unstable = arrays["unstable"].astype(np.uint32) * np.uint32(_UNSTABLE)
        table: NDArray[np.uint32] = unstable | (folded.astype(np.uint32) << np.uint32(4)) | arrays["kinds"]
        return table


@kernel("uint32(uint32)")
def mix(value: Any) -> Any:
    """MurmurHash3's 32-bit finalizer: a bijection that spreads every bit (public domain; Austin Appleby)."""
    value = np.uint32(value ^ (value >> np.uint32(16)))
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value = np.uint32(value ^ (value >> np.uint32(13)))
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


@kernel()
def _hashed(letters: Any, rest: Any) -> Any:
    """30 bits of hash, in the upper bits, of the low bytes of a word's letters side by side and of all that is more."""
    value = (letters ^ rest) * _FACTOR
    value = (value ^ (value >> np.uint64(32))) * _OTHER
    return np.uint32(value >> np.uint64(32)) & np.uint32(0xFFFFFFFC)


@kernel()
def _skim(data: Any, at: Any, end: Any, fresh: Any, flag: Any, words: Any, count: Any) -> tuple[Any, ...]:
    """Write the words up to the first that is not ASCII or begins with a digit.

    Returns where it stops, how many words there are now, whether a sentence begins there, and the last word's sort.
    63 bytes are looked at at once: the place behind them is where additions carry to.
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
            length = min(zeros(ends) - start, STEM)
            stem = (load(data, at + start) | _SMALL) & ((_ONE << np.uint64(8 * length)) - _ONE)
            words[count] = _hashed(stem, np.uint64(0)) | np.uint32(names >> np.uint64(start)) & np.uint32(NAME)
            count += 1
            flag = np.uint32(PLAIN)
            starts &= starts - _ONE
            ends &= ends - _ONE
        step = zeros(starts) if starts else limit
        fresh = (fresh_at >> np.uint64(step)) & _ONE
        at += step
        if step == 0:  # the word is longer than what is seen at once
            break
    return at, count, fresh, flag


@kernel("void(Array(uint8, 1, 'C', readonly=True), int64[::1], uint32[::1], uint32[::1], int64[::1], uint32[::1])")
def _split(data: Any, bounds: Any, table: Any, words: Any, word_bounds: Any, marks: Any) -> None:
    """Write the words of every text to `words`, where each text's words begin and end to `word_bounds`, and to `marks`
    all marks that its code points have. A byte that belongs to no word stands behind every text.
    """
    count = 0
    for text in range(len(bounds) - 1):
        at, end = bounds[text], bounds[text + 1] - 1
        flag, before, seen = np.uint32(PLAIN), np.uint32(0), np.uint32(0)
        fresh = _ONE  # at the start of a sentence or line, where a capital says nothing
        while at < end:
            at, count, fresh, flag = _skim(data, at, end, fresh, flag, words, count)
            length, letters, rest = 0, np.uint64(0), np.uint64(0)
            moved = False
            while at < end:
                code = np.uint32(data[at])
                if moved and length == 0 and code < 0x80:
                    break
                moved = True
                at += 1
                if code >= 0xF0:
                    code = (code & 7) << 18 | (data[at] & 63) << 12 | (data[at + 1] & 63) << 6 | (data[at + 2] & 63)
                    at += 3
                elif code >= 0xE0:
                    code = (code & 15) << 12 | (data[at] & 63) << 6 | (data[at + 1] & 63)
                    at += 2
                elif code >= 0xC0:
                    code = (code & 31) << 6 | (data[at] & 63)
                    at += 1
                beyond = np.uint32(_UNSTABLE | code << 4 | (_IDEOGRAPH if code < 2 * _PLANES else 0))
                entry = table[code] if code < _PLANES else beyond
                seen |= entry
                kind = entry & 15
                folded = np.uint32((entry & ~np.uint32(_UNSTABLE)) >> 4)
                cut = kind == _UNSPACED and length > 1 and mix(np.uint32(before * 31 + folded)) & 3 == 0
                if (0 < kind <= _DIGIT or kind == _UNSPACED) and not cut:
                    if length == 0:
                        flag = np.uint32(
                            NUMBER if kind == _DIGIT else NAME if kind == _CAPITAL and not fresh else PLAIN
                        )
                        letters, rest = np.uint64(0), np.uint64(0)
                    if flag == NUMBER:
                        rest = (rest ^ np.uint64(folded)) * _FACTOR
                    elif length < STEM:
                        letters |= np.uint64(folded & 0xFF) << np.uint64(8 * length)
                        rest = (rest ^ np.uint64(folded >> 8)) * _FACTOR
                    before = folded
                    length += 2 if 0xAC00 <= folded < 0xD7A4 else 1  # a Korean syllable is two or three letters
                    continue
                if kind == _SKIPPED:
                    continue
                if kind in (_POINT, _COMMA) and flag == NUMBER and length and at < end and 48 <= data[at] <= 57:
                    if kind == _POINT:
                        rest = (rest ^ np.uint64(folded)) * _FACTOR
                    continue
                if length:
                    words[count] = _hashed(letters, rest) | flag
                    count += 1
                    length, fresh = 0, np.uint64(0)
                if cut:
                    letters, rest = np.uint64(folded & 0xFF), np.uint64(folded >> 8) * _FACTOR
                    length, flag, before = 1, np.uint32(PLAIN), folded
                elif kind == _IDEOGRAPH:
                    words[count] = mix(folded) & np.uint32(0xFFFFFFFC) | np.uint32(IDEOGRAPH)
                    count += 1
                    fresh = np.uint64(0)
                elif kind == _STOP or (kind == _POINT and flag != NUMBER):
                    fresh = _ONE
            if length:
                words[count] = _hashed(letters, rest) | flag
                count += 1
        word_bounds[text + 1] = count
        marks[text] = seen


def split(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """All words of all texts, one text after the other, and the n + 1 bounds of the texts in them.

    Words are those of the texts in NFC.

    >>> words, bounds = split(["Don't stop.", "", "don’t STOP"])
    >>> bounds.tolist(), (words[:3] >> 2 == words[3:] >> 2).all()
    ([0, 3, 3, 6], np.True_)
    """
    words, bounds, marks = _words_of(texts)
    changed = {}
    for row in np.flatnonzero(marks & np.uint32(_UNSTABLE)).tolist():  # normalizing all texts took as long as hashing
        normal = unicodedata.normalize("NFC", texts[row])
        if normal != texts[row]:
            changed[row] = normal
    if changed:
        words, bounds, _ = _words_of([changed.get(row, text) for row, text in enumerate(texts)])
    return words, bounds


def _words_of(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32]]:
    """Words, bounds and marks of texts in NFC."""
    # Lone surrogates are encoded like any other code point (three bytes), so that every `str` has a place.
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(data) + 1 for data in encoded], out=bounds[1:])
    encoded.append(b"\0" * BLOCK)  # room to look at a whole block
    data = np.frombuffer(b"\n".join(encoded), np.uint8)
    words = np.empty(len(data) // 2 + 1, np.uint32)  # a word has at least two bytes with what parts it
    word_bounds, marks = np.zeros(len(texts) + 1, np.int64), np.zeros(len(texts), np.uint32)
    _split(data, bounds, character_table(), words, word_bounds, marks)
    return words[: word_bounds[-1]].copy(), word_bounds, marks
