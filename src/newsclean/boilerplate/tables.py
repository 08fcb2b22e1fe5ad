"""Tables of figures stay: rates, results and harvests stand in short lines like the residue around an article."""

import re
from collections.abc import Sequence

import numpy as np

from newsclean.boilerplate.judge import Evidence, Flags
from newsclean.boilerplate.lines import Column

NUMBERS = 4  # numbers in a row of a table, `3.14` being two
FIGURES = 2  # of its figures with decimals; dates, times and telephone numbers are none
HEADINGS = 2  # lines right above a row that belong to it
_FIGURE = re.compile(r"(?<![\w.,/:-])[-+−]?\d{1,9}[.,]\d{1,9}(?![\w.,:-])")


def keep_tables(texts: Sequence[str], evidence: Evidence, gone: Flags) -> None:
    """Lines that are mostly figures stay, and the lines right above them, unless a rule or a template knows them.

    (Measured: neutral on the labelled texts, where tables are rare; market reports of an agency keep theirs.)
    """
    table = evidence.lines.table
    numbers = table[:, Column.NUMBERS]
    by_tagger = gone & (evidence.found < 0) & (evidence.template == 0) & ~evidence.prose
    near = by_tagger.copy()
    for distance in range(1, HEADINGS + 1):
        near[distance:] |= by_tagger[:-distance]
    for row in np.flatnonzero(near & (numbers >= NUMBERS) & (2 * numbers >= table[:, Column.WORDS])).tolist():
        text, begin, end = table[row, [Column.TEXT, Column.START, Column.END]].tolist()
        if len(_FIGURE.findall(texts[text][begin:end])) < FIGURES:
            continue
        for line in range(row, max(-1, row - HEADINGS - 1), -1):
            if table[line, Column.TEXT] != text or (line < row and not by_tagger[line]):
                break
            gone[line] &= not by_tagger[line]
