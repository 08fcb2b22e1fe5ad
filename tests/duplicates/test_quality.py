"""Floors of quality on the shared benchmarks, end to end; they may only rise. Figures: docs/evaluation.md."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from newsclean.duplicates import find_duplicates

Documents = list[dict[str, Any]]
COVERAGE = Path(__file__).parents[2] / "../shared/data/coverage"


def read_coverage(name: str) -> Documents:
    """Documents of a shared benchmark file."""
    path = COVERAGE / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"needs the shared benchmark data ({name})")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def precision_and_recall(documents: Documents, kinds: set[str]) -> tuple[float, float]:
    """Of pairs of the given relations, against the sets' clusters."""
    cluster = {document["id"]: document["cluster"] for document in documents}
    given = [{"id": document["id"], "text": document["text"]} for document in documents]
    pairs = [pair for pair in find_duplicates(given).pairs if pair.relation in kinds]
    right = sum(cluster[pair.left] == cluster[pair.right] for pair in pairs)
    positives = sum(size * (size - 1) // 2 for size in Counter(cluster.values()).values())
    return right / len(pairs), right / positives


def test_edited_copies_and_templates() -> None:
    documents = read_coverage("t1_variants")
    copies = {"identical", "near_duplicate", "contained"}
    precision, recall = precision_and_recall(documents, copies)
    assert precision >= 0.995
    assert recall >= 0.98
    templates = [document for document in documents if document["transform"] == "template"]
    found = find_duplicates({"id": document["id"], "text": document["text"]} for document in templates)
    assert len(found.keep) <= 2


@pytest.mark.parametrize(("name", "floor"), [("t2_basil", 0.98), ("t2_fnc1", 0.85), ("t2_ecbplus", 0.82)])
def test_stories(name: str, floor: float) -> None:
    documents = list({document["id"]: document for document in read_coverage(name)}.values())
    precision, recall = precision_and_recall(documents, {"identical", "near_duplicate", "contained", "same_story"})
    assert 2 * precision * recall / (precision + recall) >= floor
