"""What a run costs as the dump grows: CPU, time, memory and disk of each phase, and the exponent of growth.

    python benchmarks/scale.py 100000 1000000 [--memory 2GB] [--workers 2] [--out scale.json] [--directory DIR]

Each size is a fresh dump of make_dump.py and a process of its own. Memory is the most that a process had of its own,
mapped files apart (RssAnon), that of workers added to that of their parent; disk is that of the output directory, with
the working directory in it, and of the scratch files, which have no names. Linux only.
"""

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from make_dump import make

_EVERY = 0.5  # seconds between two looks, at least
_REST = 20  # a rest is this many times as long as the look before it: there may be thousands of files


def anonymous(process: int) -> int:
    """Bytes that a process has of its own, mapped files apart; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("RssAnon", "RssShmem")))


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def disk_of(directory: Path) -> int:
    """Bytes of disk that the files below a directory take, and those files without names that this process holds."""
    found = (Path(folder) / name for folder, _, names in os.walk(directory) for name in names)  # some go meanwhile
    paths = [*found, *(each for each in Path("/proc/self/fd").iterdir() if _is_nameless(each))]
    return sum(map(_blocks, paths))


def _is_nameless(descriptor: Path) -> bool:
    try:
        return descriptor.readlink().name.endswith("(deleted)")
    except OSError:
        return False


def _blocks(path: Path) -> int:
    try:
        return path.stat().st_blocks * 512
    except OSError:  # gone meanwhile
        return 0


class Watch:
    """Phases of a run, as its progress tells them, and what each took."""

    def __init__(self, directory: Path) -> None:
        self.phases: dict[str, dict[str, float]] = {}
        self._name, self._directory = "starting", directory
        self._stopped = threading.Event()
        self._looked = 0.0  # CPU seconds of looking
        self._begin()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def start(self, description: str, total: int | None) -> None:
        """The next phase begins."""
        self._end()
        self._name = description
        self._begin()

    def advance(self, amount: int) -> None:
        """Nothing is counted within a phase."""

    def stop(self) -> dict[str, dict[str, float]]:
        """All phases."""
        self._end()
        self._stopped.set()
        self._thread.join()
        return self.phases

    def _begin(self) -> None:
        self._times = self._now()
        self._most = {"memory": 0.0, "disk": 0.0}

    def _end(self) -> None:
        wall, cpu = (now - before for now, before in zip(self._now(), self._times, strict=True))
        figures = {"wall": round(wall, 2), "cpu": round(cpu, 2)} | self._most
        self.phases[self._name] = figures

    def _now(self) -> tuple[float, float]:
        """Seconds, and CPU seconds without those of looking."""
        return time.monotonic(), _cpu() - self._looked

    def _look(self) -> None:
        own, lasted = os.getpid(), 0.0
        while not self._stopped.wait(max(_EVERY, _REST * lasted)):
            before = time.monotonic()
            memory = anonymous(own) + sum(map(anonymous, children(own)))
            disk = disk_of(self._directory)
            self._most = {"memory": max(self._most["memory"], memory), "disk": max(self._most["disk"], disk)}
            lasted, self._looked = time.monotonic() - before, time.thread_time()


def _cpu() -> float:
    """CPU seconds of this process and of the ones that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def measure(size: int, memory: int, workers: int, directory: Path) -> dict[str, Any]:
    """The figures of one run."""
    import newsclean

    dump = directory / f"dump-{size}.jsonl"
    made = make(size, str(dump))
    warm = directory / "warm.jsonl"
    make(300, str(warm))
    # Kernels are compiled, if they are not yet, by another process: what the compiler leaves in memory is no run's.
    subprocess.run(
        [sys.executable, "-m", "newsclean", "run", warm, "--out", directory / "warm"], check=True, stdout=sys.stderr
    )
    watch = Watch(directory / "out")
    summary = newsclean.run([dump], directory / "out", memory=memory, workers=workers, progress=watch)
    phases = watch.stop()
    found = {"kept": summary.kept, "dropped": summary.dropped, "stories": summary.stories}
    total = {name: round(sum(phase[name] for phase in phases.values()), 2) for name in ("wall", "cpu")}
    most = {name: max(phase[name] for phase in phases.values()) for name in ("memory", "disk")}
    return {"articles": size, "bytes": made["bytes"], "phases": phases, "total": total | most, "found": found}


def exponents(rows: list[dict[str, Any]]) -> dict[str, float]:
    """By phase, how CPU grows from the last but one size to the last."""
    if len(rows) < 2:
        return {}
    before, last = rows[-2:]
    factor = math.log(last["articles"] / before["articles"])
    phases = {name: (before["phases"][name]["cpu"], last["phases"][name]["cpu"]) for name in last["phases"]}
    phases["total"] = before["total"]["cpu"], last["total"]["cpu"]
    return {name: round(math.log(two / one) / factor, 3) for name, (one, two) in phases.items() if min(one, two) > 0.1}


def print_table(rows: list[dict[str, Any]]) -> None:
    """What each size took in all: the table that the evaluation reads."""
    print("\n| articles | text, GB | CPU s | wall s | memory, GB | disk, GB |\n| --- | --- | --- | --- | --- | --- |")
    for row in rows:
        total = row["total"]
        sizes = [row["bytes"], total["memory"], total["disk"]]
        text, memory, disk = (f"{size / 1e9:.2f}" for size in sizes)
        times = f"{total['cpu']:.1f} | {total['wall']:.1f}"
        print(f"| {row['articles'] // 1000:,} thousand | {text} | {times} | {memory} | {disk} |")


def main() -> None:
    """Read the command line, measure each size in a process of its own, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="+", help="articles")
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("scale.json"))
    parser.add_argument("--directory", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.directory, prefix="scale-") as directory:
        if options.here:
            from newsclean.jobs.options import parse_size

            memory = parse_size(options.memory)
            print(json.dumps(measure(options.sizes[0], memory, options.workers, Path(directory))))
            return
    rows = []
    for size in options.sizes:
        arguments = [str(size), "--memory", options.memory, "--workers", str(options.workers)]
        command = [sys.executable, __file__, *arguments, "--directory", str(options.directory), "--here"]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(json.dumps(rows[-1], indent=2), flush=True)
        content = {"memory": options.memory, "workers": options.workers, "rows": rows, "exponents": exponents(rows)}
        options.out.write_text(json.dumps(content, indent=2) + "\n")
    print("exponents of the last step:", exponents(rows))
    print_table(rows)


if __name__ == "__main__":
    main()
