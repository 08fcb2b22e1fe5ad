"""Rows that become one have the sums of their parts."""

import numpy as np

from newsclean.boilerplate.lines import LineColumn, merged, scan


def test_two_lines_become_one() -> None:
    text = "The council of the town decided\non Monday night"
    table = scan([text]).table
    [row] = merged(table, np.array([True, False]))
    assert (row[LineColumn.START], row[LineColumn.END]) == (0, len(text))
    assert row[LineColumn.WORDS] == 9
    assert row[LineColumn.CAPITALISED] == 2
    assert row[LineColumn.LONGEST] == 7
    assert row[LineColumn.ROUGH] == 0  # a small letter after a cut is not careless
