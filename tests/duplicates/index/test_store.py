"""The SQLite file: what goes in comes out, and nothing of a batch that was not finished."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from newsclean.duplicates import DuplicateSettings, sketch_batch
from newsclean.duplicates.index.store import Store


def test_articles_come_back_as_they_were(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "index.db"), DuplicateSettings())
    new = sketch_batch([{"text": "A headline\nand a body", "date": "2024-05-01", "lang": "en"}, "other words"])
    with store.writing():
        store.insert(["a", "b"], new, 1, np.array([3, 4]))
        assert store.sampled([2, 1]).tolist() == [4, 3]
    stored = store.load([1, 2])
    assert stored.words.tolist() == new.words.tolist()
    assert stored.heads.tolist() == new.heads.tolist() == [2, 0]
    assert (stored.days.tolist(), stored.languages.tolist()) == (new.days.tolist(), new.languages.tolist())
    assert store.names([1, 2]) == {1: "a", 2: "b"}
    assert store.numbers(["b", "none"]) == [2]
    store.close()


def test_an_unfinished_batch_leaves_nothing(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "index.db"), DuplicateSettings())
    with pytest.raises(sqlite3.IntegrityError), store.writing():
        store.insert(["a", "a"], sketch_batch(["words", "others"]), 1, np.zeros(2, np.int64))
    assert store.extent() == (0, None, None)
    store.close()
