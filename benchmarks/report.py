"""Runs all benchmarks and writes docs/benchmarks.md, with date, versions and machine.

    python benchmarks/report.py CORPUS.jsonl LABELLED.jsonl.gz

CORPUS is a large JSON Lines file of articles with `id` and `text`, LABELLED one of texts for the boilerplate benchmark.
Peers come with `pip install -e '.[bench]'`.
"""

import argparse
import datetime
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = ("newsclean", "numba", "numpy", "ftfy", "plsfix", "datasketch", "rensa", "pyarrow")


def processor() -> str:
    """The name of the processor, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def installed(package: str) -> str:
    """Name and version of a package, if it is there."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} (not installed)"


def main() -> None:
    """Run each script and put what it prints under its name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("labelled", type=Path)
    options = parser.parse_args()
    parts = [
        "# Benchmarks\n",
        "Made by `python benchmarks/report.py CORPUS.jsonl LABELLED.jsonl.gz`. Times are noisy; compare the ratios.\n",
        f"{datetime.date.today()}, Python {platform.python_version()}, {processor()}, {os.cpu_count()} cores.  ",
        ", ".join(map(installed, PACKAGES)) + f". Corpus: {os.path.getsize(options.corpus) / 1e6:.0f} MB.\n",
    ]
    scripts = {
        "damage": [],
        "boilerplate": [options.labelled, "--most", "500"],
        "duplicates": [options.corpus],
        "run": [options.corpus],
    }
    for name, arguments in scripts.items():
        print(f"{name} …", file=sys.stderr)
        command = [sys.executable, str(HERE / f"{name}.py"), *map(str, arguments)]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode:
            sys.exit(f"{name}.py failed:\n{result.stderr}")
        shown = " ".join(["python", f"benchmarks/{name}.py", *(Path(str(word)).name for word in arguments)])
        parts += [f"## {name}\n", f"`{shown}`\n", result.stdout]
    (HERE.parent / "docs" / "benchmarks.md").write_text("\n".join(parts))


if __name__ == "__main__":
    main()
