"""What stays because of its neighbours."""

import numpy as np

from newsclean.boilerplate.decision import POINTS, decide, removable
from newsclean.boilerplate.evidence import Context, gather
from newsclean.settings import BoilerplateSettings

STORY = (
    "The minister resigned on Monday, her office said in a brief statement, and will be followed by her deputy, who "
    "takes over at once."
)


def gone(text: str, probability: list[float]) -> list[bool]:
    evidence = gather([text], Context(BoilerplateSettings(), None, [None]))
    result: list[bool] = removable(
        evidence._replace(probability=np.array(probability, np.float32)), POINTS["balanced"]
    ).tolist()
    return result


def test_a_list_stays_below_a_line_that_announces_it() -> None:
    text = f"{STORY}\nThe ministry named candidates:\nAnna Beispiel\nJan Muster\n{STORY}\nOther\nThings\nFollow\nHere"
    assert gone(text, [0.01, 0.1, 0.9, 0.9, 0.01, 0.99, 0.99, 0.99, 0.99])[2:4] == [False, False]


def test_a_subhead_between_paragraphs_stays_unless_certain() -> None:
    text = f"{STORY}\nA subhead\n{STORY}\nOther\nThings\nFollow\nHere"
    tail = [0.99] * 4
    assert not gone(text, [0.01, 0.6, 0.01, *tail])[1]
    assert gone(text, [0.01, 0.99, 0.01, *tail])[1]


def test_broken_lines_of_an_article_stay_where_no_paragraph_is() -> None:
    text = "\n".join(
        ["The minister", "resigned on Monday", "and will be followed", "by her deputy", "Share this article"]
    )
    evidence = gather([text], Context(BoilerplateSettings(), None, [None]))
    evidence = evidence._replace(probability=np.full(5, 0.99, np.float32))
    assert decide([text], evidence, BoilerplateSettings()).tolist() == [False] * 4 + [True]
