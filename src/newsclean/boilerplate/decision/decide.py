"""Which lines and pieces of lines of each text are residue, judged on the texts as they stand."""

from collections.abc import Sequence

import numpy as np

from newsclean.boilerplate.decision.calibration import raise_below_end, raise_outside, subtract_doubt
from newsclean.boilerplate.decision.figure_tables import keep_tables
from newsclean.boilerplate.decision.neighbours import draw_lists, keep_with_neighbours, keep_without_prose
from newsclean.boilerplate.decision.selection import POINTS, Point, choose, least_sure, needed
from newsclean.boilerplate.evidence import Evidence, Flags
from newsclean.boilerplate.lines import text_bounds
from newsclean.settings import BoilerplateSettings


def decide(texts: Sequence[str], evidence: Evidence, settings: BoilerplateSettings) -> Flags:
    """Which segments go."""
    gone = removable(evidence, POINTS[settings.mode])
    keep_without_prose(
        text_bounds(evidence.lines), evidence.length, evidence.found, evidence.template, evidence.prose, gone
    )
    keep_tables(texts, evidence, gone)
    return gone


def removable(evidence: Evidence, point: Point) -> Flags:
    """Which lines go."""
    bounds, lines, found = text_bounds(evidence.lines), evidence.lines.table, evidence.found
    certain, gone = np.empty(len(lines), np.float32), np.empty(len(lines), np.bool_)
    subtract_doubt(bounds, evidence.length, evidence.template, evidence.probability, certain)
    drawn = np.empty(len(lines), np.float32)
    worth, best = np.empty((2, len(lines)), np.float32)
    raise_outside(bounds, evidence.length, certain, worth, best, point.outside)
    raise_below_end(bounds, evidence.length, found, evidence.probability, certain, drawn, point.ended)
    draw_lists(bounds, lines, evidence.features, drawn)
    least = np.stack(needed(found, evidence.template, evidence.features, point))
    choose(bounds, found, evidence.features, certain, drawn, least, np.array(point, np.float32), gone)
    gone &= (found >= 0) | (evidence.template > 0) | (evidence.probability >= least_sure(evidence.features, point))
    keep_with_neighbours(bounds, lines, evidence.length, found, evidence.features, drawn, gone)
    return gone
