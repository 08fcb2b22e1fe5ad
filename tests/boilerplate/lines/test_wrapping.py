"""Which line breaks only cut a line at a width."""

import pytest

from newsclean.boilerplate.lines import BEGINS, LineColumn, scan, unwrapped

WRAPPED = """The council of the town decided on Monday night to build a
new bridge over the river, after six hours of debate that had
ended in a vote of nine to four. The mayor called the decision
a good day for all who live on the other bank, and for those
who work there.

Work will begin in spring and take about two years, the head of
the office for roads said, if the state pays its share of it as
it has promised to do."""
LINES = """The council of the town decided on Monday
to build a new bridge
Work will begin in spring and take about two years, the head of the office for roads said
if the state pays its share
Six hours of debate
that had ended in a vote of nine to four when most of the audience had left the hall already"""
VERSES = "\n".join(["Softly the evening came with the sunset,", "and the clouds were red on the far hills,"] * 4)


def test_wrapped_lines_are_joined_to_sentences() -> None:
    table = unwrapped(scan([WRAPPED])).table
    starts = [WRAPPED[start:][:8] for start in table[:, LineColumn.START].tolist()]
    assert starts == ["The coun", "The mayo", "Work wil"]
    assert [inside & BEGINS for inside in table[:, LineColumn.INSIDE].tolist()] == [0, BEGINS, 0]


@pytest.mark.parametrize("text", [LINES, WRAPPED.replace("\n", "\n\n"), "a\nb\nc", "", "\n\n"])
def test_other_lines_stay(text: str) -> None:
    lines = scan([text])
    assert unwrapped(lines) is lines
