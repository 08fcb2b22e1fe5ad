"""How long lines are, and which of them are paragraphs."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines.columns import CharKind, LineColumn, Lines
from newsclean.compilation import Column, Table, kernel

PROSE = 90  # least length of a line that surely is text, if it ends like a sentence


def lengths(lines: Lines) -> NDArray[np.int32]:
    """Letters and digits of each line; a Hangul syllable counts two, a letter of a script without spaces three."""
    length = np.empty(len(lines.table), np.int32)
    _lengths(lines.table, length)
    return length


@kernel(entry=True, interpreted=True)
def _lengths(lines: Table[np.int32], length: Column[np.int32]) -> None:
    for row in range(len(lines)):
        letters = lines[row, LineColumn.KINDS + CharKind.LETTER] + lines[row, LineColumn.KINDS + CharKind.UPPER]
        others = lines[row, LineColumn.KINDS + CharKind.DIGIT] + lines[row, LineColumn.KINDS + CharKind.MARK]
        wider = (
            2 * lines[row, LineColumn.KINDS + CharKind.SYLLABLE] + 3 * lines[row, LineColumn.KINDS + CharKind.UNSPACED]
        )
        length[row] = letters + others + wider


def prose(lines: Lines, length: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Lines long enough to be paragraphs that end like sentences."""
    is_prose: NDArray[np.bool_] = (length >= PROSE) & (lines.table[:, LineColumn.LAST] == CharKind.STOP)
    return is_prose
