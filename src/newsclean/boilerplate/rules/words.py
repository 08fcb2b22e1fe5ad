"""Where the words of a line are."""

import functools
import re
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import CharKind, characters

_KIND = 16  # bits of a character's entry below its kind
_BEYOND = (  # the kinds of characters beyond the table
    (0x10000, 0x1F000, CharKind.LETTER),
    (0x1F000, 0x1FB00, CharKind.PICTURE),
    (0x1FB00, 0x20000, CharKind.LETTER),
    (0x20000, 0x40000, CharKind.UNSPACED),
    (0x40000, 0x110000, CharKind.LETTER),
)


class Words(NamedTuple):
    """Code points at which the words of a line begin and end."""

    starts: list[int]
    ends: list[int]


def word_places(line: str, most: int | None = None) -> Words:
    """The words of a line as `scan` has them, or the first so many of them.

    >>> word_places("আরও পড়ুন: (Foto)")
    Words(starts=[0, 4, 12], ends=[3, 9, 16])
    """
    places = [word.span() for word in islice(_word().finditer(line), most)]
    return Words([start for start, _ in places], [end for _, end in places])


def kind_of(char: str) -> int:
    """The kind of a character, as `scan` has it."""
    code = ord(char)
    if code < len(characters()):
        return int(characters()[code]) >> _KIND
    return next(int(kind) for begin, end, kind in _BEYOND if begin <= code < end)


@functools.cache
def _word() -> re.Pattern[str]:
    kinds = characters() >> np.uint32(_KIND)
    letters = _ranges(kinds <= CharKind.MARK) + _beyond(CharKind.LETTER)
    unspaced = _ranges(kinds == CharKind.UNSPACED) + _beyond(CharKind.UNSPACED)
    return re.compile(f"[{letters}]+|[{unspaced}]")


def _ranges(chosen: NDArray[np.bool_]) -> str:
    """The inside of a class of characters: those whose code points are chosen."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8))).reshape(-1, 2)
    return "".join(f"\\u{begin:04x}-\\u{end - 1:04x}" for begin, end in edges.tolist())


def _beyond(chosen: CharKind) -> str:
    return "".join(f"\\U{begin:08x}-\\U{end - 1:08x}" for begin, end, kind in _BEYOND if kind == chosen)
