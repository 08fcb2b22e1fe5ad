"""Which files are read, and a word on each that is not."""

import os
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.formats.inputs import find_inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    (path / "good.txt").write_text("The storm took the bridge.")
    return path


def words(folder: Path) -> tuple[list[str], dict[str, str], dict[str, str]]:
    """Names that are read, and the reasons of rejects and of skipped files by name."""
    found = find_inputs([folder])
    reasons = [{Path(each.file).name: each.reason for each in group} for group in (found.rejects, found.skipped)]
    return [source.name for source in found.sources], reasons[0], reasons[1]


def test_a_pipe_is_skipped_with_a_word(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    read, rejected, skipped = words(folder)
    assert (read, rejected) == (["good"], {})
    assert "named pipe" in skipped["pipe.txt"]


def test_a_device_is_skipped_with_a_word(folder: Path) -> None:
    (folder / "zero.txt").symlink_to("/dev/zero")
    assert "device" in words(folder)[2]["zero.txt"]


@pytest.mark.parametrize("target", ["nothing", "loop.txt"])
def test_a_link_to_nothing_or_to_itself_is_one_reject(folder: Path, target: str) -> None:
    (folder / "loop.txt").symlink_to(target)
    read, rejected, skipped = words(folder)
    assert (read, list(rejected), skipped) == (["good"], ["loop.txt"], {})
    assert "link" in rejected["loop.txt"]
    summary = newsclean.run([folder], folder.parent / "out", steps=("repair",))
    assert (summary.read, summary.rejected) == (1, 1)


def test_a_link_to_a_folder_is_not_followed_and_told(folder: Path) -> None:
    (folder / "again").symlink_to(folder)
    assert "not followed" in words(folder)[2]["again"]


def test_a_folder_that_cannot_be_listed_is_one_reject(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    scandir = os.scandir

    def guarded(path: Any) -> Any:
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    read, rejected, _ = words(folder)
    assert read == ["good"]
    assert rejected == {"closed": "the folder cannot be read: Permission denied"}


def test_what_was_skipped_is_in_the_summary(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    summary = newsclean.run([folder], folder.parent / "out", steps=("repair",))
    assert summary.skipped == {"a named pipe, not a file": [str(folder / "pipe.txt")]}
    assert not summary.incomplete


def test_a_pattern_passes_over_what_a_folder_does(tmp_path: Path) -> None:
    for name in ("articles.jsonl", "edits.jsonl", ".newsclean-manifest.jsonl"):
        (tmp_path / name).write_text("{}\n")
    found = find_inputs([str(tmp_path / "*.jsonl")])
    assert [source.name for source in found.sources] == ["articles.jsonl"]
    assert [Path(each.file).name for each in found.skipped] == ["edits.jsonl"]
