"""From decided lines to edits: which white space goes along, and what is too much to remove."""

from typing import NamedTuple

from newsclean.edits import Edit


class Places(NamedTuple):
    """Where the non-blank lines of a text are: code points of their raw and of their stripped beginnings, of their
    stripped ends, and how many blank lines stand before each."""

    raw: list[int]
    start: list[int]
    end: list[int]
    blanks: list[int]


class Decision(NamedTuple):
    """Who removes a line, and how sure that is."""

    rule: str
    confidence: float


def line_edits(text: str, lines: Places, removed: dict[int, Decision]) -> list[Edit]:
    """One edit a removed line. Of the line breaks around a removed run the longer one stays, so that paragraphs stay
    apart and no ragged blank lines are left; at an end of the text they go."""
    edits = []
    for first, last in _runs(sorted(removed)):
        before = lines.blanks[first] if first else 0
        after = lines.blanks[last + 1] if last + 1 < len(lines.raw) else -1
        for row in range(first, last + 1):
            if first and (after > before or after < 0):  # each takes the break before it
                start = _break_before(text, lines, row)
                end = _break_before(text, lines, row + 1) if row < last or after >= 0 else _end(text)
            else:
                start = lines.raw[row] if row > first or first else 0
                end = lines.raw[row + 1] if row + 1 < len(lines.raw) else len(text)
            edits.append(Edit(start, text[start:end], "", *removed[row]))
    return edits


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _break_before(text: str, lines: Places, row: int) -> int:
    """Where the line break after the line before `row` begins."""
    end = text.index("\n", lines.end[row - 1])
    return end - (text[end - 1] == "\r")


def _end(text: str) -> int:
    """The end of the text, before its last line break if it ends with one."""
    if text.endswith("\r\n"):
        return len(text) - 2
    return len(text) - text.endswith("\n")
