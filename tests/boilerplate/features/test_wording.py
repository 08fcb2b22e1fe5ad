"""How much lines speak to their reader."""

import itertools

import numpy as np
import pytest

from newsclean.boilerplate.features import Feature
from newsclean.boilerplate.features.columns import NAMES
from newsclean.boilerplate.features.wording import (
    ADDRESS,
    FEW,
    FEW_OWN,
    MIX,
    NEARBY,
    PLACES,
    WEIGHT,
    fill_wording,
    wording,
)
from newsclean.boilerplate.lines import PLACE_BITS, LineColumn, scan, text_bounds
from newsclean.compilation import tier

TEXTS = [
    "The council voted on Tuesday.\nSubscribe to our newsletter and follow us!\nThe road is closed.\n" * 3,
    "12",
    "Der Rat stimmte zu.\nJetzt kostenlos testen: unser Angebot",
    "Совет принял решение.\nПодписывайтесь на наш канал",
]


def bits(word: np.uint64) -> int:
    with np.errstate(over="ignore"):
        return int(wording().bits[int((word * MIX) >> PLACE_BITS)])


@pytest.mark.parametrize("interprets", [False, True])
def test_rates_are_those_of_a_slow_count(interprets: bool) -> None:
    lines = scan(TEXTS)
    bounds = text_bounds(lines)
    table = np.zeros((len(lines.table), len(NAMES)), np.float32)
    with tier(interprets):
        fill_wording(lines, bounds, table)
    of_line = []
    for first, count in lines.table[:, [LineColumn.WORD, LineColumn.WORDS]].tolist():
        found = [bits(word) for word in lines.words[first : first + count]]
        of_line.append((sum(each & WEIGHT for each in found), sum(each & ADDRESS > 0 for each in found), count))
    sums = np.array(of_line, float)
    for begin, end in itertools.pairwise(bounds):
        for row in range(begin, end):
            low, high = max(row - NEARBY, begin), min(row + NEARBY + 1, end)
            parts = [(row, row + 1, FEW_OWN), (begin, row, FEW), (row, end, FEW), (low, high, FEW)]
            rates = [100 * sums[a:b, kind].sum() / (sums[a:b, 2].sum() + few) for kind in (0, 1) for a, b, few in parts]
            assert table[row, Feature.INTERFACE : Feature.SPOKEN_NEAR + 1] == pytest.approx(rates, rel=1e-5)


def test_prompts_speak_to_the_reader_and_sentences_do_not() -> None:
    lines = scan(TEXTS)
    table = np.zeros((len(lines.table), len(NAMES)), np.float32)
    fill_wording(lines, text_bounds(lines), table)
    prompts = [1, 4, 7, 11, 13]
    others = [row for row in range(len(table)) if row not in prompts]
    assert table[prompts, Feature.INTERFACE].min() > 2 * table[others, Feature.INTERFACE].max()
    assert table[prompts, Feature.SPOKEN].min() > 0 == table[others, Feature.SPOKEN].max()


def test_few_places_are_known() -> None:
    known = wording().bits
    assert len(known) == PLACES
    assert 0.005 < (known > 0).mean() < 0.02
