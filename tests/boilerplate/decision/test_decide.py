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


def test_a_paragraph_that_restored_breaks_set_apart_goes_if_it_is_sure() -> None:
    paragraph = "The council voted on Monday to close the bridge until May, and the mayor said that it was old. " * 3
    texts = [LINE + paragraph] * 2
    evidence = gather(texts, Context(SETTINGS, None, [None] * 2))
    assert evidence.prose[1]
    for probability, goes in ((0.85, [True, False]), (0.95, [True, True])):
        judged = evidence._replace(probability=np.array([0.97, probability] * 2, np.float32))
        assert decide(texts, judged, SETTINGS, np.array([False, True]))[1::2].tolist() == goes
