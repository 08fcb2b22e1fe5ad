"""Which lines and pieces of lines of each text are residue, judged on the texts as they stand."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from newsclean.boilerplate import inline, tagger
from newsclean.boilerplate.features import NAMES, features
from newsclean.boilerplate.judge import POINTS, Evidence, Flags, removable
from newsclean.boilerplate.lines import Column, Kind, scan
from newsclean.boilerplate.phrases import Hit, dictionary, look_up
from newsclean.boilerplate.removal import Decision, Places
from newsclean.boilerplate.rules import NUMBER, RULES
from newsclean.boilerplate.tables import keep_tables
from newsclean.boilerplate.templates import Templates, known_lines
from newsclean.boilerplate.verdicts import lengths, prose, rule_lines
from newsclean.settings import BoilerplateSettings

DATE = NUMBER["date-stamp"]
BEFORE, BEHIND = NAMES.index("prose_before"), NAMES.index("prose_after")
TEMPLATE_PRECISION = 0.96  # of what a source repeats, on whole pages: docs/boilerplate.md, "Templates"


class Context(NamedTuple):
    """What a batch is judged by; `sources` has an entry a text."""

    settings: BoilerplateSettings
    templates: Templates | None
    sources: Sequence[object]


class Verdict(NamedTuple):
    """What goes from one text: whole lines and pieces of lines, by the number of the line; `lines` are all its lines,
    `letters` the length of each."""

    lines: Places
    letters: list[int]
    removed: dict[int, Decision]
    glued: dict[int, tuple[inline.Glued, ...]]


NOWHERE = Places([], [], [], [])
UNTOUCHED = Verdict(NOWHERE, [], {}, {})


def gather(texts: Sequence[str], context: Context) -> Evidence:
    """The evidence on all lines of `texts`."""
    lines = scan(texts)
    known = dictionary()
    hits = look_up(lines, known)
    length = lengths(lines)
    is_prose = prose(lines, length)
    found = rule_lines(texts, lines, hits, known)
    for name in context.settings.disabled:
        found[found == NUMBER[name]] = -1
    template = np.zeros(len(found), np.int8)
    if context.templates is not None and "template" not in context.settings.disabled:
        template = known_lines(lines, context.templates, context.sources)
    table = features(lines, hits, length, is_prose, found)
    return Evidence(lines, hits, length, is_prose, found, template, table, tagger.probabilities(table))


def decide(texts: Sequence[str], context: Context) -> list[Verdict]:
    """The verdict on each text."""
    evidence = gather(texts, context)
    table = evidence.lines.table
    removed = removable(evidence, POINTS[context.settings.mode])
    keep_tables(texts, evidence, removed)
    bounds = np.searchsorted(table[:, Column.TEXT], np.arange(len(texts) + 1)).tolist()
    pieces = _glued(texts, evidence, removed, context.settings)
    verdicts = []
    for begin, end in itertools.pairwise(bounds):
        rows = (np.flatnonzero(removed[begin:end]) + begin).tolist()
        glued = {row - begin: pieces[row] for row in pieces.keys() & range(begin, end)} if pieces else {}
        if not rows and not glued:
            verdicts.append(UNTOUCHED)
            continue
        places = table[begin:end, [Column.RAW, Column.START, Column.END, Column.BLANKS]].T.tolist()
        decisions = {row - begin: _decision(evidence, row) for row in rows}
        verdicts.append(Verdict(Places(*places), evidence.length[begin:end].tolist(), decisions, glued))
    return verdicts


def _decision(evidence: Evidence, row: int) -> Decision:
    """Who removes a line: its rule, or what its source repeats, or the tagger because of where it stands."""
    confidence = round(float(evidence.probability[row]), 3)
    if evidence.found[row] >= 0:
        return Decision(RULES[evidence.found[row]].name, confidence)
    if evidence.template[row]:
        return Decision("template", max(confidence, TEMPLATE_PRECISION))
    if evidence.prose[row]:
        return Decision("tagger:paragraph", confidence)
    if evidence.features[row, BEHIND] == 0:
        return Decision("tagger:trailing-run", confidence)
    return Decision("tagger:inner-run" if evidence.features[row, BEFORE] else "tagger:leading-run", confidence)


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
