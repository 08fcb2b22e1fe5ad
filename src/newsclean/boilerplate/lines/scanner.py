"""Lines: where they are, what they are made of, and their words as hashes. One pass over the UTF-8 bytes of a batch."""

import functools
from collections.abc import Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines._scan import LEAST_LETTERS, scan_bytes
from newsclean.boilerplate.lines.columns import COLUMNS, Lines
from newsclean.compilation import encode

LEAST_BYTES = LEAST_LETTERS  # of a sentence with others behind it (an ideograph has three and counts three letters)


@functools.cache
def characters() -> NDArray[np.uint32]:
    """CharKind (bits 16 up) and folded form (bits 0 to 15) of each code point of the BMP."""
    with resources.as_file(resources.files(__package__) / "data/characters.npy") as path:
        table: NDArray[np.uint32] = np.load(path)
    return table


def scan(texts: Sequence[str]) -> Lines:
    """The sentences of the non-blank lines of `texts`, and their words."""
    data, offsets = encode(texts)
    rows = int(np.count_nonzero(data == 10)) + len(texts) + len(data) // LEAST_BYTES
    table = np.empty((rows, COLUMNS), np.int32)
    words = np.empty(len(data) // 2 + len(texts) + 1, np.uint64)
    places = np.empty((len(words), 2), np.int32)
    rows, count = scan_bytes(data, offsets, characters(), table, words, places)
    return Lines(table[:rows], words[:count], places[:count])
