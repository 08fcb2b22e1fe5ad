"""Floors on labelled texts, where they are at hand. The model has seen them: this guards against breaking the package,
and says nothing of how good it is (`docs/evaluation.md` does)."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from newsclean.boilerplate import strip_batch
from newsclean.settings import BoilerplateSettings

CASES = Path(__file__).parents[3] / "shared/data/boilerplate/dev.jsonl.gz"
pytestmark = pytest.mark.skipif(
    not CASES.exists(), reason=f"needs the labelled texts beside the checkout: {CASES.name}"
)
FLOORS = {"safe": (0.0015, 0.25), "balanced": (0.008, 0.5), "thorough": (0.02, 0.6)}  # most lost, least removed


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    with gzip.open(CASES, "rt", encoding="utf-8") as file:
        return [json.loads(line) for number, line in enumerate(file) if number % 12 == 0]


@pytest.mark.parametrize("mode", FLOORS)
def test_little_article_is_lost_and_much_residue_goes(cases: list[dict[str, Any]], mode: str) -> None:
    chosen = [case for case in cases if case["regime"] == "residue"]
    results = strip_batch([case["text"] for case in chosen], BoilerplateSettings(mode=mode))
    letters: Counter[tuple[str, bool]] = Counter()
    for case, cleaned in zip(chosen, results, strict=True):
        kept, position = [], 0
        for edit in cleaned.edits:
            kept.append((position, edit.start))
            position = edit.end
        kept.append((position, len(case["text"])))
        for line in case["lines"]:
            stays = any(start <= line["start"] < end for start, end in kept)
            letters[line["label"], stays] += line["end"] - line["start"]
    most_lost, least_removed = FLOORS[mode]
    assert letters["keep", False] <= most_lost * (letters["keep", True] + letters["keep", False])
    assert letters["remove", False] >= least_removed * (letters["remove", True] + letters["remove", False])
