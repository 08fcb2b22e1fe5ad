"""`newsclean audit` as a shell sees it."""

import subprocess
import sys
from pathlib import Path

import newsclean
from tests.paths import SEEDS


def audit(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsclean", "audit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=300)


def test_a_sheet_is_drawn_and_scored(tmp_path: Path) -> None:
    newsclean.run([str(SEEDS[0])], str(tmp_path / "out"), workers=1)
    assert audit("sheet", tmp_path / "out", "--sample", "20").returncode == 0
    sheet = tmp_path / "out" / "audit.csv"
    drawn = sheet.read_bytes()
    assert (tmp_path / "out" / "audit.html").exists()
    assert audit(tmp_path / "out", "--sample", "20", "--seed", "7").returncode == 0  # as in short
    assert sheet.read_bytes() == drawn
    rows = sheet.read_text(encoding="utf-8").replace(",,\n", ",right,\n")
    sheet.write_text(rows, encoding="utf-8")
    result = audit("score", sheet)
    assert result.returncode == 0
    assert b"100.0%" in result.stdout


def test_a_sheet_of_something_else_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n")
    assert audit("score", tmp_path / "x.csv").returncode == 2
