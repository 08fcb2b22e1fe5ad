"""Times `newsclean run` next to the stack that a user would put together for the same work, on the same dump.

    python benchmarks/stack.py DUMP.jsonl [--rounds 2]

The stack: plsfix repairs, the line filter of datatrove's C4 filter takes lines away, rensa finds copies, msgspec reads
and writes; it finds no stories and gives no reasons. Both tools run in turns, each in a process of its own with one
worker, start included; kernels are compiled before. Prints CPU seconds (user and system, the least of the rounds),
MB/s of the dump a core, and the ratio to newsclean.
"""

import argparse
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from run import measured

BLOCK = 16 << 20
BANDS, HASHES, THRESHOLD = 16, 128, 0.7
WORDS = 5  # of a shingle


def stack(dump: Path, out: Path) -> None:
    """Clean and deduplicate a dump the usual way; says on standard error what each step took."""
    import msgspec
    import plsfix
    import rensa
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    spent = [time.process_time()]
    with dump.open("rb") as file:
        blocks = iter(lambda: file.read(BLOCK) + file.readline(), b"")
        records = list(chain.from_iterable(map(msgspec.json.Decoder().decode_lines, blocks)))
    spent.append(time.process_time())
    for record in records:
        record["text"] = plsfix.fix_text(record["text"])
    spent.append(time.process_time())
    lines = C4QualityFilter(min_num_sentences=-1)
    documents = [Document(text=record["text"], id=str(number)) for number, record in enumerate(records)]
    left = [number for number, document in enumerate(documents) if lines.filter(document) is True]
    for number in left:
        records[number]["text"] = documents[number].text
    spent.append(time.process_time())
    index = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=HASHES, num_bands=BANDS)
    made = {}
    kept = []
    for number in left:
        words = records[number]["text"].lower().split()
        made[number] = rensa.RMinHash(num_perm=HASHES, seed=42)
        made[number].update([" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))])
        if all(made[number].jaccard(made[other]) < THRESHOLD for other in index.query(made[number])):
            kept.append(number)
            index.insert(number, made[number])
    spent.append(time.process_time())
    (out / "articles.jsonl").write_bytes(msgspec.json.Encoder().encode_lines([records[number] for number in kept]))
    spent.append(time.process_time())
    steps = zip(("read", "plsfix", "C4", "rensa", "write"), spent, spent[1:], strict=False)
    print(", ".join(f"{name} {end - start:.1f} s" for name, start, end in steps), file=sys.stderr)


def main() -> None:
    """Measure both in turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--stack", type=Path, help=argparse.SUPPRESS)  # the folder that the stack writes to
    options = parser.parse_args()
    if options.stack:
        stack(options.dump, options.stack)
        return
    path = str(options.dump)
    commands = {
        "newsclean run": lambda out: [sys.executable, "-m", "newsclean", "run", path, "--out", out, "--workers", "1"],
        "plsfix + datatrove's C4 + rensa": lambda out: [sys.executable, __file__, path, "--stack", out],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    measured([sys.executable, "-m", "newsclean", "warm"])
    for _ in range(options.rounds):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as out:
                seconds[name].append(measured(command(out))[0])
    size = options.dump.stat().st_size / 1e6
    ours = min(seconds["newsclean run"])
    print("| tool | CPU s | MB/s per core | of newsclean's |\n| --- | --- | --- | --- |")
    for name, each in seconds.items():
        print(f"| {name} | {min(each):.1f} | {size / min(each):.1f} | {min(each) / ours:.2f} |")


if __name__ == "__main__":
    main()
