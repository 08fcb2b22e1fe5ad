"""Sketches in files."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from newsclean.duplicates import Sketches, sketch_batch

SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]


def article(seed: int, length: int = 150) -> str:
    """A made-up text, different for every seed."""
    chooser = random.Random(seed)
    words = ["".join(chooser.choices(SYLLABLES, k=3)) for _ in range(length)]
    return ". ".join(" ".join(words[at : at + 12]) for at in range(0, length, 12))


def edited(text: str, seed: int, share: float = 1 / 15) -> str:
    """The text with some words replaced."""
    chooser = random.Random(seed)
    return " ".join("edited" if chooser.random() < share else word for word in text.split())


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    """Articles, and copies of some."""
    made: list[dict[str, Any]] = [
        {"id": f"a{seed}", "text": article(seed), "date": f"2024-05-{seed % 28 + 1:02}", "source": f"s{seed % 3}"}
        for seed in range(60)
    ]
    for seed in range(0, 40, 2):
        copy = edited(made[seed]["text"], seed)
        made.append({"id": f"b{seed}", "text": copy, "date": "2024-05-29", "source": "s1"})
        made.append({"id": f"c{seed}", "text": made[seed]["text"].upper(), "source": "s2"})
    made += [{"id": f"e{at}", "text": text} for at, text in enumerate(("", " … ", "\ud83d", "!?", ""))]
    return made


def test_sketches_survive_a_file(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    sketches = sketch_batch(documents)
    sketches.save(tmp_path / "sketches")
    loaded = Sketches.load(tmp_path / "sketches")
    for kept, read in zip(sketches, loaded, strict=True):
        np.testing.assert_array_equal(kept, read)
        assert kept.dtype == read.dtype
    words = sum(len(document["text"].split()) for document in documents)
    assert (tmp_path / "sketches").stat().st_size < 9 * words  # texts of 150 words; 5.3 bytes a word at 420
