"""Sketches in files."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from newsclean.duplicates import Sketches, sketch_batch
from newsclean.duplicates.sketching import no_sketches
from newsclean.settings import DuplicateSettings
from tests.duplicates.articles import mixed


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    """Articles, and copies of some."""
    return mixed()


def test_sketches_survive_a_file(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    sketches = sketch_batch(documents)
    sketches.save(tmp_path / "sketches")
    loaded = Sketches.load(tmp_path / "sketches")
    for kept, read in zip(sketches, loaded, strict=True):
        np.testing.assert_array_equal(kept, read)
        assert kept.dtype == read.dtype
    words = sum(len(document["text"].split()) for document in documents)
    assert (tmp_path / "sketches").stat().st_size < 4 * words  # a part of a dump, with 40 times the words, takes less


def test_more_words_than_two_bytes_can_number_survive_a_file(tmp_path: Path) -> None:
    words = np.random.default_rng(1).integers(0, 1 << 32, 150_000, np.uint32)
    one = no_sketches(1, DuplicateSettings())
    sketches = one._replace(words=words, bounds=np.array([0, len(words)]))
    sketches.save(tmp_path / "sketches")
    np.testing.assert_array_equal(Sketches.load(tmp_path / "sketches").words, words)
