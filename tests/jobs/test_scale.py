"""The same bytes whatever memory, workers and order, after a kill at any moment, and after a full disk."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.duplicates import scratch
from newsclean.errors import OutputError
from newsclean.formats import base
from newsclean.jobs import outputs, worker
from newsclean.jobs.outcome import space
from tests.duplicates.test_resolution import documents

MOMENTS = int(os.environ.get("NEWSCLEAN_KILLS", "3"))  # of each phase at which a run is killed


def shrink(patch: pytest.MonkeyPatch) -> None:
    """Many parts, and as little memory as a test likes."""
    patch.setattr(base, "CHUNK_BYTES", 20_000)
    patch.setattr(space, "BASE", 0)
    patch.setattr(space, "PER_ARTICLE", 0)
    patch.setattr(space, "_TABLES", 0)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    shrink(monkeypatch)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "dump.jsonl"
    with path.open("w") as file:
        for each in documents():
            file.write(json.dumps({name: value for name, value in each.items() if name != "raw"}) + "\n")
    return path


@pytest.fixture(scope="module")
def expected(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected") / "out"
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        newsclean.run([dump], out)
    return contents(out)


def contents(out: Path) -> dict[str, bytes]:
    """All results, by name."""
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.json*"))}


@pytest.mark.parametrize("options", [{"memory": 1 << 12}, {"memory": 1 << 16}, {"workers": 2}, {"workers": 4}])
def test_memory_and_workers_do_not_matter(
    dump: Path, tmp_path: Path, expected: dict[str, bytes], options: dict[str, Any]
) -> None:
    newsclean.run([dump], tmp_path / "out", scratch=tmp_path, **options)
    assert contents(tmp_path / "out") == expected


def test_order_of_the_input_does_not_matter(dump: Path, tmp_path: Path, expected: dict[str, bytes]) -> None:
    lines = dump.read_text().splitlines(keepends=True)
    random.Random(3).shuffle(lines)
    (tmp_path / "shuffled.jsonl").write_text("".join(lines))
    newsclean.run([tmp_path / "shuffled.jsonl"], tmp_path / "out", memory=1 << 14)
    other = contents(tmp_path / "out")
    for name in ("articles.jsonl", "dropped.jsonl"):
        assert sorted(other[name].splitlines()) == sorted(expected[name].splitlines())
    pairs = [
        {(frozenset((pair.pop("left"), pair.pop("right"))), *pair.values()) for pair in map(json.loads, lines)}
        for lines in (other["pairs.jsonl"].splitlines(), expected["pairs.jsonl"].splitlines())
    ]
    assert pairs[0] == pairs[1]


PHASES: dict[str, tuple[Any, str]] = {
    "cleaning": (worker, "finish_part"),
    "collecting": (scratch.Growing, "add"),
    "searching": (scratch.Scratch, "rows"),
    "writing": (outputs, "dumps"),
    "publishing": (os, "replace"),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("phase", PHASES)
def test_a_killed_run_goes_on(dump: Path, tmp_path: Path, expected: dict[str, bytes], phase: str) -> None:
    owner, name = PHASES[phase]
    calls = calls_of(owner, name, lambda: newsclean.run([dump], tmp_path / "counted", memory=1 << 12))
    chooser = random.Random(phase)
    for moment in range(MOMENTS):
        out = tmp_path / f"out{moment}"
        for at in sorted(chooser.choices(range(calls), k=2)):  # killed twice: also while it goes on
            killed(owner, name, at, lambda out=out: newsclean.run([dump], out, memory=1 << 12))
        newsclean.run([dump], out, memory=1 << 12)
        assert contents(out) == expected
        assert {path.name for path in out.iterdir()} == {*expected, ".newsclean-manifest.jsonl"}


def calls_of(owner: Any, name: str, work: Callable[[], object]) -> int:
    """How often a function is called meanwhile."""
    before, count = getattr(owner, name), [0]

    def counted(*arguments: Any, **named: Any) -> Any:
        count[0] += 1
        return before(*arguments, **named)

    setattr(owner, name, counted)
    try:
        work()
    finally:
        setattr(owner, name, before)
    return count[0]


def killed(owner: Any, name: str, at: int, work: Callable[[], object]) -> None:
    """Do some work in a process of its own that is killed at a call of a function, if there are so many."""
    child = os.fork()
    if child == 0:
        before, count = getattr(owner, name), [0]

        def counted(*arguments: Any, **named: Any) -> Any:
            if count[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)
            count[0] += 1
            return before(*arguments, **named)

        setattr(owner, name, counted)
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a file system")
    command = [mount, "-t", "tmpfs", "-o", "size=250k", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_the_run_goes_on(
    dump: Path, disk: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OutputError, match="free, and the run takes about"):
        newsclean.run([dump], disk / "out", memory=1 << 12)
    monkeypatch.setattr(space, "REFUSED", 0)
    failures = 0
    for size in range(400, 40_000, 150):
        try:
            newsclean.run([dump], disk / "out", memory=1 << 12)
            break
        except OutputError as error:
            assert "No space left on device; what is done is kept" in str(error)  # noqa: PT017
            failures += 1
        subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)
    assert failures > 3
    assert contents(disk / "out") == expected


def test_a_full_scratch_directory_is_told(dump: Path, disk: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(space, "REFUSED", 0)
    with pytest.raises(OutputError, match="No space left"):
        newsclean.run([dump], tmp_path / "out", memory=1 << 12, scratch=disk)
    newsclean.run([dump], tmp_path / "out")
