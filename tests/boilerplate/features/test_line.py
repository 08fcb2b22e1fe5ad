"""What a segment is made of."""

import numpy as np

from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.features import Feature, features

STORY = (
    "The minister resigned on Monday, her office said in a brief statement on the matter, and will be followed by her "
    "deputy."
)


def test_pieces_know_that_they_stand_inside() -> None:
    table = features(*describe([f"{STORY} Read more on our page."]))
    assert table[:, Feature.BEGINS_INSIDE].tolist() == [0, 1]
    assert table[:, Feature.ENDS_INSIDE].tolist() == [1, 0]
    assert table[:, Feature.INSIDE_SHARE].tolist() == [0.5, 0.5]


def test_capitals_digits_and_stops_are_counted() -> None:
    table = features(*describe(["BREAKING News 12\nHe left."]))
    assert np.allclose(table[0, [Feature.CAPITALS, Feature.CAPITALISED, Feature.NUMBERS]], [1 / 3, 2 / 3, 1])
    assert table[:, Feature.SENTENCES].tolist() == [0, 1]
