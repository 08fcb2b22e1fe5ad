"""How sure a segment must be of residue."""

import numpy as np
import pytest

from newsclean.boilerplate.decision import POINTS
from newsclean.boilerplate.decision.selection import NEVER, needed
from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.features import features
from newsclean.boilerplate.rules import NUMBER
from newsclean.settings import BoilerplateSettings

TEXT = "A short line of news\nThe minister resigned on Monday, as her office said.\nShare this article"


def test_what_nothing_names_must_be_surer() -> None:
    described = describe([TEXT], BoilerplateSettings())
    point = POINTS["balanced"]
    found = needed(described.found, np.array([0, 0, 0], np.int8), features(*described), point)
    assert found.alone.tolist() == pytest.approx([point.alone, point.sentence, point.rule])
    assert found.unanchored.tolist() == pytest.approx([NEVER, NEVER, point.known])


def test_pieces_of_lines_must_be_surer_but_for_cues() -> None:
    text = (
        "The minister resigned on Monday, as her office said in a brief statement on this matter. " * 5
        + "Reported from the hall by our people in Example City"
    )
    described = describe([text], BoilerplateSettings())
    found = described.found.copy()
    found[-1] = -1
    point = POINTS["balanced"]
    bounds = needed(found, np.zeros(len(found), np.int8), features(*described), point)
    assert bounds.alone[-1] == pytest.approx(max(point.alone, point.inside))
    for rule, bound in (("byline", NEVER), ("end-matter", point.sentence), ("advert", point.phrased)):
        found[-1] = NUMBER[rule]
        alone = needed(found, np.zeros(len(found), np.int8), features(*described), point).alone
        assert alone[-1] == pytest.approx(max(point.alone, point.inside, bound) if rule == "end-matter" else bound)


def test_modes_ask_for_less_and_less() -> None:
    safe, balanced, thorough = (POINTS[mode] for mode in ("safe", "balanced", "thorough"))
    for name in ("alone", "sentence", "inside", "rule", "known"):
        assert getattr(safe, name) >= getattr(balanced, name) >= getattr(thorough, name)
