"""Line breaks go with their lines."""

import numpy as np
import pytest

from newsclean.boilerplate.decision import RemovalEdits, Removals, rest, spans
from newsclean.boilerplate.lines import scan
from newsclean.edits import apply_edits

BREAKS = [  # text, removed lines, what stays
    ("keep\n\nx\n\nkeep", [1], "keep\n\nkeep"),
    ("keep\nx\n\nkeep", [1], "keep\n\nkeep"),
    ("keep\n\nx\nkeep", [1], "keep\n\nkeep"),
    ("keep\r\nx\r\nkeep\r\n", [1], "keep\r\nkeep\r\n"),
    ("x\n\nkeep", [0], "keep"),
    ("\n\nx\nkeep\n", [0], "keep\n"),
    ("keep\n\nx\n\n\n", [1], "keep\n"),
    ("keep\nx\nx", [1, 2], "keep"),
    ("keep\n\nx\nx\n\n\nkeep", [1, 2], "keep\n\n\nkeep"),
    ("x", [0], ""),
]


@pytest.mark.parametrize(("text", "rows", "expected"), BREAKS)
def test_line_breaks_go_with_their_lines(text: str, rows: list[int], expected: str) -> None:
    lines = scan([text])
    gone = np.zeros(len(lines.table), np.bool_)
    gone[rows] = True
    found = spans([text], lines, gone)[rows].T.tolist()
    removed = Removals(*found, [0] * len(rows), [1.0] * len(rows))
    assert apply_edits(text, RemovalEdits(text, removed)) == rest(text, removed) == expected


def test_later_removals_are_told_as_removals_of_the_raw_text() -> None:
    text = "one two three four five"
    first = Removals([4], [8], [0], [1.0])  # leaves `one three four five`
    second = Removals([0, 10], [6, 15], [1, 2], [0.5, 0.5])  # `one th` and `four `
    assert rest(rest(text, first), second) == "ree five"
    both = first.then(second)
    assert rest(text, both) == "ree five"
    assert both.starts == [0, 4, 8, 14]
    assert both.who == [1, 0, 1, 2]


INSIDE = [  # text, removed segments, what stays
    (
        "A story is told here at length. Read on now then. And it goes on.",
        [1],
        "A story is told here at length. And it goes on.",
    ),
    ("A story is told here at length. Read on now then.\n\nMore.", [1], "A story is told here at length.\n\nMore."),
    ("  Read on now then. A story is told.\nMore.", [0], "  A story is told.\nMore."),
    ("A story is told here. Read on now then.\n", [1], "A story is told here.\n"),
    ("A story is told here. Read on now then.\nMore.\nEnd.", [1, 2], "A story is told here.\nEnd."),
]


@pytest.mark.parametrize(("text", "rows", "expected"), INSIDE)
def test_spaces_go_with_pieces_of_lines(text: str, rows: list[int], expected: str) -> None:
    lines = scan([text])
    gone = np.zeros(len(lines.table), np.bool_)
    gone[rows] = True
    found = spans([text], lines, gone)[rows].T.tolist()
    assert rest(text, Removals(*found, [0] * len(rows), [1.0] * len(rows))) == expected
