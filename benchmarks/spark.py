"""What the Spark engine costs as the dump grows: time, CPU, jobs, bytes shuffled and disk of each step.

    python benchmarks/spark.py 10000 100000 [--master 'local[2]'] [--memory 2g] [--out spark.json] [--directory DIR]

Each size is a fresh dump of make_dump.py and a session of its own. CPU is that of Spark's Java and that of its Python
workers, apart; bytes are those of Spark's own event log. Linux only, and a master on this machine.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from make_dump import make

_TICKS = os.sysconf("SC_CLK_TCK")
_SCHEMA = "id string, text string, title string, date string, source string, lang string"


_seen: dict[int, tuple[str, float]] = {}  # by process: Java or Python, and the CPU seconds it had when last seen


def below(process: int) -> Iterator[int]:
    """All processes that a process, or one of those, has started."""
    for folder in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # gone meanwhile
            for child in map(int, folder.read_text().split()):
                yield child
                yield from below(child)


def look() -> None:
    """Note what each process has used so far. Java ends idle workers, and nobody waits for them."""
    for process in below(os.getpid()):
        with contextlib.suppress(OSError):
            name, _, rest = Path(f"/proc/{process}/stat").read_text().rpartition(") ")
            kind = "java" if "(java" in name else "python"
            _seen[process] = kind, sum(map(int, rest.split()[11:13])) / _TICKS


def watch() -> None:
    """Look again and again."""
    while True:
        look()
        time.sleep(0.5)


def cpu() -> Counter[str]:
    """CPU seconds so far: of this process, of Java, of Python workers and of those that have ended."""
    look()
    used: Counter[str] = Counter(driver=time.process_time())
    for kind, seconds in list(_seen.values()):
        used[kind] += seconds
    return used


def shuffled(events: Path) -> dict[str, Counter[str]]:
    """By step: jobs, tasks, bytes shuffled and spilled, as the event log tells."""
    steps: dict[int, str] = {}
    found: dict[str, Counter[str]] = {}
    logs = [path for path in events.rglob("events_*") if path.is_file()]
    for event in (json.loads(line) for path in logs for line in path.open(encoding="utf-8")):
        if event["Event"] == "SparkListenerJobStart":
            step = event["Properties"].get("spark.jobGroup.id", "other")
            steps |= dict.fromkeys(event["Stage IDs"], step)
            found.setdefault(step, Counter())["jobs"] += 1
        elif event["Event"] == "SparkListenerTaskEnd":
            metrics = event.get("Task Metrics") or {}
            figures = found.setdefault(steps.get(event["Stage ID"], "other"), Counter())
            figures["tasks"] += 1
            figures["shuffled"] += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
            figures["spilled"] += metrics.get("Disk Bytes Spilled", 0)
    return found


def size_of(directory: Path) -> int:
    """Bytes of all files below a directory."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def measure(size: int, master: str, memory: str, directory: Path) -> dict[str, Any]:
    """The figures of one size."""
    from pyspark.sql import SparkSession

    import newsclean
    from newsclean import spark

    make(300, str(directory / "warm.jsonl"))
    newsclean.run([directory / "warm.jsonl"], directory / "warm")  # kernels are compiled, or loaded
    made = make(size, str(directory / "dump.jsonl"))
    (directory / "events").mkdir()
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": memory,
        "spark.sql.shuffle.partitions": str(max(2, size // 12_500)),
        "spark.local.dir": str(directory / "local"),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": (directory / "events").as_uri(),
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    threading.Thread(target=watch, daemon=True).start()
    builder = SparkSession.builder.master(master).appName("newsclean benchmark")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    steps: dict[str, dict[str, float]] = {}
    cleaned = str(directory / "cleaned")

    def clean() -> None:
        frame = session.read.schema(_SCHEMA).json(str(directory / "dump.jsonl"))
        spark.clean(frame).write.parquet(cleaned)

    def find() -> None:
        found = spark.find_duplicates(session.read.parquet(cleaned))
        for name, frame in found._asdict().items():
            frame.write.parquet(str(directory / name))

    for name, step in (("clean", clean), ("find_duplicates", find)):
        session.sparkContext.setJobGroup(name, name)
        begun, before = time.monotonic(), cpu()
        step()
        used = cpu()
        used.subtract(before)
        seconds = {"wall": time.monotonic() - begun, **{f"cpu_{part}": value for part, value in used.items()}}
        steps[name] = {key: round(value, 1) for key, value in seconds.items()} | {"disk": size_of(directory / "local")}
    counts = {name: session.read.parquet(str(directory / name)).count() for name in ("pairs", "keep", "stories")}
    session.stop()
    for name, figures in shuffled(directory / "events").items():
        if name in steps:
            steps[name] |= figures
    return {"articles": size, "bytes": made["bytes"], "steps": steps, "found": counts}


def print_table(rows: list[dict[str, Any]]) -> None:
    """A row for each size and step."""
    print("\n| articles | step | wall s | CPU s: Java · Python | jobs | shuffled, MB | disk, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        for name, step in row["steps"].items():
            times = f"{step['wall']} | {step.get('cpu_java', 0)} · {step.get('cpu_python', 0)}"
            sizes = f"{step['shuffled'] / 1e6:.0f} | {step['disk'] / 1e6:.0f}"
            print(f"| {row['articles']:,} | {name} | {times} | {step['jobs']} | {sizes} |")


def main() -> None:
    """Read the command line, measure each size in a process of its own, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="+", help="articles")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--memory", default="2g", help="of the driver")
    parser.add_argument("--out", type=Path, default=Path("spark.json"))
    parser.add_argument("--directory", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        with tempfile.TemporaryDirectory(dir=options.directory, prefix="spark-") as directory:
            print(json.dumps(measure(options.sizes[0], options.master, options.memory, Path(directory))))
        return
    rows = []
    for size in options.sizes:
        arguments = [str(size), "--master", options.master, "--memory", options.memory]
        command = [sys.executable, __file__, *arguments, "--directory", str(options.directory), "--here"]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        options.out.write_text(json.dumps(rows, indent=2) + "\n")
        print(json.dumps(rows[-1], indent=2), flush=True)
    print_table(rows)


if __name__ == "__main__":
    main()
