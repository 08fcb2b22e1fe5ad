"""Rows of figures are told from other lines with numbers."""

import pytest

from newsclean.boilerplate.decision.figure_tables import is_row


@pytest.mark.parametrize("line", ["Rates 4.25 3.75", "Wheat 550 575 662", "EUR/USD 1,0845 1,0790 -0,51"])
def test_rows(line: str) -> None:
    assert is_row(line)


@pytest.mark.parametrize("line", ["Pages 1 2 3 4", "Call 030 1234", "12.05.2024 13.05.2024", "17:41 18:30"])
def test_no_rows(line: str) -> None:
    assert not is_row(line)
