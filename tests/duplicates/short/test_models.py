"""Which short texts are copies: near-misses first."""

import csv
from pathlib import Path

import numpy as np
import pytest

from newsclean.duplicates import DuplicateSettings, find_duplicates
from newsclean.duplicates.results import SAME_STORY
from newsclean.duplicates.short import ShortFeature, short_copy_confidence, short_story_confidence, vetoed

with (Path(__file__).parents[2] / "cases/duplicates/short_pairs.tsv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("stories", [True, False], ids=["with stories", "copies only"])
@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_copies(case: dict[str, str], stories: bool) -> None:
    for texts in ((case["left"], case["right"]), (case["right"], case["left"])):
        found = find_duplicates(texts, DuplicateSettings(stories=stories, drop="likely"))
        assert len(found.keep) == (case["relation"] == "copies")
        copies = [pair.relation for pair in found.pairs if pair.relation != SAME_STORY]
        assert len(copies) == (case["relation"] == "copies")


def test_vetoes_outweigh_every_confidence() -> None:
    alike = np.zeros((1, len(ShortFeature)), np.float32)
    alike[:, : ShortFeature.SWAPS] = 1
    for feature in (ShortFeature.NUMBERS_LOW, ShortFeature.FACTS_LOW, ShortFeature.TURNED):
        other = alike.copy()
        other[:, feature] = 1
        assert not vetoed(alike)[0]
        assert vetoed(other)[0]
        assert short_copy_confidence(other)[0] == 0
    assert 0 <= short_story_confidence(alike)[0] <= 1
