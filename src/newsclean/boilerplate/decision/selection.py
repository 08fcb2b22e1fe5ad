"""From probabilities of lines to which lines go: operating points, and what keeps neighbours together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.evidence import Flags
from newsclean.boilerplate.features import Feature, Floats
from newsclean.kernels import kernel


class Point(NamedTuple):
    """An operating point: how probably a line must be residue to go: alone; between two lines that go, amid the text;
    if a rule says so; if its source repeats it; if it is another article's title. How probably any of these must be
    residue: else none goes but what its source repeats, and lines of rules that are as probable as `known`. And what
    lines gain below the likeliest end of the text, and outside the likeliest stretch of article (`ends`)."""

    alone: float
    between: float
    rule: float
    template: float
    title: float
    anchor: float
    known: float
    ended: float
    outside: float


# Chosen on held-out domains: docs/boilerplate.md, "Modes".
POINTS = {
    "safe": Point(0.97, 0.95, rule=0.93, template=0.5, title=0.2, anchor=0.97, known=0.93, ended=0, outside=0),
    "balanced": Point(0.74, 0.6, rule=0.5, template=0.05, title=0.01, anchor=0.95, known=0.82, ended=0.4, outside=0.04),
    "thorough": Point(0.68, 0.5, rule=0.4, template=0.05, title=0.01, anchor=0.68, known=0.4, ended=0.4, outside=0.04),
}


@kernel(
    "void(int64[::1], int16[::1], int8[::1], float32[:, ::1], float32[::1], float32[::1], float32[::1], bool_[::1])",
    interpreted=True,
)
def choose(
    bounds: NDArray[np.int64],
    found: NDArray[np.int16],
    template: NDArray[np.int8],
    table: Floats,
    certain: Floats,
    drawn: Floats,
    point: Floats,
    gone: Flags,
) -> None:
    """Lines that are sure enough for a `Point` go, and amid the text those that two of them enclose. Where it is not
    sure that any of them is residue, most texts are clean: there only what is known goes. A first line that a rule
    knows (a date) says nothing of the lines below. (Measured: to except other first lines made .3 points more cases of
    held-out domains right, but of 15,691 articles without labels 19 lost their headlines.)"""
    alone, between, rule, anchor, known = point[0], point[1], point[2], point[5], point[6]
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        none = 1.0  # probability that no line that would go is residue
        for row in range(begin, end):
            needed = rule if found[row] >= 0 else alone
            if template[row] > 0:
                needed = min(needed, point[2 + template[row]])
            gone[row] = drawn[row] >= needed
            if gone[row] and (row > begin or found[row] < 0):
                none *= 1 - certain[row]
        if 1 - none < anchor:
            for row in range(begin, end):
                gone[row] = gone[row] and (template[row] > 0 or (found[row] >= 0 and drawn[row] >= known))
        for row in range(begin + 1, end - 1):
            amid = table[row, Feature.PROSE_BEFORE] > 0 and table[row, Feature.PROSE_AFTER] > 0
            if amid and gone[row - 1] and gone[row + 1] and table[row, Feature.PROSE] == 0 and drawn[row] >= between:
                gone[row] = True
