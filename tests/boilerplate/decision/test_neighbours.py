"""What stays because of its neighbours."""

import numpy as np
import pytest

from newsclean.boilerplate.decision.neighbours import (
    LONG,
    TORN,
    keep_addresses,
    keep_announced_items,
    keep_long_parts,
    keep_marks,
    keep_torn_runs,
    keep_torn_sentences,
)
from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.features import NAMES, Feature
from newsclean.boilerplate.lines import BEGINS, LineColumn, text_bounds


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


@pytest.mark.parametrize(
    ("gone", "probability", "goes"),
    [([False, True], 0.8, False), ([False, True], 0.95, True), ([True, True], 0.8, True)],
)
def test_an_address_stays_with_what_it_belongs_to(gone: list[bool], probability: float, goes: bool) -> None:
    lines = describe(["1. The page of the old bridge\nhttps://example.org/pages/?id=12"]).lines
    flags, named = np.array(gone, np.bool_), np.zeros(2, np.bool_)
    keep_addresses(text_bounds(lines), lines.table, named, np.full(2, probability, np.float32), flags)
    assert flags[1] == goes


@pytest.mark.parametrize(
    ("gone", "probability", "goes"),
    [([False, True], 0.8, False), ([False, True], 0.95, True), ([True, True], 0.8, True)],
)
def test_a_long_part_goes_only_with_its_block(gone: list[bool], probability: float, goes: bool) -> None:
    lines = describe(["The bridge is shut. Photo: Jane Doe/AFP"]).lines
    table = lines.table[[0, 0]].copy()
    table[1, LineColumn.INSIDE] |= BEGINS
    flags, named = np.array(gone, np.bool_), np.zeros(2, np.bool_)
    length, sure = np.full(2, LONG, np.int32), np.full(2, probability, np.float32)
    keep_long_parts(np.array([0, 2]), table, length, named, sure, flags)
    assert flags[1] == goes


@pytest.mark.parametrize(
    ("head", "gone", "probability", "left"),
    [
        ("What changes:", [False, True, False, False], 0.8, [False] * 4),
        ("What changes:", [False, True, False, False], 0.95, [False, True, False, False]),
        ("What changes:", [False, True, True, False], 0.8, [False, True, True, False]),
        ("What changes:", [True, True, False, False], 0.8, [True, True, False, False]),
        ("What changes", [False, True, False, False], 0.8, [False, True, False, False]),
    ],
)
def test_an_item_of_an_announced_list_stays(head: str, gone: list[bool], probability: float, left: list[bool]) -> None:
    described = describe([f"{head}\nThe first boat\nThe last boat\nBicycles free"])
    flags, none = np.array(gone, np.bool_), np.zeros(4, np.bool_)
    table = np.zeros((4, len(NAMES)), np.float32)
    sure = np.full(4, probability, np.float32)
    keep_announced_items(text_bounds(described.lines), described.lines.table, none, sure, table, flags)
    assert flags.tolist() == left
