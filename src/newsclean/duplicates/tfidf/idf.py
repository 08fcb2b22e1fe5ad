"""Which terms of an article matter: inverse document frequencies and the terms they make salient.

The weight of a term is log((N + m + 1) / (df + m p + .1)): `df` of the N articles of the corpus in this language hold
it, and of `m` more articles imagined from a background of the language a share `p` would. Document frequencies are
counted in slots of a table, so that memory is bounded: terms that fall into one slot share their count, which only ever
makes a term look more common than it is.
"""

import functools
import math
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.tokens._simd import fetch, zeros
from newsclean.duplicates.tokens.terms import term
from newsclean.duplicates.tokens.tokenizer import mix
from newsclean.kernels import kernel

IMAGINED = 2000.0  # articles that the background counts for: as good as 500, and scores drift half as much with N
STORY_WORDS = 4096  # an article's words beyond these say nothing about its story
_CUE_WORDS = 150  # words that the language is told from
_CUE_SLOTS = 1 << 16
_ALONE = 1.1  # smoothed number of articles that hold a term which one of them does
_LEVELS = 24.0  # quantized probabilities: e^(-level / 24), so 2 % exact, down to e^-10.6
_AHEAD = 12  # slots that are asked for before they are needed: the time that memory takes
UNKNOWN = 0  # language of a text that has no background; others are 1 + row of the table


class Background(NamedTuple):
    """The shipped table: terms and quantized probabilities of language i are rows bounds[i] to bounds[i + 1]."""

    languages: tuple[str, ...]
    keys: NDArray[np.uint32]
    levels: NDArray[np.uint8]
    bounds: NDArray[np.int64]
    cues: NDArray[np.uint64]  # by slot of a term: bit i is set if it is among the most frequent words of language i


def quantized(probability: float) -> int:
    """The level (0 to 255) that stands for a probability in the table."""
    return min(255, round(-math.log(probability) * _LEVELS))


@functools.cache
def background() -> Background:
    """The background of all languages, read once (0.6 MB, 10 ms)."""
    with (files("newsclean.duplicates.tokens") / "data/background.npz").open("rb") as file, np.load(file) as arrays:
        cues = np.zeros(_CUE_SLOTS, np.uint64)
        for row, terms in enumerate(arrays["cues"]):
            cues[terms[terms > 0] & np.uint32(_CUE_SLOTS - 1)] |= np.uint64(1) << np.uint64(row)
        languages = tuple(str(name) for name in arrays["languages"])
        return Background(languages, arrays["keys"], arrays["levels"], arrays["bounds"], cues)


def language_code(name: str | None) -> int:
    """The number of a language by its ISO 639-1 name; `UNKNOWN` where there is no background for it.

    >>> language_code("xx")
    0
    """
    languages = background().languages
    name = (name or "").lower().replace("_", "-").partition("-")[0]
    return languages.index(name) + 1 if name in languages else UNKNOWN


@kernel()
def _add(one: Any, two: Any, three: Any) -> tuple[Any, Any]:
    """The lower and the upper bits of sums of three bits, 64 at once."""
    either = one ^ two
    return either ^ three, (one & two) | (either & three)


@kernel("void(Array(uint32, 1, 'C', readonly=True), int64[::1], Array(uint64, 1, 'C', readonly=True), uint8[::1])")
def _tell_languages(words: Any, bounds: Any, cues: Any, codes: Any) -> None:
    """Write the language with most frequent words among each text's first words, unless a language is given."""
    cue = np.empty(8, np.uint64)
    for text in range(len(bounds) - 1):
        if codes[text] != 255:
            continue
        start, end = bounds[text], min(bounds[text + 1], bounds[text] + _CUE_WORDS)
        # Bit r of the k-th number is bit k of the votes for row r: 64 counters up to 255 that are added to at once,
        # eight words together, as most carries are then added up before they reach the higher bits.
        one = two = four = eight = sixteen = more = many = most = np.uint64(0)
        for first in range(start, end, 8):
            for at in range(8):
                cue[at] = cues[term(words, first + at, end) & np.uint32(_CUE_SLOTS - 1)] if first + at < end else 0
            one, low = _add(one, cue[0], cue[1])
            one, high = _add(one, cue[2], cue[3])
            two, lower = _add(two, low, high)
            one, low = _add(one, cue[4], cue[5])
            one, high = _add(one, cue[6], cue[7])
            two, upper = _add(two, low, high)
            four, carry = _add(four, lower, upper)
            eight, carry = eight ^ carry, eight & carry
            sixteen, carry = sixteen ^ carry, sixteen & carry
            more, carry = more ^ carry, more & carry
            many, carry = many ^ carry, many & carry
            most ^= carry
        best, highest = ~np.uint64(0), np.uint64(0)  # rows with most votes, as bits, and how many
        for bits in (most, many, more, sixteen, eight, four, two, one):
            highest <<= np.uint64(1)
            if best & bits:
                best, highest = best & bits, highest | np.uint64(1)
        codes[text] = zeros(best) + 1 if highest * 12 > end - start else UNKNOWN


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], Array(uint8, 1, 'C', readonly=True), uint32[:, ::1])"
)
def _count(words: Any, spans: Any, codes: Any, slots: Any) -> None:
    """Add 1 to column 0 of the slot of every term that a text holds; column 1 remembers the last text there."""
    mask = np.uint32(len(slots) - 1)
    places = np.empty(STORY_WORDS, np.int64)
    for text in range(len(spans)):
        salt = np.uint32(codes[text]) * np.uint32(0x9E3779B1)
        start = spans[text, 0]
        count = min(spans[text, 1] - start, STORY_WORDS)
        for at in range(count):
            places[at] = mix(term(words, start + at, start + count) ^ salt) & mask
        for at in range(count):
            fetch(slots, places[min(at + _AHEAD, count - 1)])
            place = np.uint64(places[at])
            fresh = slots[place, 1] != text + 1  # no branch, as none could be predicted
            slots[place, 1] = text + 1
            slots[place, 0] += np.uint32(fresh)


def tell_languages(words: NDArray[np.uint32], bounds: NDArray[np.int64], codes: NDArray[np.uint8]) -> None:
    """Replace the 255s in `codes` by the languages of the texts."""
    _tell_languages(words, bounds, background().cues, codes)


def learn_weights(words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The table that `vectors.fill` weighs terms by, for a corpus given at once; see `blend`."""
    size = min(1 << 24, max(1 << 18, 1 << (len(spans) * 16).bit_length()))
    counts = count_terms(words, spans, codes, size)
    return blend(counts, np.bincount(codes, minlength=256))


def shareable(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same table for finding articles that share terms: what only one article holds, and no background, is 0.

    Misread words and numbers are the rarest there are, and would take the places of those that can be shared.
    """
    table = weights.copy()
    table[:-256][table[:-256] < math.log(_ALONE + 0.5)] = np.inf
    return table


def count_terms(
    words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8], size: int
) -> NDArray[np.uint32]:
    """How many texts hold the terms of each of `size` (a power of two) slots."""
    slots = np.zeros((size, 2), np.uint32)
    _count(words, spans, codes, slots)
    return slots[:, 0].copy()


def blend(counts: NDArray[np.uint32], articles: NDArray[np.int64]) -> NDArray[np.float32]:
    """Log document frequency by slot, then 256 ceilings by language, of a corpus and the background of its languages.

    The weight of a term in slot s of a text in language i is ceiling[i] - frequency[s], and not below 0. `counts` are
    by slot, `articles` by language.
    """
    frequencies = counts.astype(np.float32) + np.float32(_ALONE - 1)
    table = background()
    for code in np.flatnonzero(articles[1:]) + 1:
        rows = slice(table.bounds[code - 1], table.bounds[code])
        salted = table.keys[rows] ^ np.uint32(int(code) * 0x9E3779B1 & 0xFFFFFFFF)
        share = np.exp(-table.levels[rows].astype(np.float32) / np.float32(_LEVELS)) * np.float32(IMAGINED)
        np.add.at(frequencies, _mixed(salted) & np.uint32(len(counts) - 1), share)
    imagined = np.where(np.arange(256) == UNKNOWN, 0.0, IMAGINED)
    return np.concatenate([np.log(frequencies), np.log(articles + imagined + 1)]).astype(np.float32)


def _mixed(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """`words.mix` of a whole array."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        values = (values ^ (values >> np.uint32(shift))) * np.uint32(factor)
    return values ^ (values >> np.uint32(16))
