"""A run says what it takes, and does not start where there is far too little."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

import newsclean
from newsclean.errors import OutputError, SettingsError
from newsclean.formats.base import Source
from newsclean.jobs.outcome.space import Need, check_memory, check_space, estimate


class Usage(NamedTuple):
    free: int


def test_compressed_inputs_are_larger_than_they_look(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    plain, packed = (
        estimate([Source(str(tmp_path / "a"), "a", "jsonl", suffix)], dedup=True) for suffix in ("", ".zst")
    )
    assert packed.results == 4 * plain.results > 4 * 1000
    assert estimate([Source("-", "-", "jsonl")], dedup=True) == (0, 0, 0)
    assert estimate([Source(str(tmp_path / "a"), "a", "jsonl")], dedup=False).scratch == 0


def test_articles_that_stay_in_the_input_take_no_parts(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    lines, packed, table = (
        Source(str(tmp_path / "a"), "a", kind, suffix)
        for kind, suffix in (("jsonl", ""), ("jsonl", ".gz"), ("csv", ""))
    )
    assert estimate([lines], True, read_again=True).parts < estimate([lines], True).parts
    assert estimate([lines], True, read_again=True)[1:] == estimate([lines], True)[1:]
    for other in (packed, table):
        assert estimate([other], False, read_again=True) == estimate([other], False)


def test_too_small_a_disk_is_refused_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("The café is open.")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(15))
    with pytest.raises(OutputError, match=r"has 15 B free, and the run takes about"):
        newsclean.run([tmp_path / "a.txt"], tmp_path / "out")
    assert not list((tmp_path / "out" / ".newsclean" / "parts").iterdir())
    check_space(estimate([], dedup=True), tmp_path / "nothing" / "there", tmp_path)


def test_results_take_the_room_of_the_search(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "newsclean"):
        check_space(Need(1000, 500, 3000), tmp_path, tmp_path / "scratch")
    assert "about 4.0 kB of disk needed" in caplog.text


def test_too_little_memory_is_refused(tmp_path: Path) -> None:
    check_memory(2 << 30, 10_000_000)
    with pytest.raises(SettingsError, match=r"at least 1\.3 GB of memory"):
        check_memory(1_000_000_000, 10_000_000)
    (tmp_path / "a.txt").write_text("The café is open.")
    with pytest.raises(SettingsError, match="at least"):
        newsclean.run([tmp_path / "a.txt"], tmp_path / "out", memory=1000)
