"""How lines are written."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate.features import NAMES
from newsclean.boilerplate.features.style import fill_style
from newsclean.boilerplate.lines import lengths, scan, text_bounds
from newsclean.compilation import tier
from tests.boilerplate.features import reference as naive

PIECES = [
    "так,как",
    "Anna",
    "12.3",
    "ab — cd",
    "“a”",
    '"b"',
    "«c»",
    "why?!",
    "so..",
    "word " * 14,
    "слово " * 12,
    "\n",
    "\n",
]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), min_size=1, max_size=3))
def test_manner_equals_reference(texts: list[str]) -> None:
    lines = scan(texts)
    expected = [row for text in texts for row in naive.manner(text)]
    for interprets in (False, True):
        table = np.zeros((len(lines.table), len(NAMES)), np.float32)
        with tier(interprets):
            fill_style(lines, text_bounds(lines), lengths(lines), table)
        for found, row in zip(table, expected, strict=True):
            assert {name: pytest.approx(found[NAMES.index(name)], abs=1e-5) for name in row} == row
