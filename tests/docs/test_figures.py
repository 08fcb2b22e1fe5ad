"""Figures of user pages come from the results file, and the generated pages are current."""

import re
from pathlib import Path

import pytest

from tests.docs.test_reference import script
from tests.paths import ROOT

TABLES = script("benchmarks/tables.py")
FIGURE = re.compile(
    r"(?<![\w.])\d+(?:\.\d+)? ?%"  # a share
    r"|(?<![\w.])0?\.\d{2,}(?!\w)"  # a score
    r"|(?<![\w.,])\d(?:[\d,.]*\d)? (?:MB/s|GB/s|GB|× as fast|times as fast|ms|seconds)\b"  # a speed or a size
)
GENERATED = {"evaluation.md", "lab-notes", "reference"}
PAGES = [ROOT / "README.md", *(page for page in (ROOT / "docs").rglob("*.md") if not GENERATED & set(page.parts))]
EXAMPLES = re.compile(r"^```.*?^```$|`[^`\n]*`", re.M | re.S)
"""Code shows values, not claims."""
STATED = {
    "README.md": {"2 %"},  # of a seed: tests/test_seeds.py
    "tutorial.md": {".98"},
    "read-web-archives.md": {"1 GB"},  # of an example
    "scale.md": {"2 GB"},  # the default of an option
    "audit-a-run.md": {"95 %"},  # of the interval
}
"""Figures that are no measurements."""


def test_pages_are_current() -> None:
    results = TABLES.load()
    readme = TABLES.README.read_text(encoding="utf-8")
    assert TABLES.PAGE.read_text(encoding="utf-8") == TABLES.page(results), "run python benchmarks/tables.py"
    assert readme == TABLES.with_figures(readme, results), "run python benchmarks/tables.py"


def test_plots_are_current() -> None:
    for name, drawing in TABLES.plots(TABLES.load()).items():
        assert (TABLES.PLOTS / f"{name}.svg").read_text(encoding="utf-8") == drawing, "run python benchmarks/tables.py"


def known() -> set[str]:
    """Every value of the results as it is written."""
    found = set()
    for section in TABLES.load().values():
        columns = [TABLES.Column(*column) for column in section["columns"]]
        for row in section["rows"]:
            found |= {column.write(value) for column, value in zip(columns, row, strict=True)}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_figure_is_in_the_results(page: Path) -> None:
    text = EXAMPLES.sub("", page.read_text(encoding="utf-8"))
    written = {match[0] for match in FIGURE.finditer(text)}
    assert written <= known() | STATED.get(page.name, set())


def test_every_result_says_where_it_comes_from() -> None:
    for name, section in TABLES.load().items():
        assert re.fullmatch(r"[0-9a-f]{7,40}", section["commit"]), name
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", section["date"]), name
        assert section["command"], name
        assert section["machine"], name
        assert section["versions"], name


FIRST = "2026-11-30"
"""Sections that were measured before are of commands that have changed since; they go when they are measured again."""


def test_the_command_of_a_table_is_the_one_that_measures_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    sections = script("benchmarks/sections.py").SECTIONS
    found = {name: section for name, section in TABLES.load().items() if section["date"] >= FIRST}
    assert found
    for name, section in found.items():
        assert section["command"] == "`, `".join(sections[name].commands), name
        assert (section["about"], section["left_out"]) == (sections[name].about, sections[name].left_out), name
