"""Doubt about a text as a whole protects its lines."""

import numpy as np

from newsclean.boilerplate.decision import POINTS, removable
from newsclean.boilerplate.evidence import Context, gather
from newsclean.settings import BoilerplateSettings

LINE = "Words and more words stand on this line of the text\n"


def test_the_same_line_stays_where_most_is_in_doubt() -> None:
    evidence = gather([LINE * 20, LINE * 20], Context(BoilerplateSettings(), None, [None] * 2))
    probability = np.full(40, 0.01, np.float32)
    probability[20:] = 0.5
    probability[[5, 25]] = 0.96
    gone = removable(evidence._replace(probability=probability), POINTS["balanced"])
    assert gone[5]
    assert not gone[25]
