"""Write the tables of `docs/evaluation.md` and the figures of the README from `benchmarks/results.json`.

    python benchmarks/tables.py            # rewrite both
    python benchmarks/tables.py --check    # fail if one of them is out of date

`benchmarks/evaluate.py` measures and writes the results. No page may quote others: `tests/docs/test_figures.py`.
"""

import argparse
import json
import sys
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results.json"
PAGE = ROOT / "docs/evaluation.md"
README = ROOT / "README.md"
PLOTS = ROOT / "docs/pictures/evaluation"
BEGIN, END = "<!-- figures: python benchmarks/tables.py -->", "<!-- end of figures -->"

FORMATS = {
    "text": "{}",
    "count": "{:,.0f}",
    "share": "{:.1%}",
    "small share": "{:.2%}",
    "score": "{:.3f}",
    "ratio": "{:.1f}",
    "seconds": "{:.2f}",
    "gigabytes": "{:.2f}",
}
"""How a column's values are written, by its kind. A missing value is a dash."""

INTRODUCTION = """# Evaluation

Every figure here is read from `benchmarks/results.json`. Each table names its command, commit, date and machine.
`python benchmarks/evaluate.py` measures again, `python benchmarks/tables.py` writes this page. In commands
`$CORPUS` is a file of articles as JSON Lines, `$CASES` the labelled texts, `$READINGS` labels without texts,
`$WORK` an empty directory.

"Left out" says which data the trained parts had not seen. Speeds are ratios to a peer in the same run: the machine is
shared and noisy. Tables of an older commit say what that version did.
How the figures came about, and what was tried in vain, is in the [lab notes](lab-notes/index.md).
"""


class Column(NamedTuple):
    """A column of a table and how its values are written."""

    name: str
    kind: str

    def write(self, value: Any) -> str:
        """A value as it stands in a table.

        >>> Column("exact", "share").write(0.9034)
        '90.3 %'
        """
        if value is None:
            return "–"
        return FORMATS[self.kind].format(value).replace("%", " %")


class Figure(NamedTuple):
    """A row of the README: what is measured, and which cells of which table say it."""

    what: str
    section: str
    row: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...] = ()
    peer: str = ""
    between: str = " / "


FIGURES = (
    Figure("repair: damaged texts restored exactly", "repair", "all", ("never seen",), ("ftfy",), "ftfy"),
    Figure("repair: correct texts changed", "correct", "news and running text", ("never seen", "texts"),
           between=" of "),
    Figure("boilerplate removed / article lost, crawled texts", "boilerplate", "wild, balanced", ("removed", "lost")),
    Figure("the same, extractor output", "boilerplate", "extracted, gold, balanced", ("removed", "lost")),
    Figure("the same, mode safe", "boilerplate", "extracted, gold, safe", ("removed", "lost")),
    Figure("copies: F1 on hard real pairs", "copies", "all", ("F1",), ("ten characters",), "containment"),
    Figure("stories: F1 on ECB+", "stories", "ECB+", ("F1",)),
)  # fmt: skip
"""What the README quotes."""


def load() -> dict[str, Any]:
    """All results, by section."""
    sections: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return sections


def cell(section: dict[str, Any], row: str, column: str) -> str:
    """One value of a section as it stands in its table."""
    columns = [Column(*each) for each in section["columns"]]
    place = [each.name for each in columns].index(column)
    values = next(values for values in section["rows"] if values[0] == row)
    return columns[place].write(values[place])


def table(section: dict[str, Any]) -> str:
    """The Markdown table of a section."""
    columns = [Column(*each) for each in section["columns"]]
    rows = [[column.write(value) for column, value in zip(columns, row, strict=True)] for row in section["rows"]]
    lines = [[column.name for column in columns], ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(results: dict[str, Any]) -> str:
    """The text of `docs/evaluation.md`."""
    parts, part = [INTRODUCTION], ""
    drawings = plots(results)
    for name, section in results.items():
        if section["part"] != part:
            part = section["part"]
            parts.append(f"## {part}\n")
        notes = [section["about"], f"Left out: {section['left_out']}." if section["left_out"] else ""]
        machine, versions = section["machine"], ", ".join(f"{k} {v}" for k, v in section["versions"].items())
        origin = f"*`{section['command']}`, commit {section['commit']}, {section['date']}, {machine}; {versions}.*"
        picture = f"![{section['title']}](pictures/evaluation/{name}.svg)\n\n" if name in drawings else ""
        parts.append(
            f"### {section['title']}\n\n{' '.join(filter(None, notes))}\n\n{table(section)}\n\n{picture}{origin}\n"
        )
    return "\n".join(parts)


def plot(section: dict[str, Any]) -> str:
    """Bars of the first column of shares, scores or speeds of a section, a bar a row, as SVG; one row needs no plot."""
    columns = [Column(*each) for each in section["columns"]]
    filled = [
        place
        for place, column in enumerate(columns)
        if column.kind not in ("text", "count") and any(row[place] for row in section["rows"])
    ]
    if not filled or len(section["rows"]) < 2:
        return ""
    place = filled[0]
    rows = [(str(row[0]), row[place]) for row in section["rows"] if isinstance(row[place], int | float)]
    most = 1.0 if columns[place].kind in ("share", "score") else max(value for _, value in rows) or 1
    parts = [
        f'<text x="250" y="{22 * at + 38}" text-anchor="end">{escape(name[:40])}</text>'
        f'<rect x="258" y="{22 * at + 26}" width="{300 * value / most:.1f}" height="16" fill="#0b57a4"/>'
        f'<text x="{264 + 300 * value / most:.1f}" y="{22 * at + 38}">{escape(columns[place].write(value))}</text>'
        for at, (name, value) in enumerate(rows)
    ]
    title = escape(f"{section['title']}: {columns[place].name}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {22 * len(rows) + 34}" role="img" font-size="12"'
        f' font-family="sans-serif" fill="#56565f"><title>{title}</title><text x="8" y="16">{title}</text>'
        + "\n".join(parts)
        + "</svg>\n"
    )


def plots(results: dict[str, Any]) -> dict[str, str]:
    """The plots of all sections that have numbers to draw, by section."""
    return {name: drawing for name, section in results.items() if (drawing := plot(section))}


def figures(results: dict[str, Any]) -> str:
    """The README's block of figures."""
    lines = [
        "| measured with languages, repositories, domains, crawls or sets left out | newsclean | best other |",
        "| --- | --- | --- |",
    ]
    for figure in FIGURES:
        section = results[figure.section]
        ours = figure.between.join(cell(section, figure.row, column) for column in figure.ours)
        theirs = " / ".join(cell(section, figure.row, column) for column in figure.theirs)
        lines.append(f"| {figure.what} | {ours} | {f'{figure.peer} {theirs}'.strip()} |")
    runs = sorted({(results[figure.section]["date"], results[figure.section]["commit"]) for figure in FIGURES})
    measured = ", ".join(f"{revision} ({date})" for date, revision in runs)
    return "\n".join(lines) + f"\n\nMeasured at commit {measured}; newer commits may differ."


def with_figures(readme: str, results: dict[str, Any]) -> str:
    """The README with its block of figures written anew."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{figures(results)}\n\n{END}{after}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a page is out of date")
    check = parser.parse_args().check
    results = load()
    stale = []
    drawn = [(PLOTS / f"{name}.svg", drawing) for name, drawing in plots(results).items()]
    readme = with_figures(README.read_text(encoding="utf-8"), results)
    for path, text in ((PAGE, page(results)), (README, readme), *drawn):
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check and stale:
        sys.exit(f"out of date: {', '.join(stale)}; run python benchmarks/tables.py")


if __name__ == "__main__":
    main()
