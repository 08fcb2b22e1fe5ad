"""Brief texts of one frame with other facts."""

import numpy as np
import pytest

from newsclean.duplicates.short import Texts, have_other_facts
from newsclean.duplicates.tokens import split

FRAME = (
    "Water will be cut in {} streets of {} on {} from {} to {} o'clock, since pipes of the old network are replaced "
    "there. Residents are asked to store as much as they need, the company said in a short notice to all households."
)


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        pytest.param((4, "Porto", "Monday", 9, 17), (4, "Porto", "Monday", 9, 17), False, id="no other fact"),
        pytest.param(
            (4, "Porto", "Monday", 9, 17), (4, "Porto", "Monday", 9, 16), False, id="one number, as of a counter"
        ),
        pytest.param(
            (4, "Porto", "Monday", 9, 17), (4, "the town", "that day", 9, 17), False, id="one text names more"
        ),
        pytest.param((4, "Porto", "Monday", 9, 17), (4, "Porto", "Monday", 8, 16), False, id="two numbers"),
        pytest.param(
            (4, "Porto", "Monday", 9, "17.000"), (4, "Porto", "Monday", 9, "17 000"), False, id="digits apart"
        ),
        pytest.param((4, "Porto", "Monday", 9, 17), (6, "Porto", "Monday", 8, 16), True, id="three numbers"),
        pytest.param((4, "Lisbon", "Monday", 9, 17), (4, "Madrid", "Friday", 9, 16), True, id="another place and day"),
    ],
)
def test_facts(left: tuple[object, ...], right: tuple[object, ...], other: bool) -> None:
    words, bounds = split([FRAME.format(*left), FRAME.format(*right)])
    texts = Texts(words, np.stack([bounds[:-1], bounds[1:]], axis=1), np.zeros(2, np.uint8))
    assert have_other_facts(texts, np.array([[0, 1], [1, 0]])).tolist() == [other, other]


def test_longer_texts_are_not_looked_at() -> None:
    words, bounds = split(
        [FRAME.format(4, "Porto", "Monday", 9, 17) * 4, FRAME.format(6, "Porto", "Monday", 8, 16) * 4]
    )
    texts = Texts(words, np.stack([bounds[:-1], bounds[1:]], axis=1), np.zeros(2, np.uint8))
    assert have_other_facts(texts, np.array([[0, 1]])).tolist() == [False]
