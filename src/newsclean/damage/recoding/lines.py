"""The lines of texts after mojibake was decoded: which are to be looked at once more, one by one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.chains import bits
from newsclean.damage.lossy.byte_forms import starting
from newsclean.damage.mojibake.edits import Decoded, codepages_of
from newsclean.damage.recoding._lines import DecodedTexts, LineRow, TextRow, cut_lines
from newsclean.damage.screening.screen import excesses

PIECE = 1000  # code points of a line that are looked at together


class Lines(NamedTuple):
    """The lines of a text."""

    rows: NDArray[np.int64]
    """Where each begins before and after decoding, and the number of its first edit. Shape (lines + 1, 4).

    The last column are the code pages (bits) in which characters beside the edits of the line before may start a unit.
    """
    numbers: list[int]
    """Those that are to be looked at."""
    excess: NDArray[np.int64]
    """What each of all lines has after decoding; 0 for those of which it is known that they are not suspicious."""


def lines_of(
    texts: Sequence[str], decoded: Sequence[Decoded], doubtful: Sequence[float], codepages: Sequence[int]
) -> list[Lines]:
    """The lines of some texts. Those with a `doubtful` excess are to be looked at, and some of those with edits. These
    have a character beside an edit that may start a unit in their code pages; `codepages` are known beforehand. What a
    whole text has not, none of its lines has: in most texts no line is screened again."""
    found: list[Lines] = []
    asked: list[tuple[Lines, Sequence[int], str]] = []
    for (rows, cut), own, least in zip(_rows(texts, decoded, codepages), decoded, doubtful, strict=True):
        bare = (rows[1:, LineRow.LEADS] & bits(own.codepages) > 0) & (np.diff(rows[:, LineRow.EDITS]) > 0)
        loud, numbers, ends = (
            own.signs.excess >= least or cut,
            np.flatnonzero(bare).tolist(),
            rows[:, LineRow.EDITS].tolist(),
        )
        if not loud:
            numbers = [
                k for k in numbers if rows[k + 1, LineRow.LEADS] & bits(codepages_of(own.edits, ends[k], ends[k + 1]))
            ]
        found.append(Lines(rows, numbers, np.zeros(len(bare), np.int64)))
        asked.append((found[-1], range(len(bare)) if loud else numbers, own.text))
    _weigh(asked)
    for lines, (_, some, _), least in zip(found, asked, doubtful, strict=True):
        if isinstance(some, range):
            lines.numbers[:] = sorted({*lines.numbers, *np.flatnonzero(lines.excess >= least).tolist()})
    return found


def _rows(
    texts: Sequence[str], decoded: Sequence[Decoded], codepages: Sequence[int]
) -> Iterator[tuple[NDArray[np.int64], bool]]:
    """The rows of each text, and whether one of its lines is longer than PIECE."""
    offsets = np.cumsum([0, *map(len, texts)])
    starts = np.cumsum([0, *(len(own.spans) for own in decoded)])
    spans = np.concatenate([np.empty((0, 4), np.int64), *(own.spans[:, :4] for own in decoded)])
    leads = starting(tuple(sorted({*codepages, *(codepage for own in decoded for codepage in own.codepages)})))
    rows, ends = np.empty((offsets[-1], len(LineRow)), np.int64), np.empty((len(texts), len(TextRow)), np.int64)
    cut_lines(DecodedTexts(code_points("".join(texts)), offsets, spans, starts), leads, PIECE, rows, ends)
    begin = 0
    for end, cut in ends.tolist():
        yield np.concatenate((np.zeros((1, len(LineRow)), np.int64), rows[begin:end])), bool(cut)
        begin = end


def _weigh(asked: Sequence[tuple[Lines, Sequence[int], str]]) -> None:
    """Fill in the excess of some lines of some texts, all screened together."""
    parts: list[str] = []
    lengths: list[NDArray[np.int64]] = []
    for lines, numbers, text in asked:
        places = lines.rows[:, LineRow.NEW_END].tolist()
        whole = isinstance(numbers, range)
        parts += [text] if whole else [text[places[k] : places[k + 1]] for k in numbers]
        lengths.append(np.diff(lines.rows[:, LineRow.NEW_END])[numbers])
    if not parts:
        return
    excess, done = excesses("".join(parts), np.concatenate(lengths)), 0
    for lines, numbers, _ in asked:
        lines.excess[numbers] = excess[done : done + len(numbers)]
        done += len(numbers)
