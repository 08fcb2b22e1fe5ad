"""Operating points: how probably a segment must be residue to go, by what is known of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.features import Feature, Floats
from newsclean.boilerplate.rules import RULES
from newsclean.compilation import Column, Table, kernel


class Point(NamedTuple):
    """How probably a segment must be residue to go."""

    named: float  # what a rule names, in a line of its own or set off by a cue
    phrased: float  # what a rule names by words amid a line
    alone: float  # a line that nothing names
    inside: float  # a piece of a line that nothing names
    template: float  # what its source repeats
    title: float  # the title of another article


# Chosen with repositories and domains left out: `python -m training.boilerplate.points`.
POINTS = {
    "safe": Point(named=0.7, phrased=0.93, alone=0.94, inside=0.96, template=0.5, title=0.2),
    "balanced": Point(named=0.4, phrased=0.7, alone=0.7, inside=0.7, template=0.05, title=0.01),
    "thorough": Point(named=0.2, phrased=0.5, alone=0.5, inside=0.5, template=0.05, title=0.01),
}
NEVER = 2.0  # more than any probability
WEAK_INSIDE = ("end-matter",)
"""Rules whose words belong to the article about as often as not where they do not stand in lines of their own."""
OF_ARTICLE_INSIDE = ("source-credit", "byline", "date-stamp")
"""Rules whose words stay there, unless a cue sets them off: who wrote an article, and when, does no harm."""
_WEAK = tuple(rule.name in WEAK_INSIDE for rule in RULES)
_STAYS = tuple(rule.name in OF_ARTICLE_INSIDE for rule in RULES)


def needed(found: NDArray[np.int16], template: NDArray[np.int8], table: Floats, point: Point) -> Floats:
    """How probably each segment must be residue to go, by its rule or -1, its template or 0, its features."""
    bound = np.empty(len(found), np.float32)
    _needed(found, template, table, np.array(point, np.float32), bound)
    return bound


@kernel(entry=True, interpreted=True)
def _needed(
    found: Column[np.int16],
    template: Column[np.int8],
    table: Table[np.float32],
    point: Column[np.float32],
    bound: Column[np.float32],
) -> None:
    """`point` are the fields of `Point`, in order."""
    for row in range(len(found)):
        inside = table[row, Feature.BEGINS_INSIDE] + table[row, Feature.ENDS_INSIDE] > 0
        amid = inside and table[row, Feature.CUE] == 0
        if found[row] < 0:
            bound[row] = point[3] if inside else point[2]
        elif not amid:
            bound[row] = point[0]
        elif _STAYS[found[row]]:
            bound[row] = NEVER
        else:
            bound[row] = point[3] if _WEAK[found[row]] else point[1]
        if template[row] > 0:
            bound[row] = min(bound[row], point[3 + template[row]])
