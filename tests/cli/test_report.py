"""`newsclean report` as a shell sees it."""

import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

import newsclean
from newsclean.cli.main import app
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


def test_a_run_writes_its_report_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The cafÃ© is open.", encoding="utf-8")
    done = CliRunner().invoke(app, ["repair", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--report"])
    assert done.exit_code == 0, done.output
    assert "<h1>newsclean report" in (tmp_path / "out/report.html").read_text(encoding="utf-8")
