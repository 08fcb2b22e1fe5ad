"""Which lines and pieces of lines of each text are residue, judged on the texts as they stand."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from newsclean.boilerplate import inline
from newsclean.boilerplate.lines import Column, Kind, Lines, scan
from newsclean.boilerplate.phrases import Hit, dictionary, look_up
from newsclean.boilerplate.removal import Decision, Line
from newsclean.boilerplate.rules import NUMBER, RULES
from newsclean.boilerplate.verdicts import extend_to_end, lengths, prose, rule_lines
from newsclean.settings import BoilerplateSettings

DATE = NUMBER["date-stamp"]


class Verdict(NamedTuple):
    """What goes from one text: whole lines and pieces of lines, by the number of the line; `lines` are all its lines,
    `letters` the length of each."""

    lines: list[Line]
    letters: list[int]
    removed: dict[int, Decision]
    glued: dict[int, tuple[inline.Glued, ...]]


def decide(texts: Sequence[str], settings: BoilerplateSettings) -> list[Verdict]:
    """The verdict on each text."""
    lines = scan(texts)
    known = dictionary()
    hits = look_up(lines, known)
    length = lengths(lines)
    is_prose = prose(lines, length)
    found = rule_lines(texts, lines, hits, known)
    extend_to_end(lines, found, is_prose)
    bounds = np.searchsorted(lines.table[:, Column.TEXT], np.arange(len(texts) + 1)).tolist()
    places = lines.table[:, [Column.RAW, Column.START, Column.END, Column.BLANKS]].tolist()
    pieces = _glued(texts, lines, hits, found, length)
    verdicts = []
    for begin, end in zip(bounds, bounds[1:], strict=False):
        removed = {
            int(row): Decision(RULES[found[begin + row]].name, 0.9) for row in np.flatnonzero(found[begin:end] >= 0)
        }
        glued = {row - begin: piece for row, piece in pieces.items() if begin <= row < end}
        verdicts.append(
            Verdict([Line(*place) for place in places[begin:end]], length[begin:end].tolist(), removed, glued)
        )
    return verdicts


def _glued(texts: Sequence[str], lines: Lines, hits, found, length) -> dict[int, tuple[inline.Glued, ...]]:
    """The pieces to cut from lines that stay."""
    table, known = lines.table, dictionary()
    start = hits[:, Hit.START] - 1
    dated = (start >= 0) & (known.rule[start] == DATE)
    open_end = (table[:, Column.LAST] <= Kind.UNSPACED) & (
        table[:, Column.SENTENCES] + table[:, Column.KINDS + Kind.STOP] > 0
    )
    rows = np.flatnonzero((found < 0) & (length >= inline.LEAST) & (dated | open_end))
    pieces: dict[int, tuple[inline.Glued, ...]] = {}
    for row in rows.tolist():
        text, begin, end = table[row, [Column.TEXT, Column.START, Column.END]].tolist()
        line = texts[text][begin:end]
        cuts = (inline.stamp_before(line) if dated[row] else None, inline.label_after(line) if open_end[row] else None)
        found_cuts = tuple(cut for cut in cuts if cut)
        if found_cuts:
            pieces[row] = found_cuts
    return pieces
