"""Where the words of a line are."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import CharKind, characters
from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel

_LETTER, _PICTURE, _UNSPACED = int(CharKind.LETTER), int(CharKind.PICTURE), int(CharKind.UNSPACED)
_KIND = 16  # bits of a character's entry below its kind


class Words(NamedTuple):
    """Code points at which the words of a line begin and end, and the kind of each of its characters."""

    starts: NDArray[Any]
    ends: NDArray[Any]
    kinds: NDArray[Any]


def word_places(line: str) -> Words:
    """The words of a line as `scan` has them.

    >>> starts, ends, _ = word_places("আরও পড়ুন: (Foto)")
    >>> starts.tolist(), ends.tolist()
    ([0, 4, 12], [3, 9, 16])
    """
    codes = np.frombuffer(line.encode("utf-32-le", "surrogatepass"), np.uint32)
    places, kinds = np.empty((2, len(codes)), np.int64), np.empty(len(codes), np.uint8)
    count = _find_words(codes, characters(), places, kinds)
    return Words(places[0, :count], places[1, :count], kinds)


@kernel(entry=True, interpreted=True)
def _find_words(
    codes: ReadOnlyColumn[np.uint32], characters: Column[np.uint32], places: Table[np.int64], kinds: Column[np.uint8]
) -> int:
    """Fill in where words begin and end, and the kinds of characters; return how many words there are."""
    count = 0
    inside = False  # a word
    for at in range(len(codes)):
        code = codes[at]
        kind = _LETTER
        if code < 0x10000:
            kind = int(np.int64(characters[code]) >> _KIND)
        elif 0x1F000 <= code < 0x1FB00:
            kind = _PICTURE
        elif 0x20000 <= code < 0x40000:
            kind = _UNSPACED
        kinds[at] = kind
        letter = kind <= CharKind.MARK
        if inside and not letter:
            places[1, count] = at
            count += 1
        if letter and not inside:
            places[0, count] = at
        inside = letter
        if kind == CharKind.UNSPACED:
            places[0, count], places[1, count] = at, at + 1
            count += 1
    if inside:
        places[1, count] = len(codes)
        count += 1
    return count
