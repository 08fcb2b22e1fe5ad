"""Machine code is loaded only from a directory that nobody else can write."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.compilation.cache import is_private, is_trusted, kernel_directory

NOBODY = 65534
ROOT_ONLY = pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
KERNEL = """
import numpy as np
from newsclean.compilation import Column, cache, kernels

@kernels.kernel(entry=True)
def first(values: Column[np.int64]) -> int:
    return values[0]

print(first(np.array([7])), cache.cache_directory())
"""


def test_what_is_made_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert is_private(tmp_path / "a" / "b", make=True)
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700
    assert is_private(tmp_path / "a" / "b")


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o707, 0o777])
def test_a_directory_that_is_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(mode)
    assert not is_private(tmp_path / "open")


def test_a_directory_that_others_can_rename_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parent" / "cache").mkdir(parents=True, mode=0o700)
    (tmp_path / "parent" / "cache").chmod(0o700)
    (tmp_path / "parent").chmod(0o777)
    assert not is_private(tmp_path / "parent" / "cache")
    (tmp_path / "parent").chmod(0o1777)  # sticky, like /tmp: only owners rename
    assert is_private(tmp_path / "parent" / "cache")


def test_a_link_and_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").touch(mode=0o700)
    assert is_private(tmp_path / "real")
    assert not is_private(tmp_path / "link")
    assert not is_private(tmp_path / "file", make=True)
    assert not is_private(tmp_path / "file" / "below", make=True)


@ROOT_ONLY
@pytest.mark.parametrize("owned", ["cache", "cache/leaf"])
def test_a_directory_of_another_owner_is_refused(tmp_path: Path, owned: str) -> None:
    (tmp_path / "cache" / "leaf").mkdir(parents=True)
    for path in (tmp_path / "cache", tmp_path / "cache" / "leaf"):
        path.chmod(0o700)
    assert is_private(tmp_path / "cache" / "leaf")
    os.chown(tmp_path / owned, NOBODY, NOBODY)
    assert not is_private(tmp_path / "cache" / "leaf")


@pytest.mark.parametrize(("mode", "trusted"), [(0o755, True), (0o700, True), (0o777, False), (0o757, False)])
def test_a_directory_that_others_can_only_read_is_read(tmp_path: Path, mode: int, trusted: bool) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "kernel.code").touch(mode=0o644)
    shared.chmod(mode)
    if (tmp_path.stat().st_mode & 0o022) == 0:
        assert is_trusted(shared) is trusted
    shared.chmod(0o755)
    (shared / "kernel.code").chmod(0o666)
    assert not is_trusted(shared)
    (shared / "kernel.code").unlink()
    (shared / "kernel.code").symlink_to(tmp_path)
    assert not is_trusted(shared)
    assert not is_trusted(tmp_path / "missing")


@ROOT_ONLY
def test_what_somebody_else_made_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    (tmp_path / "shared" / "kernel.code").touch(mode=0o644)
    assert is_trusted(tmp_path / "shared")
    os.chown(tmp_path / "shared" / "kernel.code", NOBODY, NOBODY)
    assert not is_trusted(tmp_path / "shared")


def ran(script: Path, cache: Path, temporary: Path) -> tuple[str, Path]:
    """What a kernel gives in a process that has these directories, and the directory it chose."""
    environment = os.environ | {
        "NEWSCLEAN_CACHE_DIR": str(cache),
        "XDG_CACHE_HOME": "/dev/null/x",
        "TMPDIR": str(temporary),
    }
    result = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr.decode()
    value, _, chosen = result.stdout.decode().strip().partition(" ")
    return value, Path(chosen)


@ROOT_ONLY
@pytest.mark.parametrize("place", ["cache", "temporary"])
def test_poison_in_a_cache_of_somebody_else_is_not_loaded(tmp_path: Path, place: str) -> None:
    script, cache, temporary = tmp_path / "job.py", tmp_path / "cache", tmp_path / "temporary"
    temporary.mkdir(mode=0o700)
    chosen = cache if place == "cache" else Path("/dev/null/x")
    code = {}
    for source, value in ((KERNEL.replace("values[0]", "values[0] + 1"), "8"), (KERNEL, "7")):
        script.write_text(source)
        shutil.rmtree(cache, ignore_errors=True)
        shutil.rmtree(temporary)
        temporary.mkdir(mode=0o700)
        found, directory = ran(script, chosen, temporary)
        assert found == value
        assert directory.is_relative_to(tmp_path / place)
        [path] = directory.rglob("*.code")
        code[value] = path.read_bytes()
    path.write_bytes(code["8"])
    assert ran(script, chosen, temporary)[0] == "8", "the poison does not work, so the test shows nothing"
    for each in [*directory.rglob("*"), directory]:
        os.chown(each, NOBODY, NOBODY)
    value, other = ran(script, chosen, temporary)
    assert value == "7"
    assert other != directory


@ROOT_ONLY
def test_a_fresh_directory_is_removed_when_the_process_ends(tmp_path: Path) -> None:
    script, temporary = tmp_path / "job.py", tmp_path / "temporary"
    script.write_text(KERNEL)
    temporary.mkdir(mode=0o700)
    (temporary / f"newsclean-{os.getuid()}").mkdir()
    os.chown(temporary / f"newsclean-{os.getuid()}", NOBODY, NOBODY)
    _, chosen = ran(script, Path("/dev/null/x"), temporary)
    assert chosen.is_relative_to(temporary)
    assert not chosen.exists()


def test_each_stage_has_a_directory_of_its_own() -> None:
    names = [
        "newsclean.damage.lossy",
        "newsclean.damage",
        "newsclean.boilerplate.lines",
        "newsclean.models.trees",
        "elsewhere",
    ]
    folders = [kernel_directory(name).name.split("-")[0] for name in names]
    assert folders == ["damage", "damage", "boilerplate", "models", "others"]
    assert all(is_private(kernel_directory(name)) for name in names)
