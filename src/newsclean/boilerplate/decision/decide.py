"""Which lines and pieces of lines of each text are residue, judged on the texts as they stand."""

from collections.abc import Sequence

from newsclean.boilerplate.decision.figure_tables import keep_tables
from newsclean.boilerplate.decision.neighbours import keep_with_neighbours, keep_without_prose
from newsclean.boilerplate.decision.selection import POINTS, Point, needed
from newsclean.boilerplate.evidence import Evidence, Flags
from newsclean.boilerplate.lines import text_bounds
from newsclean.settings import BoilerplateSettings


def decide(texts: Sequence[str], evidence: Evidence, settings: BoilerplateSettings) -> Flags:
    """Which segments go."""
    gone = removable(evidence, POINTS[settings.mode])
    keep_tables(texts, evidence, gone)
    return gone


def removable(evidence: Evidence, point: Point) -> Flags:
    """Which segments go by what is known of them and of their neighbours."""
    bounds, found, template = text_bounds(evidence.lines), evidence.found, evidence.template
    gone: Flags = evidence.probability >= needed(found, template, evidence.features, point)
    keep_with_neighbours(bounds, evidence.lines.table, evidence.length, found, evidence.features, evidence.probability, gone)
    keep_without_prose(bounds, evidence.length, found, template, evidence.prose, gone)
    return gone
