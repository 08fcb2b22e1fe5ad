"""Which language a text is in, and how common words are in each language."""

import functools
import math
from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.duplicates.tokens._languages import BUCKETS, UNKNOWN, Lexicon, choose_languages, fill_buckets

_SHORT = 160  # words of a text whose language its script may tell
_CUE_SLOTS = 1 << 16
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_SCRIPTS = tuple(
    (regex.compile(rf"\p{{{script}}}"), language)
    for script, language in (
        ("Han", "zh"), ("Hangul", "ko"), ("Hiragana", "ja"), ("Katakana", "ja"), ("Thai", "th"), ("Greek", "el"),
        ("Hebrew", "he"), ("Bengali", "bn"), ("Tamil", "ta"),
    )
)  # fmt: skip
LEVELS = 24.0  # quantized probabilities: e^(-level / 24), so 2 % exact, down to e^-10.6


class Background(NamedTuple):
    """The shipped table: terms and quantized probabilities of language i are rows bounds[i] to bounds[i + 1]."""

    languages: tuple[str, ...]
    keys: NDArray[np.uint32]
    levels: NDArray[np.uint8]
    bounds: NDArray[np.int64]
    cues: NDArray[np.uint64]  # by slot of a term: bit i is set if it is among the most frequent words of language i


def quantized(probability: float) -> int:
    """The level (0 to 255) that stands for a probability in the table."""
    return min(255, round(-math.log(probability) * LEVELS))


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


def tell_languages(words: NDArray[np.uint32], bounds: NDArray[np.int64], codes: NDArray[np.uint8]) -> None:
    """Replace the `ASKED` in `codes` by the languages of the texts.

    A language's most frequent words alone told three of four English headlines, and half of the Chinese articles.
    """
    choose_languages(words, bounds, _lexicon(), codes)


@functools.cache
def _lexicon() -> Lexicon:
    """The terms of the background of all languages, to be looked up (5 MB, 5 ms)."""
    table = background()
    lexicon = Lexicon(
        np.zeros(BUCKETS + 1, np.int32), np.empty(len(table.keys), np.uint32), np.empty(len(table.keys), np.uint16)
    )
    fill_buckets(read_only(table.keys), read_only(table.levels), read_only(table.bounds), lexicon)
    return lexicon


def told_by_script(texts: Sequence[str], bounds: NDArray[np.int64], codes: NDArray[np.uint8]) -> None:
    """Replace `UNKNOWN` in `codes` for short texts in a script that tells the language.

    A headline may have none of a language's most frequent words: of Korean ones five in six had none.
    """
    for row in np.flatnonzero((codes == UNKNOWN) & (np.diff(bounds) > 0) & (np.diff(bounds) <= _SHORT)).tolist():
        counts = [(len(script.findall(texts[row])), language) for script, language in _SCRIPTS]
        most, language = max(counts)
        # Ideographs beside kana are Japanese.
        if most * 3 > len(texts[row]):
            codes[row] = language_code("ja" if language == "zh" and _KANA.search(texts[row]) else language)
