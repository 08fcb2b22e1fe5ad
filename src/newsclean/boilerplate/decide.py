"""Which lines and pieces of lines of each text are residue, judged on the texts as they stand."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate import inline, tagger
from newsclean.boilerplate.features import features
from newsclean.boilerplate.judge import POINTS, Evidence, Flags, removable
from newsclean.boilerplate.lines import Column, Kind, Lines, scan
from newsclean.boilerplate.phrases import Hit, dictionary, look_up
from newsclean.boilerplate.rules import NUMBER
from newsclean.boilerplate.tables import keep_tables
from newsclean.boilerplate.templates import Templates, known_lines
from newsclean.boilerplate.verdicts import lengths, prose, rule_lines
from newsclean.settings import BoilerplateSettings

DATE = NUMBER["date-stamp"]


Values = TypeVar("Values", bound=NDArray[Any])


class Context(NamedTuple):
    """What a batch is judged by; `sources` has an entry a text."""

    settings: BoilerplateSettings
    templates: Templates | None
    sources: Sequence[object]


class Described(NamedTuple):
    """What is known of each line by itself: the first fields of `Evidence`."""

    lines: Lines
    hits: NDArray[np.int32]
    length: NDArray[np.int32]
    prose: NDArray[np.bool_]
    found: NDArray[np.int16]

    def at(self, rows: NDArray[np.intp]) -> "Described":
        """Some of the lines."""
        lines = Lines(self.lines.table[rows], self.lines.words)
        return Described(lines, self.hits[rows], self.length[rows], self.prose[rows], self.found[rows])

    def replaced(self, rows: NDArray[np.intp], others: "Described") -> "Described":
        """The lines, with others in some rows."""
        table = _put(self.lines.table, rows, others.lines.table)
        table[rows, Column.WORD] += len(self.lines.words)
        return Described(
            Lines(table, np.concatenate([self.lines.words, others.lines.words])),
            _put(self.hits, rows, others.hits),
            _put(self.length, rows, others.length),
            _put(self.prose, rows, others.prose),
            _put(self.found, rows, others.found),
        )


def _put(values: Values, rows: NDArray[np.intp], others: Values) -> Values:
    """A copy of `values` with `others` in some rows."""
    values = values.copy()
    values[rows] = others
    return values


def describe(texts: Sequence[str], settings: BoilerplateSettings) -> Described:
    """The lines of `texts`, each by itself."""
    lines = scan(texts)
    known = dictionary()
    hits = look_up(lines, known)
    length = lengths(lines)
    found = rule_lines(texts, lines, hits, known)
    for name in settings.disabled:
        found[found == NUMBER[name]] = -1
    return Described(lines, hits, length, prose(lines, length), found)


def weigh(described: Described, context: Context) -> Evidence:
    """The evidence on lines amid the others that are left of their texts."""
    template = np.zeros(len(described.found), np.int8)
    if context.templates is not None and "template" not in context.settings.disabled:
        template = known_lines(described.lines, context.templates, context.sources)
    table = features(*described)
    return Evidence(*described, template, table, tagger.probabilities(table))


def gather(texts: Sequence[str], context: Context) -> Evidence:
    """The evidence on all lines of `texts`."""
    return weigh(describe(texts, context.settings), context)


def decide(
    texts: Sequence[str], evidence: Evidence, settings: BoilerplateSettings
) -> tuple[Flags, dict[int, tuple[inline.Glued, ...]]]:
    """Which lines go, and the pieces to cut from lines that stay, by the line's row in the evidence."""
    gone = removable(evidence, POINTS[settings.mode])
    keep_tables(texts, evidence, gone)
    return gone, _glued(texts, evidence, gone, settings)


def _glued(
    texts: Sequence[str], evidence: Evidence, removed: Flags, settings: BoilerplateSettings
) -> dict[int, tuple[inline.Glued, ...]]:
    """The pieces to cut from lines that stay."""
    table = evidence.lines.table
    known = dictionary()
    start = evidence.hits[:, Hit.START] - 1
    dated = (start >= 0) & (known.rule[start] == DATE)
    stops = table[:, Column.SENTENCES] + table[:, Column.KINDS + Kind.STOP]
    run_on = (table[:, Column.LAST] <= Kind.UNSPACED) & (stops > 0)
    rows = np.flatnonzero(~removed & (evidence.length >= inline.LEAST) & (dated | run_on))
    pieces: dict[int, tuple[inline.Glued, ...]] = {}
    for row in rows.tolist():
        text, begin, end = table[row, [Column.TEXT, Column.START, Column.END]].tolist()
        line = texts[text][begin:end]
        cuts = (inline.stamp_before(line) if dated[row] else None, inline.label_after(line) if run_on[row] else None)
        found = tuple(cut for cut in cuts if cut and cut.rule not in settings.disabled)
        if found:
            pieces[row] = found
    return pieces
