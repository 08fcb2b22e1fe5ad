"""Texts to sequences of hashed words: all that duplicates are found by.

A word is a `uint32` of 30 bits of hash and two bits that say what it is (`PLAIN`, `NAME`, `NUMBER`, `IDEOGRAPH`). The
hash is that of its first six folded letters, or of all its digits. Six letters are a stemmer for every language, and
shingles of them survive inflection. What stands behind the six letters goes into one number for each text. It
tells texts with the same words from those that differ in endings.

Letters, digits and marks in a row make a word. Digits keep a decimal point and lose group commas. An ideograph or
hiragana is a word of its own. Scripts that set no spaces (Thai, Khmer, Lao, Burmese) are cut where a hash of two
neighbouring letters says so, about every fourth letter. So the same passage is cut alike everywhere.
"""

import functools
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.tokens._simd import BLOCK
from newsclean.duplicates.tokens._tokenizer import PLANES, UNSTABLE, split_encoded


@functools.cache
def character_table() -> NDArray[np.uint32]:
    """Folded code point << 4 | kind, by code point; with `UNSTABLE` where NFC may change it or what stands there."""
    with (files("newsclean.duplicates.tokens") / "data/characters.npz").open("rb") as file, np.load(file) as arrays:
        folded = np.arange(PLANES, dtype=np.int32) + arrays["shifts"]
        unstable = arrays["unstable"].astype(np.uint32) * np.uint32(UNSTABLE)
        table: NDArray[np.uint32] = unstable | (folded.astype(np.uint32) << np.uint32(4)) | arrays["kinds"]
        return table


def split(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """All words of all texts, one text after the other, and the n + 1 bounds of the texts in them.

    Words are those of the texts in NFC.

    >>> words, bounds = split(["Don't stop.", "", "don’t STOP"])
    >>> bounds.tolist(), (words[:3] >> 2 == words[3:] >> 2).all()
    ([0, 3, 3, 6], np.True_)
    """
    return split_whole(texts)[:2]


def split_whole(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint64]]:
    """`split`, and for each text a digest of what its words have behind their first six letters.

    >>> words, _, endings = split_whole(["Presidents", "president", "PRESIDENT"])
    >>> len(set((words >> 2).tolist())), len(set(endings.tolist()))
    (1, 2)
    """
    found = _words_of(texts)
    changed = {}
    for row in np.flatnonzero(found.marks & np.uint32(UNSTABLE)).tolist():  # normalizing all took as long as hashing
        normal = unicodedata.normalize("NFC", texts[row])
        if normal != texts[row]:
            changed[row] = normal
    if changed:
        found = _words_of([changed.get(row, text) for row, text in enumerate(texts)])
    return found.words, found.bounds, found.endings


class _Found(NamedTuple):
    words: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    marks: NDArray[np.uint32]
    endings: NDArray[np.uint64]


def _words_of(texts: Sequence[str]) -> _Found:
    """The words of texts in NFC."""
    # Lone surrogates are encoded like any other code point (three bytes), so that every `str` has a place.
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(data) + 1 for data in encoded], out=bounds[1:])
    encoded.append(b"\0" * BLOCK)  # room to look at a whole block
    data = np.frombuffer(b"\n".join(encoded), np.uint8)
    words = np.empty(len(data) // 2 + 1, np.uint32)  # a word has at least two bytes with what parts it
    found = _Found(
        words, np.zeros(len(texts) + 1, np.int64), np.zeros(len(texts), np.uint32), np.zeros(len(texts), np.uint64)
    )
    split_encoded(data, bounds, character_table(), *found)
    return found._replace(words=words[: found.bounds[-1]].copy())
