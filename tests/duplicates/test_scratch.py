"""Arrays in files: the same values, nothing left behind, and a full disk that says so."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from newsclean.duplicates.scratch import Scratch


@pytest.mark.parametrize("memory", [1 << 8, 1 << 30])
def test_columns_hold_what_was_added(tmp_path: Path, memory: int) -> None:
    for scratch in (Scratch(None, memory), Scratch(tmp_path, memory)):
        column = scratch.column(np.uint64)
        assert scratch.column(np.uint64).array().tolist() == []
        for start in range(0, 1000, 100):
            column.add(np.arange(start, start + 100, dtype=np.uint64))
        assert len(column) == 1000
        values = column.array()
        values[::-1].sort()
        assert values.tolist() == list(range(1000))[::-1]


def test_arrays_lie_in_files_without_names(tmp_path: Path) -> None:
    array = Scratch(tmp_path, 1 << 10).empty((1000, 3), np.float32)
    array[:] = 1.5
    assert array.sum() == 4500
    assert not list(tmp_path.iterdir())
    assert Scratch(tmp_path).kept(np.arange(5)).tolist() == [0, 1, 2, 3, 4]


def test_a_full_disk_is_an_error_that_names_the_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(OSError, match="No space left") as raised:
        Scratch(tmp_path, 1 << 10).empty(1000, np.int64)
    assert raised.value.filename == str(tmp_path)
