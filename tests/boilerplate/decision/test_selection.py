"""How sure a segment must be of residue."""

import numpy as np
import pytest

from newsclean.boilerplate.decision import POINTS
from newsclean.boilerplate.decision.selection import NEVER, choose, needed
from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.features import features
from newsclean.boilerplate.rules import NUMBER

TEXT = "A short line of news\nThe minister resigned on Monday, as her office said.\nShare this article"
POINT = POINTS["balanced"]


def test_where_nothing_is_sure_only_what_a_rule_names_may_go() -> None:
    described = describe([TEXT])
    found = needed(described.found, np.array([0, 0, 0], np.int8), features(*described), POINT)
    assert found.alone.tolist() == pytest.approx([POINT.alone, POINT.sentence, POINT.alone])
    assert found.unanchored.tolist() == pytest.approx([NEVER, NEVER, POINT.known])


def test_what_its_source_repeats_needs_little() -> None:
    described = describe([TEXT])
    found = needed(described.found, np.array([1, 2, 0], np.int8), features(*described), POINT)
    assert found.alone[:2].tolist() == found.unanchored[:2].tolist() == pytest.approx([POINT.template, POINT.title])


def test_pieces_amid_lines_must_be_surer_but_for_cues() -> None:
    text = (
        "The minister resigned on Monday, as her office said in a brief statement on this matter. " * 5
        + "Reported from the hall by our people in Example City"
    )
    described = describe([text])
    found, template = described.found.copy(), np.zeros(len(described.found), np.int8)
    found[-1] = -1
    assert needed(found, template, features(*described), POINT).alone[-1] == pytest.approx(POINT.inside)
    for rule, bound in (("byline", NEVER), ("advert", POINT.inside)):
        found[-1] = NUMBER[rule]
        assert needed(found, template, features(*described), POINT).alone[-1] == pytest.approx(bound)


def test_what_a_label_announces_amid_a_line_ends_without_a_stop() -> None:
    text = "The minister resigned on Monday, as her office said in a brief statement on this matter. " * 12
    described = describe([text])
    found, template = described.found.copy(), np.zeros(len(described.found), np.int8)
    for rule, bound in (("photo-credit", NEVER), ("related-headlines", NEVER), ("legal", POINT.inside)):
        found[-1] = NUMBER[rule]
        assert needed(found, template, features(*described), POINT).alone[-1] == pytest.approx(bound)


def test_a_sentence_amid_a_line_that_nothing_names_must_be_surest() -> None:
    text = "The minister resigned on Monday, as her office said in a brief statement on this matter. " * 12
    described = describe([text])
    bounds = needed(described.found, np.zeros(len(described.found), np.int8), features(*described), POINT).alone
    assert len(bounds) > 2
    assert bounds[1:].tolist() == pytest.approx([POINT.sentence] * (len(bounds) - 1))


@pytest.mark.parametrize(
    ("line", "bound"), [("The bridge that is closed", POINT.doubted), ("In the news", POINT.alone)]
)
def test_a_first_line_may_be_the_title(line: str, bound: float) -> None:
    described = describe([f"{line}\nThe minister resigned on Monday, as her office said.\n{line} today"])
    found = needed(described.found, np.zeros(3, np.int8), features(*described), POINT)
    assert found.alone[[0, 2]].tolist() == pytest.approx([bound, POINT.alone])


@pytest.mark.parametrize(("above", "bound"), [("ADVERTISEMENT", POINT.doubted), ("A line of news", POINT.sentence)])
def test_a_sentence_behind_an_interruption_must_be_surer(above: str, bound: float) -> None:
    described = describe([f"The minister resigned on Monday.\n{above}\nHer office said so."])
    found = needed(described.found, np.zeros(3, np.int8), features(*described), POINT)
    assert found.alone[2] == pytest.approx(bound)


def test_one_doubtful_line_of_a_clean_text_stays() -> None:
    bounds, needs = np.array([0, 3, 6]), np.full(6, 0.6, np.float32)
    probability = np.array([0.1, 0.8, 0.1, 0.1, 0.8, 0.8], np.float32)
    gone = np.empty(6, np.bool_)
    choose(bounds, probability, needs, np.full(6, NEVER, np.float32), 0.95, gone)
    assert gone.tolist() == [False, False, False, False, True, True]


def test_modes_ask_for_less_and_less() -> None:
    safe, balanced, thorough = (POINTS[mode] for mode in ("safe", "balanced", "thorough"))
    for name in ("alone", "inside", "sentence", "anchor", "known"):
        assert getattr(safe, name) >= getattr(balanced, name) >= getattr(thorough, name)


@pytest.mark.parametrize(("end", "bound"), [("", POINT.doubted), (".", POINT.alone)])
def test_behind_an_interruption_any_long_line_is_doubted_where_no_text_has_stops(end: str, bound: float) -> None:
    lines = [f"The minister resigned on Monday{end}", "ADVERTISEMENT", "A long line that may well be of the article"]
    described = describe(["\n".join(lines)])
    found = needed(described.found, np.zeros(3, np.int8), features(*described), POINT)
    assert found.alone[2] == pytest.approx(bound)


def test_a_sentence_before_a_credit_amid_a_line_may_be_a_caption() -> None:
    text = "The minister resigned on Monday, as her office said in a statement. " * 12
    described = describe([f"{text}The bridge at dawn on Monday. Photo: Jane Doe. {text}"])
    credit = described.found.tolist().index(NUMBER["photo-credit"])
    found = needed(described.found, np.zeros(len(described.found), np.int8), features(*described), POINT)
    assert found.alone[credit - 1] == pytest.approx(POINT.caption)
