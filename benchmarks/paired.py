"""Whether a change made anything slower: user CPU seconds of the commands, of this checkout and of another in turn.

    python benchmarks/paired.py OTHER CORPUS.jsonl [--pairs 3] [--commands repair,dedup,clean,run]

OTHER is another checkout, of the commit before. Each pair runs both, the one that goes first in turn, so that what else
the machine does falls on both alike. Kernels are compiled beforehand. Prints the seconds, and the median of the ratios
(this checkout by the other).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parents[1]
COMMANDS = ("repair", "dedup", "clean", "run")


def seconds(checkout: Path, *arguments: str) -> float:
    """User CPU seconds of `newsclean` with some arguments, its workers included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [sys.executable, "-m", "newsclean", "--quiet", *arguments]
    environment = os.environ | {"PYTHONPATH": str(checkout / "src")}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def pair(other: Path, command: str, corpus: str, turn: int) -> tuple[float, float]:
    """Seconds of the other checkout and of this one, one after the other."""
    found: dict[Path, float] = {}
    for checkout in (other, HERE) if turn % 2 == 0 else (HERE, other):
        with tempfile.TemporaryDirectory() as out:
            found[checkout] = seconds(checkout, command, corpus, "--out", f"{out}/out", "--workers", "1")
    return found[other], found[HERE]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("other", type=Path)
    arguments.add_argument("corpus")
    arguments.add_argument("--pairs", type=int, default=3)
    arguments.add_argument("--commands", default=",".join(COMMANDS))
    given = arguments.parse_args()
    for checkout in (given.other, HERE):
        seconds(checkout, "warm")
    for command in given.commands.split(","):
        pairs = [pair(given.other, command, given.corpus, turn) for turn in range(given.pairs)]
        ratio = statistics.median(ours / theirs for theirs, ours in pairs)
        shown = ", ".join(f"{theirs:.2f}/{ours:.2f}" for theirs, ours in pairs)
        print(f"{command}: {shown} s, {ratio - 1:+.1%}", flush=True)


if __name__ == "__main__":
    main()
