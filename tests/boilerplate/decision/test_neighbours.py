"""What stays because of its neighbours."""

import numpy as np
import pytest

from newsclean.boilerplate.decision.neighbours import TORN, keep_marks, keep_torn_runs, keep_torn_sentences
from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.features import NAMES, Feature
from newsclean.boilerplate.lines import text_bounds


def kept(text: str, gone: list[bool]) -> list[bool]:
    described = describe([text])
    flags = np.array(gone, np.bool_)
    keep_marks(text_bounds(described.lines), described.lines.table, described.length, flags)
    result: list[bool] = flags.tolist()
    return result


def test_a_number_goes_only_with_both_its_neighbours() -> None:
    text = "1.\nThe first thing of the list\n2.\nThe second thing of the list"
    assert kept(text, [True, False, True, False]) == [False] * 4
    assert kept(text, [True, False, True, True]) == [False, False, False, True]
    assert kept(text, [True, True, True, True]) == [True] * 4


def test_times_of_a_live_report_stay() -> None:
    assert kept("18:20\nTrees fall on the line\n20:45\nThe line is shut", [True, False] * 2) == [False] * 4


def test_a_lone_number_numbers_nothing() -> None:
    assert kept("17\nThe first thing of the list", [True, False]) == [True, False]


def test_a_long_run_is_not_torn() -> None:
    table = np.zeros((TORN + 2, len(NAMES)), np.float32)
    table[[0, -1], Feature.PROSE] = 1
    named = np.zeros(len(table), np.bool_)
    named[5] = True
    for going, stays in ((4, True), (TORN // 2, False)):
        gone = np.zeros(len(table), np.bool_)
        gone[1 : 1 + going] = gone[5] = True
        before = gone.copy()
        keep_torn_runs(np.array([0, len(table)]), np.full(len(table), 9, np.int32), named, table, gone)
        assert np.flatnonzero(gone).tolist() == ([5] if stays else np.flatnonzero(before).tolist())


@pytest.mark.parametrize(
    ("text", "gone", "probability", "stays"),
    [
        ("The ministry calls for\nmore recycling and", [False, True], 0.8, True),
        ("The ministry calls for\nmore recycling and", [False, True], 0.95, False),
        ("The ministry calls for\n\nmore recycling and", [True, False], 0.8, True),
        ("Example Month\n, which is celebrated", [True, False], 0.8, True),
        ("The ministry calls for more.\nmore recycling and", [False, True], 0.8, False),
        ("The ministry calls for\nMore recycling and", [False, True], 0.8, False),
        ("The ministry calls for\nhttps://example.org/more/of/it", [False, True], 0.8, False),
    ],
)
def test_a_sentence_is_not_torn(text: str, gone: list[bool], probability: float, stays: bool) -> None:
    described = describe([text])
    bounds, table = text_bounds(described.lines), described.lines.table
    flags, named = np.array(gone, np.bool_), np.zeros(len(table), np.bool_)
    keep_torn_sentences(bounds, table, named, np.full(len(table), probability, np.float32), flags)
    assert flags.tolist() == ([False, False] if stays else gone)
