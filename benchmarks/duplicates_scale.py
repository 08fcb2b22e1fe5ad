"""How the search for duplicates scales: speed of signatures, growth with the corpus, hostile input, the index.

    python benchmarks/duplicates_scale.py signature CORPUS.jsonl                   # text to signature, MB/s
    python benchmarks/duplicates_scale.py growth CORPUS.jsonl [--sizes 10000 ...]  # CPU, memory and pairs
    python benchmarks/duplicates_scale.py hostile                                  # a million identical articles, ...
    python benchmarks/duplicates_scale.py index CORPUS.jsonl [--new 100000]        # add the last articles to all others

Corpora are made by make_corpus.py of the shared data. CPU seconds of a process of its own for each row, from reading to
named pairs, without its start-up, and the most memory that it had.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from duplicates import read

ARTICLE = "The harbour of Lisbon was closed on Monday after a storm sank {} fishing boats, the port authority said. "
MENU = "Home\nNews\nSport\nBusiness\nAbout us\nSubscribe to our newsletter\nAll rights reserved.\n"
HOSTILE: dict[str, Callable[[], Iterator[str]]] = {
    "1,000,000 identical articles": lambda: (ARTICLE * 20 for _ in range(1_000_000)),
    "two articles of 50 MB": lambda: (" ".join(map(str, range(at, at + 7_200_000))) for at in range(2)),
    "100,000 empty texts": lambda: ("" for _ in range(100_000)),
    "100,000 texts of one word": lambda: (f"word{at % 1000}" for at in range(100_000)),
    "100,000 texts that are one menu and a number": lambda: (f"{MENU}{at}" for at in range(100_000)),
    "20,000 edited copies of one text": lambda: (
        " ".join(ARTICLE.format(at + line) for line in range(20)) for at in range(20_000)
    ),
}


def measured(work: Callable[[], Any]) -> dict[str, float]:
    """CPU seconds and memory in MB of this process for some work, and what it returns."""
    begun = time.process_time()
    figures: dict[str, float] = work() or {}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": time.process_time() - begun, "memory": memory} | figures


def in_process(*arguments: object) -> dict[str, float]:
    """The figures of one part of this script, run on its own."""
    command = [sys.executable, __file__, *map(str, arguments), "--here"]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def search(documents: Iterator[Any], stories: bool) -> dict[str, float]:
    """Find duplicates; how many pairs were found, and how many articles would be dropped."""
    from newsclean.duplicates import DuplicateSettings, find_duplicates

    found = find_duplicates(documents, DuplicateSettings(stories=stories))
    return {"pairs": len(found.pairs), "dropped": len(found.keep)}


def growth(options: argparse.Namespace) -> None:
    """A row for each size, with and without stories, and the exponent of CPU time from the last but one to the last."""
    if options.here:
        search(read(options.corpus, 20), options.stories)  # loads what there is to load
        documents = read(options.corpus, options.sizes[0])
        print(json.dumps(measured(lambda: search(documents, options.stories))))
        return
    print("| articles | CPU s: copies | both | GB of memory | pairs per article |")
    print("| --- | --- | --- | --- | --- |")
    times: list[list[float]] = []
    for size in options.sizes:
        copies, both = (in_process("growth", options.corpus, "--sizes", size, *more) for more in ((), ("--stories",)))
        times.append([copies["cpu"], both["cpu"]])
        pairs = f"{both['pairs'] / size:.2f}"
        memory = max(copies["memory"], both["memory"]) / 1024
        print(f"| {size:,} | {copies['cpu']:.1f} | {both['cpu']:.1f} | {memory:.2f} | {pairs} |", flush=True)
    if len(times) > 1:
        factor = math.log(options.sizes[-1] / options.sizes[-2])
        exponents = [math.log(last / before) / factor for before, last in zip(*times[-2:], strict=True)]
        print("\nExponents of the last step: " + ", ".join(f"{exponent:.2f}" for exponent in exponents))


def signature(options: argparse.Namespace) -> None:
    """Megabytes of text a second: to words, and from words to signatures, in batches as they are used."""
    from newsclean.duplicates.sketching.minhash import sign
    from newsclean.duplicates.tokens.tokenizer import split

    texts = [document["text"] for document in read(options.corpus, 50_000)]
    batches = [texts[start : start + 512] for start in range(0, len(texts), 512)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    sign(*split(batches[0]), 128)
    best = [math.inf, math.inf]
    for _ in range(3):
        begun = time.process_time()
        words = list(map(split, batches))
        middle = time.process_time()
        for each in words:
            sign(*each, 128)
        best = [min(best[0], middle - begun), min(best[1], time.process_time() - middle)]
    print(f"text to words {size / best[0]:.0f} MB/s, words to signatures {size / best[1]:.0f} MB/s,", end=" ")
    print(f"together {size / sum(best):.0f} MB/s")


def hostile(options: argparse.Namespace) -> None:
    """Time and memory for texts that are made to take long."""
    if options.case:
        search(iter([ARTICLE.format(2)]), True)
        print(json.dumps(measured(lambda: search(HOSTILE[options.case](), True))))
        return
    print("| input | CPU s | GB of memory | pairs | dropped |\n| --- | --- | --- | --- | --- |")
    for case in HOSTILE:
        found = in_process("hostile", "--case", case)
        figures = f"{found['cpu']:.1f} | {found['memory'] / 1024:.2f} | {found['pairs']:,} | {found['dropped']:,}"
        print(f"| {case} | {figures} |", flush=True)


def index(options: argparse.Namespace) -> None:
    """An index of all articles but the last, to which these are added as a day's articles are."""
    from newsclean.duplicates import DuplicateIndex

    size = sum(1 for _ in read(options.corpus, sys.maxsize))
    with tempfile.TemporaryDirectory() as directory, DuplicateIndex(Path(directory) / "index.db") as made:
        documents = read(options.corpus, sys.maxsize)
        for name, count in (("all but the last", size - options.new), ("the last", options.new)):
            begun, cpu, pairs = time.perf_counter(), time.process_time(), 0
            while count > 0 and (batch := list(islice(documents, min(count, 10_000)))):
                pairs += len(made.add(batch))
                count -= len(batch)
                passed = time.perf_counter() - begun
                print(f"{name}: {count:,} to go, {passed:.0f} s", file=sys.stderr)
            print(f"{name}: {passed:.0f} s, {time.process_time() - cpu:.0f} CPU s, {pairs:,} pairs, ", end="")
            print(f"{made.info().articles:,} articles in {made.info().bytes / 1e9:.2f} GB", flush=True)
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(required=True)
    for run in (signature, growth, hostile, index):
        part = parts.add_parser(run.__name__, help=run.__doc__)
        part.set_defaults(run=run)
        part.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
        if run is hostile:
            part.add_argument("--case", choices=HOSTILE)
        else:
            part.add_argument("corpus")
        if run is growth:
            part.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
            part.add_argument("--stories", action="store_true", help=argparse.SUPPRESS)
        if run is index:
            part.add_argument("--new", type=int, default=100_000)
    chosen = parser.parse_args()
    chosen.run(chosen)


if __name__ == "__main__":
    main()
