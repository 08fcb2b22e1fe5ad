"""What stands around a line."""

import numpy as np

from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.features import NAMES, Feature, features

STORY = (
    "The minister resigned on Monday, her office said in a brief statement, and will be followed by her deputy, who "
    "takes over at once."
)


def test_distances_from_paragraphs_and_values_of_neighbours() -> None:
    table = features(*describe([f"One\n{STORY}\nTwo\nThree"]))
    assert table[:, Feature.PROSE_BEFORE].tolist() == [0, 0, 1, 1]
    assert table[:, Feature.PROSE_AFTER].tolist() == [1, 0, 0, 0]
    assert table[:, Feature.RUN].tolist()[2:] == [2, 2]
    above = NAMES.index("length-1")
    assert np.array_equal(table[1:, above], table[:-1, Feature.LENGTH])
