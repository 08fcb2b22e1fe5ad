"""Line breaks go with their lines."""

import numpy as np
import pytest

from newsclean.boilerplate.decision import line_edits, rest, spans
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
    starts, ends = spans([text], lines, gone)[rows].T.tolist()
    edits = line_edits(text, starts, ends, ["test"] * len(rows), [1.0] * len(rows))
    assert apply_edits(text, edits) == rest(text, edits) == expected
