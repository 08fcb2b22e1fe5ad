"""From decided lines to edits: who decided, which white space goes along, and what is left of the text."""

import functools
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.evidence import Evidence, Flags
from newsclean.boilerplate.features import Feature, Floats
from newsclean.boilerplate.lines import LineColumn, Lines, text_bounds
from newsclean.boilerplate.rules import NUMBER, RULES
from newsclean.edits import Edit
from newsclean.kernels import kernel

# Who removes a line: its rule, or what its source repeats, or the tagger because of where it stands.
WHO = (
    *(rule.name for rule in RULES),
    "tagger:paragraph",
    "tagger:trailing-run",
    "tagger:inner-run",
    "tagger:leading-run",
)
TEMPLATE = NUMBER["template"]
PARAGRAPH = len(RULES)
TEMPLATE_PRECISION = 0.96  # of what a source repeats, on whole pages: docs/boilerplate.md, "Templates"
_edit = cast(Callable[[tuple[Any, ...]], Edit], functools.partial(tuple.__new__, Edit))  # as `Edit(*values)`, in C


def deciders(evidence: Evidence) -> NDArray[np.int16]:
    """By whom each line would be removed: numbers of WHO."""
    who = np.empty(len(evidence.found), np.int16)
    _deciders(evidence.found, evidence.template, evidence.features, who)
    return who


@kernel("void(int16[::1], int8[::1], float32[:, ::1], int16[::1])", interpreted=True)
def _deciders(found: NDArray[np.int16], template: NDArray[np.int8], table: Floats, who: NDArray[np.int16]) -> None:
    for row in range(len(found)):
        if found[row] >= 0:
            who[row] = found[row]
        elif template[row] > 0:
            who[row] = TEMPLATE
        elif table[row, Feature.PROSE] > 0:
            who[row] = PARAGRAPH
        elif table[row, Feature.PROSE_AFTER] == 0:
            who[row] = PARAGRAPH + 1
        else:
            who[row] = PARAGRAPH + 2 + (table[row, Feature.PROSE_BEFORE] == 0)


def confidences(probability: Floats, who: NDArray[np.int16]) -> list[float]:
    """How sure each decider is, in thousandths."""
    sure = np.rint(probability.astype(np.float64) * 1000) / 1000
    confidence: list[float] = np.where(who == TEMPLATE, np.maximum(sure, TEMPLATE_PRECISION), sure).tolist()
    return confidence


def spans(texts: Sequence[str], lines: Lines, gone: Flags) -> NDArray[np.int64]:
    """(lines, 2) the code points of its text at which the edit of each removed line begins and ends. Of the line breaks
    around a removed run the longer one stays, so that paragraphs stay apart and no ragged blank lines are left; at an
    end of the text they go. What of the lines is used are their places in `texts`."""
    sizes = np.array([(len(text), _end(text)) for text in texts], np.int64).reshape(-1, 2)
    result = np.zeros((len(gone), 2), np.int64)
    _spans(text_bounds(lines), lines.table, gone, sizes, result)
    return result


def _end(text: str) -> int:
    """The end of the text, before its last line break if it ends with one."""
    if text.endswith("\r\n"):
        return len(text) - 2
    return len(text) - text.endswith("\n")


@kernel("void(int64[::1], int32[:, ::1], bool_[::1], int64[:, ::1], int64[:, ::1])", interpreted=True)
def _spans(
    bounds: NDArray[np.int64],
    lines: NDArray[np.int32],
    gone: Flags,
    sizes: NDArray[np.int64],
    result: NDArray[np.int64],
) -> None:
    """A run of removed lines at a time. `sizes`: the length of each text and where its last line break begins."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        number = lines[begin, LineColumn.TEXT]
        row = begin
        while row < end:
            first = row
            while row < end and gone[row]:
                row += 1
            before = lines[first, LineColumn.BLANKS] if first > begin else 0
            after = lines[row, LineColumn.BLANKS] if row < end else -1
            for line in range(first, row):
                if first > begin and (after > before or after < 0):  # each takes the break before it
                    result[line, 0] = lines[line - 1, LineColumn.BREAK]
                    result[line, 1] = lines[line, LineColumn.BREAK] if line + 1 < end else sizes[number, 1]
                else:
                    result[line, 0] = lines[line, LineColumn.RAW] if line > begin else 0
                    result[line, 1] = lines[line + 1, LineColumn.RAW] if line + 1 < end else sizes[number, 0]
            row += 1


def line_edits(text: str, starts: list[int], ends: list[int], names: list[str], confidence: list[float]) -> list[Edit]:
    """The edits that remove lines."""
    before = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return list(map(_edit, zip(starts, before, repeat(""), names, confidence, strict=False)))


def rest(text: str, edits: Iterable[Edit]) -> str:
    """What removing edits leave of a text."""
    pieces, position = [], 0
    for start, before, _, _, _ in edits:
        if start > position:
            pieces.append(text[position:start])
        position = start + len(before)
    pieces.append(text[position:])
    return "".join(pieces)
