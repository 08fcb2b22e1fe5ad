"""Times `newsclean clean`, `dedup` and `run` on a JSON Lines file: CPU seconds, MB/s per core, peak memory.

    python benchmarks/run.py CORPUS.jsonl [--workers 1]

Each command is a process of its own on the same file; CPU seconds include its workers. Prints a Markdown table.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measured(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak memory (GB, of the largest process) of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, after.ru_maxrss / 1e6


def main() -> None:
    """Measure all three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    size = os.path.getsize(options.corpus) / 1e6
    print("| command | CPU s | MB/s per core | wall s | peak memory, GB |\n| --- | --- | --- | --- | --- |")
    for name in ("repair", "clean", "dedup", "run"):
        with tempfile.TemporaryDirectory() as out:
            command = [sys.executable, "-m", "newsclean", name, str(options.corpus), "--out", out]
            cpu, wall, memory = measured([*command, "--workers", str(options.workers)])
        print(f"| `newsclean {name}` | {cpu:.1f} | {size / cpu:.1f} | {wall:.1f} | {memory:.2f} |", flush=True)


if __name__ == "__main__":
    main()
