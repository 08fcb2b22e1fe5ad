"""Measure what `docs/evaluation.md` says, and write it into `benchmarks/results.json`.

    python benchmarks/evaluate.py                              # everything: hours
    python benchmarks/evaluate.py speed-repair copies          # some sections
    python benchmarks/evaluate.py copies --outputs DIR         # from DIR/copies.txt, or copies.1.txt, copies.2.txt
    python benchmarks/evaluate.py --list

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
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sections import SECTIONS, Section
from tables import RESULTS, load

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


def measured(name: str, directory: Path | None) -> dict[str, Any]:
    """The results of a section, run now or read from a directory."""
    section = SECTIONS[name]
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


def save(results: dict[str, Any]) -> None:
    """Write all results, in the order of the sections, a row a line."""
    ordered = {name: results[name] for name in (*SECTIONS, *results) if name in results}
    sections = ",\n".join(f" {json.dumps(name)}: {{\n{written(section)}\n }}" for name, section in ordered.items())
    RESULTS.write_text(f"{{\n{sections}\n}}\n", encoding="utf-8")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help="default: all")
    parser.add_argument("--outputs", type=Path, help="read saved outputs from this directory instead of measuring")
    parser.add_argument("--list", action="store_true", help="print the sections and their commands, and stop")
    options = parser.parse_args()
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are: {', '.join(SECTIONS)}")
    if options.list:
        for name, section in SECTIONS.items():
            print(name, *(f"  {command}" for command in section.commands), sep="\n")
        return
    results = load()
    for name in options.sections or SECTIONS:
        results[name] = measured(name, options.outputs)
        save(results)


if __name__ == "__main__":
    main()
