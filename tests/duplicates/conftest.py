"""Texts that the tests of duplicates share."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
COVERAGE = ROOT.parent / "shared/data/coverage"


def read_coverage(name: str) -> list[dict[str, Any]]:
    """Documents of a shared benchmark file."""
    path = COVERAGE / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"needs the shared benchmark data ({name})")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session", params=["seeds", "tests/cases/seeds"])
def seeds(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """The five seeds as they were crawled, and cleaned."""
    paths = sorted((ROOT / request.param).glob("*.txt"))
    return [{"id": path.stem, "text": path.read_text(encoding="utf-8")} for path in paths]


@pytest.fixture(scope="session")
def background() -> list[dict[str, Any]]:
    """11,433 real articles."""
    return read_coverage("background")
