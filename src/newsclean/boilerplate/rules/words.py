"""Where the words of a line are."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import CharKind, characters

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
    kinds = characters()[np.minimum(codes, 0xFFFF)] >> _KIND
    beyond = codes > 0xFFFF
    kinds[beyond] = CharKind.LETTER
    kinds[beyond & (codes >= 0x1F000) & (codes < 0x1FB00)] = CharKind.PICTURE
    kinds[beyond & (codes >= 0x20000) & (codes < 0x40000)] = CharKind.UNSPACED
    alone, letter = kinds == CharKind.UNSPACED, kinds <= CharKind.MARK
    padded = np.concatenate([[False], letter, [False]])
    starts = np.flatnonzero(alone | (letter & ~padded[:-2]))
    ends = np.flatnonzero(alone | (letter & ~padded[2:])) + 1
    return Words(starts, ends, kinds)
