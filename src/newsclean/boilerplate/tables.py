"""Tables of figures stay: rates, results and harvests stand in short lines like the residue around an article."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.judge import Evidence, Flags
from newsclean.boilerplate.lines import PLACE, Column
from newsclean.kernels import kernel

NUMBERS = 4  # numbers in a row of a table, `3.14` being two
FIGURES = 2  # of its figures with decimals; dates, times and telephone numbers are none
HEADINGS = 2  # lines right above a row that belong to it
_FIGURE = re.compile(r"(?<![\w.,/:-])[-+−]?\d{1,9}[.,]\d{1,9}(?![\w.,:-])")


def keep_tables(texts: Sequence[str], evidence: Evidence, gone: Flags) -> None:
    """Lines that are mostly figures stay, and the lines right above them, unless a rule or a template knows them.

    (Measured: neutral on the labelled texts, where tables are rare; market reports of an agency keep theirs.)
    """
    table = evidence.lines.table
    by_tagger, rows = np.empty(len(gone), np.bool_), np.empty(len(gone), np.int64)
    rows = rows[: _number_rows(table, evidence.found, evidence.template, evidence.prose, gone, by_tagger, rows)]
    for row, (text, begin, end) in zip(rows.tolist(), table[rows][:, PLACE].tolist(), strict=True):
        if len(_FIGURE.findall(texts[text][begin:end])) < FIGURES:
            continue
        for line in range(row, max(-1, row - HEADINGS - 1), -1):
            if table[line, Column.TEXT] != text or (line < row and not by_tagger[line]):
                break
            gone[line] &= not by_tagger[line]


@kernel("int64(int32[:, ::1], int16[::1], int8[::1], bool_[::1], bool_[::1], bool_[::1], int64[::1])", interpreted=True)
def _number_rows(
    lines: NDArray[np.int32],
    found: NDArray[np.int16],
    template: NDArray[np.int8],
    is_prose: Flags,
    gone: Flags,
    by_tagger: Flags,
    rows: NDArray[np.int64],
) -> int:
    """Fill `by_tagger` (which lines go without a rule or template) and `rows` (which lines hold numbers, and are such
    or stand right below them); return how many there are."""
    count = 0
    for row in range(len(lines)):
        by_tagger[row] = gone[row] and found[row] < 0 and template[row] == 0 and not is_prose[row]
        numbers = lines[row, Column.NUMBERS]
        if numbers < NUMBERS or 2 * numbers < lines[row, Column.WORDS]:
            continue
        for line in range(max(row - HEADINGS, 0), row + 1):
            if by_tagger[line]:
                rows[count] = row
                count += 1
                break
    return count
