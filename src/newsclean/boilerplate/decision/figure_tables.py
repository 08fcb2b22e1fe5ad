"""Tables of figures stay: rates, results and harvests stand in short lines like the residue around an article."""

import itertools
import re
from collections.abc import Sequence

import numpy as np

from newsclean.boilerplate.evidence import Evidence, Flags
from newsclean.boilerplate.lines import PLACE, LineColumn
from newsclean.compilation import Column, Table, kernel

NUMBERS = 4  # numbers in a row of a table, `3.14` being two
FIGURES = 2  # of its figures with decimals; dates, times and telephone numbers are none
HEADINGS = 2  # lines right above a row that belong to it
_FIGURE = re.compile(r"(?<![\w.,/:-])[-+−]?\d{1,9}[.,]\d{1,9}(?![\w.,:-])")
# Three figures or more behind a word, side by side: a row also without decimals, unless they count pages.
_ROW = re.compile(r"[^\W\d]\S{0,20}\s{1,4}((?:\d{1,9}(?:[.,]\d{1,9})?\s{1,4}){2,20}\d{1,9})")


def keep_tables(texts: Sequence[str], evidence: Evidence, gone: Flags) -> None:
    """Lines that are mostly figures stay, and the lines right above them, unless a rule or a template knows them."""
    table = evidence.lines.table
    by_tagger, rows = np.empty(len(gone), np.bool_), np.empty(len(gone), np.int64)
    rows = rows[: _number_rows(table, evidence.found, evidence.template, gone, by_tagger, rows)]
    for row, (text, begin, end) in zip(rows.tolist(), table[rows][:, PLACE].tolist(), strict=True):
        if not is_row(texts[text][begin:end]):
            continue
        for line in range(row, max(-1, row - HEADINGS - 1), -1):
            if table[line, LineColumn.TEXT] != text or (line < row and not by_tagger[line]):
                break
            gone[line] &= not by_tagger[line]


def is_row(line: str) -> bool:
    """Whether a line of numbers is a row of a table.

    >>> is_row("Rates 4.25 3.75"), is_row("Wheat 550 575 662"), is_row("Pages 1 2 3 4"), is_row("Call 030 1234")
    (True, True, False, False)
    """
    if len(_FIGURE.findall(line)) >= FIGURES:
        return True
    row = _ROW.search(line)
    if row is None:
        return False
    figures = [float(figure.replace(",", "")) for figure in row[1].split()]
    return all(after - before != 1 for before, after in itertools.pairwise(figures))


@kernel(entry=True, interpreted=True)
def _number_rows(
    lines: Table[np.int32],
    found: Column[np.int16],
    template: Column[np.int8],
    gone: Column[np.bool_],
    by_tagger: Column[np.bool_],
    rows: Column[np.int64],
) -> int:
    """Fill `by_tagger` and `rows`; return how many rows there are. `by_tagger` says which lines go without a rule or
    template. `rows` are those of them that hold numbers, and those right below such a line."""
    count = 0
    for row in range(len(lines)):
        by_tagger[row] = gone[row] and found[row] < 0 and template[row] == 0
        numbers = lines[row, LineColumn.NUMBERS]
        if numbers < NUMBERS or 2 * numbers < lines[row, LineColumn.WORDS]:
            continue
        for line in range(max(row - HEADINGS, 0), row + 1):
            if by_tagger[line]:
                rows[count] = row
                count += 1
                break
    return count
