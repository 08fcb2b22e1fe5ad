"""Which lines and pieces of lines of each text are residue, judged on the texts as they stand."""

from collections.abc import Sequence

import numpy as np

from newsclean.boilerplate.decision.figure_tables import keep_tables
from newsclean.boilerplate.decision.neighbours import (
    keep_addresses,
    keep_announced_items,
    keep_long_parts,
    keep_marks,
    keep_torn_runs,
    keep_torn_sentences,
)
from newsclean.boilerplate.decision.selection import POINTS, Point, choose, needed
from newsclean.boilerplate.evidence import Evidence, Flags
from newsclean.boilerplate.features import Feature
from newsclean.boilerplate.lines import LineColumn, text_bounds
from newsclean.settings import BoilerplateSettings


def decide(
    texts: Sequence[str], evidence: Evidence, settings: BoilerplateSettings, restored: Flags | None = None
) -> Flags:
    """Which segments go. `restored` says of which texts line breaks were put back: a paragraph that only these set
    apart goes if it is sure."""
    point = POINTS[settings.mode]
    gone = removable(evidence, point)
    if restored is not None:
        unnamed = (evidence.found < 0) & (evidence.template == 0)
        doubtful = evidence.prose & unnamed & (evidence.probability < point.doubted)
        gone &= ~(doubtful & restored[evidence.lines.table[:, LineColumn.TEXT]])
    keep_tables(texts, evidence, gone)
    return gone


def removable(evidence: Evidence, point: Point) -> Flags:
    """Which segments go by what is known of them and of their neighbours."""
    gone = np.empty(len(evidence.found), np.bool_)
    alone, unanchored = needed(evidence.found, evidence.template, evidence.features, point)
    bounds = text_bounds(evidence.lines)
    choose(bounds, evidence.probability, alone, unanchored, point.anchor, gone)
    named = (evidence.found >= 0) | (evidence.template > 0)
    keep_torn_runs(bounds, evidence.length, named, evidence.features, gone)
    cued = named | (evidence.features[:, Feature.CUE] > 0)
    keep_torn_sentences(bounds, evidence.lines.table, cued, evidence.probability, gone)
    keep_long_parts(bounds, evidence.lines.table, evidence.length, cued, evidence.probability, gone)
    keep_announced_items(bounds, evidence.lines.table, cued, evidence.probability, evidence.features, gone)
    keep_addresses(bounds, evidence.lines.table, cued, evidence.probability, gone)
    keep_marks(bounds, evidence.lines.table, evidence.length, gone)
    return gone
