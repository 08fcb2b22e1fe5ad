"""Which words with letters beyond ASCII are known, by language: proof where pairs of letters only make likely.

`training/damage/words.py` makes checksums of the most frequent words of some thirty languages in Latin, Cyrillic and
Greek letters. A word that is not known may be right all the same.
"""

import bisect
import functools
import itertools
import re
import zlib
from importlib import resources
from typing import Any, NamedTuple, cast

import numpy as np

WORD = re.compile(r"[^\W\d_]+")
MOST_LOST = 2  # letters of a word that are looked for
LOST = "\ufffd"
WITH_COMMAS = {ord("ş"): ord("ș"), ord("ţ"): ord("ț")}  # Romanian in old code pages
CEDILLAS = set("şţ")


class Checksums(NamedTuple):
    """The sorted `checksums` of known words, the languages (bits) of each, and the place of the first one with each
    sixteen highest bits. (As a dict, half a million of them took .1 s to make.)"""

    checksums: memoryview
    languages: memoryview
    firsts: memoryview

    def languages_of(self, checksum: int) -> int:
        """The languages (bits) of a checksum; 0 if it is that of no known word."""
        end = self.firsts[(checksum >> 16) + 1]
        place = bisect.bisect_left(self.checksums, checksum, self.firsts[checksum >> 16], end)
        return int(self.languages[place]) if place < end and self.checksums[place] == checksum else 0


class Words(NamedTuple):
    """The checksums of known words, the codes of the languages, and the languages (bits) of which each letter is
    one."""

    known: "Checksums"
    codes: tuple[str, ...]
    letters: dict[str, int]


@functools.cache
def words() -> Words:
    """The known words."""
    with resources.files(__package__).joinpath("data/words.npz").open("rb") as file, np.load(file) as data:
        steps = data["high"].astype(np.int64) << 8 | data["low"]
        masks = data["masks"][data["which"]]
        checksums = np.cumsum(steps)
        firsts = np.searchsorted(checksums, np.arange((1 << 16) + 1) << 16)
        known = Checksums(
            *(memoryview(cast(Any, np.ascontiguousarray(column))) for column in (checksums, masks, firsts))
        )
        letters = dict(zip(data["letters"].tolist(), data["letter_masks"].tolist(), strict=True))
        return Words(known, tuple(data["codes"].tolist()), letters)


def languages_of(word: str) -> int:
    """The languages (bits) that a word is known in; 0: in none.

    >>> languages_of("schnürt") > 0, languages_of("Über") > 0, languages_of("úber")
    (True, True, 0)
    """
    small = word.replace("İ", "i").lower()
    found = words().known.languages_of(zlib.crc32(small.encode("utf-8", "surrogatepass")))
    if not found and not CEDILLAS.isdisjoint(small):
        found = words().known.languages_of(zlib.crc32(small.translate(WITH_COMMAS).encode("utf-8", "surrogatepass")))
    return found


@functools.lru_cache(maxsize=1 << 12)
def filled(word: str, wanted: int = 0) -> str:
    """The only known word that a word with lost letters (U+FFFD) may be; empty if there is none or are several.

    Of several, those in the languages `wanted` (bits; 0: any) count.

    >>> filled("schn\ufffdrt"), filled("\ufffdrgern")
    ('schnürt', 'ärgern')
    >>> filled("b\ufffdr")
    ''
    """
    places = [i for i, character in enumerate(word) if character == LOST]
    if not 0 < len(places) <= MOST_LOST or len(word) - len(places) < 2:
        return ""
    found: dict[str, int] = {}
    parts = list(word.replace("İ", "i").lower())
    known, some = words().known, list(words().letters.items())
    if len(places) > 1:  # checksums of 40,000 candidates coincide with some of known words
        some = [(letter, languages & wanted) for letter, languages in some if languages & wanted]
    for letters in itertools.product(some, repeat=len(places)):
        shared = ~0
        for place, (letter, languages) in zip(places, letters, strict=True):
            parts[place], shared = letter, shared & languages
        candidate = "".join(parts)
        languages = shared and known.languages_of(zlib.crc32(candidate.encode("utf-8", "surrogatepass"))) & shared
        if languages:
            found[candidate] = languages
    if len(found) > 1:
        found = {candidate: languages for candidate, languages in found.items() if languages & wanted}
    if len(found) != 1 or (places[0] == 0 and word[1:].lower() != word[1:] != word[1:].upper()):  # `\ufffdPure`
        return ""
    return _cased(next(iter(found)), word, places)


def _cased(candidate: str, word: str, places: list[int]) -> str:
    """A candidate with the letters of the word as they are, and those that were lost in the case of its others."""
    rest = [character for character in word if character != LOST]
    upper = len(rest) > 1 and all(map(str.isupper, rest))
    return "".join(
        (new.upper() if upper else new) if i in places else old
        for i, (old, new) in enumerate(zip(word, candidate, strict=True))
    )
