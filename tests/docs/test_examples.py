"""Every code block of the README and of the docs runs: Python in one namespace a page, shell commands as they stand."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.paths import ROOT

SKIPPED = "<!-- not run: "
"""A comment on the line before a block, with the reason, leaves the block out."""
README_COMMANDS = re.compile(r"\.venv/bin/pip|pip install")  # .ci/run runs these
NEEDS = re.compile(r"^<!-- needs: (?P<names>.+) -->$", re.M)
"""Packages without which a page is not run."""
BLOCK = re.compile(r"^(?P<skip><!-- not run: .+ -->\n)?```(?P<language>python|sh)\n(?P<code>.*?)^```$", re.M | re.S)
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    if "lab-notes" not in page.parts and BLOCK.search(page.read_text(encoding="utf-8"))
]


class Block(NamedTuple):
    """A code block, its language and the line where it begins."""

    language: str
    code: str
    line: int


def blocks(page: Path) -> list[Block]:
    """The blocks of a page that are run, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(match["language"], match["code"], text.count("\n", 0, match.start("code")) + 1)
        for match in BLOCK.finditer(text)
        if not match["skip"] and not README_COMMANDS.search(match["code"])
    ]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory with the seeds, where `newsclean` is a command."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    command = tmp_path / "bin" / "newsclean"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsclean "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="shell commands of the pages are for a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_code_block_runs(page: Path, desk: Path) -> None:
    for names in NEEDS.findall(page.read_text(encoding="utf-8")):
        for name in names.split():
            pytest.importorskip(name, reason=f"{name} is not installed")
    namespace: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        if block.language == "python":
            padded = "\n" * (block.line - 1) + block.code  # so that a traceback names the line of the page
            exec(compile(padded, str(page), "exec"), namespace)
            continue
        done = subprocess.run(["sh", "-e", "-c", block.code], cwd=desk, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{page.name} line {block.line}: {done.stderr}"
