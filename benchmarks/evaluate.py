"""Measure what `docs/evaluation.md` says, and write it into `benchmarks/results.json`.

    python benchmarks/evaluate.py                              # everything: hours
    python benchmarks/evaluate.py speed-repair copies          # some sections
    python benchmarks/evaluate.py copies --outputs DIR         # from DIR/copies.txt, or copies.1.txt, copies.2.txt
    python benchmarks/evaluate.py --list
    python benchmarks/evaluate.py --quick DIR                  # samples, in minutes: does every command work? Into DIR

A section is a table. `sections.py` names the commands that measure it, and how its rows are read from what they print.
Each keeps the commit, date, machine and versions of its own run, so sections may be measured on different days. With
`--outputs` the commands were run before; their output begins with a line `# commit HASH`.
Then `python benchmarks/tables.py` writes the pages.
"""

import argparse
import datetime
import json
import os
import platform
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from report_size import article
from sections import EVALUATE, SECTIONS, Section
from tables import RESULTS, load, page, plots

ROOT = Path(__file__).parents[1]


def machine() -> str:
    """Processor, cores and Python of this machine."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*: (.+)$", info.read_text(encoding="utf-8"), re.M) if info.exists() else []
    name = names[0] if names else platform.machine()
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """Installed versions of packages; of newsclean, that of the checkout."""
    import newsclean

    found = {"newsclean": newsclean.__version__}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def commit() -> str:
    """The commit of the checkout; with a plus sign if files differ from it."""
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    dirty = subprocess.run(["git", "diff", "--quiet", "HEAD", "--", "src", "benchmarks"], cwd=ROOT, check=False)
    return head.stdout.strip() + ("+" if dirty.returncode else "")


def outputs(section: Section) -> list[str]:
    """What the commands of a section print."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    found = []
    for command in section.commands:
        print(f"$ {command}", flush=True)
        arguments = [sys.executable if word == "python" else word for word in shlex.split(os.path.expandvars(command))]
        done = subprocess.run(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        found.append(done.stdout)
    return found


def saved(section: str, directory: Path) -> tuple[list[str], str]:
    """Outputs that were saved before, and the commit that they name."""
    paths = sorted([*directory.glob(f"{section}.txt"), *directory.glob(f"{section}.[0-9].txt")])
    texts = [path.read_text(encoding="utf-8") for path in paths]
    named = re.search(r"^# commit ([0-9a-f]{7,40})", texts[0], re.M) if texts else None
    if named is None:
        raise SystemExit(f"{directory / section}.txt: no output that begins with '# commit HASH'")
    return texts, named[1]


def measured(name: str, directory: Path | None, section: Section | None = None) -> dict[str, Any]:
    """The results of a section, run now or read from a directory."""
    section = section or SECTIONS[name]
    texts, revision = (outputs(section), commit()) if directory is None else saved(name, directory)
    return {
        "part": section.part,
        "title": section.title,
        "about": section.about,
        "left_out": section.left_out,
        "command": "`, `".join(section.commands),
        "commit": revision,
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "versions": versions(section.packages),
        "columns": section.columns,
        "rows": section.rows(texts),
    }


def save(results: dict[str, Any], path: Path = RESULTS) -> None:
    """Write all results, in the order of the sections, a row a line."""
    ordered = {name: results[name] for name in (*SECTIONS, *results) if name in results}
    sections = ",\n".join(f" {json.dumps(name)}: {{\n{written(section)}\n }}" for name, section in ordered.items())
    path.write_text(f"{{\n{sections}\n}}\n", encoding="utf-8")


def written(section: dict[str, Any]) -> str:
    """The keys of a section, a line each, and its rows."""
    lines = []
    for key, value in section.items():
        text = json.dumps(value, ensure_ascii=False)
        if key == "rows":
            rows = ",\n".join(f"   {json.dumps(row, ensure_ascii=False)}" for row in value)
            text = f"[\n{rows}\n  ]"
        lines.append(f"  {json.dumps(key)}: {text}")
    return ",\n".join(lines)


QUICK = {
    f"{EVALUATE} --folds 5": f"{EVALUATE} --folds 0 --every 100",
    f"{EVALUATE} --folds 5 --known words": f"{EVALUATE} --folds 0 --every 100",
    f"{EVALUATE} --folds 0": f"{EVALUATE} --folds 0 --every 100",
    f"{EVALUATE} --folds 5 --clean": f"{EVALUATE} --folds 0 --clean --every 100",
    "python benchmarks/quality.py repair": "python benchmarks/quality.py repair --every 100",
    "python benchmarks/quality.py correct": "python benchmarks/quality.py correct --every 100",
    "python benchmarks/decode.py --samples 1": "python benchmarks/decode.py --samples 1 --languages cs,ru",
    "python benchmarks/damage.py": "python benchmarks/damage.py --megabytes 0.1",
    "python benchmarks/boilerplate.py $CASES --most 500": "python benchmarks/boilerplate.py $CASES --most 10",
    "python benchmarks/duplicates.py $CORPUS": "python benchmarks/duplicates.py $CORPUS --documents 500",
    "python benchmarks/run.py $CORPUS": "python benchmarks/run.py $CORPUS",
    "python benchmarks/duplicates_scale.py growth $CORPUS --sizes 10000 100000": (
        "python benchmarks/duplicates_scale.py growth $CORPUS --sizes 250 500"
    ),
}
"""What shows in minutes that a command works; others train models, for an hour and more."""


def quick(names: Sequence[str], folder: Path) -> bool:
    """Measure samples into `folder`, with tables and plots of their own; whether every section that could be run works.

    The figures say nothing of newsclean: models have seen the samples, and they are small.
    """
    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(article(place)) + "\n" for place in range(500)), encoding="utf-8")
    os.environ["CORPUS"] = str(corpus)
    results, failed = {}, []
    for name in names:
        section = SECTIONS[name]
        commands = tuple(QUICK[command] for command in section.commands if command in QUICK)
        missing = sorted({word for each in commands for word in re.findall(r"\$(\w+)", each)} - {*os.environ})
        if len(commands) < len(section.commands) or missing:
            print(f"{name}: left out, {f'set {missing[0]}' if missing else 'it trains models'}", flush=True)
            continue
        try:
            results[name] = measured(name, None, section._replace(commands=commands))
            print(f"{name}: {len(results[name]['rows'])} rows", flush=True)
        except (subprocess.CalledProcessError, SystemExit, LookupError, ValueError) as error:
            failed.append(name)
            print(f"{name}: failed: {error}", flush=True)
        save(results, folder / "results.json")
    for name, drawing in plots(results).items():
        (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")
    (folder / "evaluation.md").write_text(page(results), encoding="utf-8")
    print(f"{len(results)} sections work, {len(failed)} do not; see {folder}")
    return not failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help="default: all")
    parser.add_argument("--outputs", type=Path, help="read saved outputs from this directory instead of measuring")
    parser.add_argument("--list", action="store_true", help="print the sections and their commands, and stop")
    parser.add_argument("--quick", type=Path, metavar="DIR", help="measure samples into this directory, in minutes")
    options = parser.parse_args()
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are: {', '.join(SECTIONS)}")
    if options.list:
        for name, section in SECTIONS.items():
            print(name, *(f"  {command}" for command in section.commands), sep="\n")
        return
    if options.quick:
        sys.exit(0 if quick(options.sections or [*SECTIONS], options.quick.resolve()) else 1)
    results = load()
    for name in options.sections or SECTIONS:
        results[name] = measured(name, options.outputs)
        save(results)


if __name__ == "__main__":
    main()
