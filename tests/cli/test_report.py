"""`newsclean report` as a shell sees it."""

import subprocess
import sys
from pathlib import Path

import newsclean
from tests.paths import SEEDS


def report(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsclean", "report", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=300)


def test_the_page_is_written_into_the_folder(tmp_path: Path) -> None:
    newsclean.run([str(SEEDS[0])], str(tmp_path / "out"), workers=1)
    result = report(tmp_path / "out")
    assert (result.returncode, result.stdout) == (0, b"")
    assert b"report.html" in result.stderr
    assert (tmp_path / "out" / "report.html").read_bytes().startswith(b"<!doctype html>")


def test_a_folder_without_a_run_is_wrong_usage(tmp_path: Path) -> None:
    result = report(tmp_path)
    assert result.returncode == 2
    assert b"no finished run" in result.stderr
