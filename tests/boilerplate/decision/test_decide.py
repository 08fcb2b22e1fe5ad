"""Which segments go."""

import numpy as np

from newsclean.boilerplate.decision import POINTS, decide, removable
from newsclean.boilerplate.evidence import Context, gather
from newsclean.settings import BoilerplateSettings

LINE = "Words and more words stand on this line of the text\n"
SETTINGS = BoilerplateSettings()


def test_segments_go_by_their_probability() -> None:
    evidence = gather([LINE * 3, LINE * 3], Context(SETTINGS, None, [None] * 2))
    probability = np.array([0.01, 0.5, 0.97, 0.01, 0.5, 0.5], np.float32)
    gone = removable(evidence._replace(probability=probability), POINTS["balanced"])
    assert gone.tolist() == [False, False, True, False, False, False]


def test_a_row_of_figures_stays() -> None:
    text = LINE + "Wheat 550.25 575.50 662.75 3.14\n" + LINE
    evidence = gather([text], Context(SETTINGS, None, [None]))
    evidence = evidence._replace(probability=np.array([0.99, 0.99, 0.99], np.float32))
    assert decide([text], evidence, SETTINGS)[1] == np.False_
