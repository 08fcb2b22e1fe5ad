"""Links between pages lead somewhere, and modules that the pages name exist."""

import re
from pathlib import Path

import pytest

from tests.paths import ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "training").rglob("*.md")]
LIVING = [page for page in PAGES if "lab-notes" not in page.parts]
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
FILE = re.compile(r"`((?:[\w<>-]+/)+[\w<>.-]*)`")
BELOW = (ROOT, ROOT / "src/newsclean")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in link and not link.startswith("#"):
            assert (page.parent / link.partition("#")[0]).exists(), link


@pytest.mark.parametrize("page", LIVING, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_a_page_names_exist(page: Path) -> None:
    rooms = tuple(folder.name + "/" for folder in (ROOT / "src/newsclean").iterdir() if folder.is_dir())
    for name in FILE.findall(page.read_text(encoding="utf-8")):
        if "<" in name or not name.startswith(("src/", "docs/", "tests/", "training/", "benchmarks/", *rooms)):
            continue
        assert any((below / name).exists() for below in BELOW), name
