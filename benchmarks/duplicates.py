"""Time the search for duplicates against its peers, on the same file and in the same run, and measure its quality.

    python benchmarks/duplicates.py CORPUS.jsonl [--truth TRUTH.tsv] [--documents N]    # time; see make_corpus.py
    python benchmarks/duplicates.py --quality                                          # the shared benchmark sets

CPU seconds of one process each, from JSONL to pairs: for the peers with 5-word shingles of lower-cased, space-separated
words and 128 hashes, at the threshold most used (.7), as their documentation shows it; datasketch on a tenth.
"""

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypedDict

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BLOCK = 1 << 19  # bytes
Figures = dict[str, float]


class Fields(TypedDict):
    """What is read of a line."""

    id: str
    text: str


def read(path: str, limit: int) -> Iterator[dict[str, Any]]:
    """Documents of a JSONL file, for all tools in the fastest way there is: half a megabyte of lines at a time."""
    import msgspec

    decoder = msgspec.json.Decoder(type=Fields)
    with open(path, "rb") as file:
        blocks = iter(lambda: file.read(BLOCK) + file.readline(), b"")
        yield from islice(chain.from_iterable(map(decoder.decode_lines, blocks)), limit)


def ours(path: str, limit: int, stories: bool) -> tuple[list[tuple[str, str]], Figures]:
    """Pairs of copies (left and right), and how many documents would be dropped."""
    from newsclean.duplicates import DuplicateSettings, find_duplicates

    found = find_duplicates(read(path, limit), DuplicateSettings(stories=stories))
    return list(found.keep.items()), {"stories": len(found.stories)}


def shingles(text: str) -> list[str]:
    """Five words in a row, as the peers' users make them."""
    words = text.lower().split()
    return [" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))]


def rensa(path: str, limit: int) -> tuple[list[tuple[str, str]], Figures]:
    """R-MinHash with its index."""
    import rensa as peer

    index = peer.RMinHashLSH(threshold=0.7, num_perm=128, num_bands=16)
    made, ids = [], []
    for at, item in enumerate(read(path, limit)):
        minhash = peer.RMinHash(num_perm=128, seed=42)
        minhash.update(shingles(item["text"]))
        index.insert(at, minhash)
        made.append(minhash)
        ids.append(item["id"])
    pairs = [
        (ids[other], ids[at])
        for at, minhash in enumerate(made)
        for other in index.query(minhash)
        if other < at and minhash.jaccard(made[other]) >= 0.7
    ]
    return pairs, {}


def datasketch(path: str, limit: int) -> tuple[list[tuple[str, str]], Figures]:
    """MinHash with its index, in memory."""
    import datasketch as peer

    index = peer.MinHashLSH(threshold=0.7, num_perm=128)
    pairs = []
    for item in read(path, limit):
        minhash = peer.MinHash(128)
        minhash.update_batch([shingle.encode() for shingle in shingles(item["text"])])
        pairs += [(other, item["id"]) for other in index.query(minhash)]
        index.insert(item["id"], minhash)
    return pairs, {}


TOOLS: dict[str, tuple[Callable[..., Any], float]] = {
    "newsclean, copies": (lambda path, limit: ours(path, limit, False), 1),
    "newsclean, copies and stories": (lambda path, limit: ours(path, limit, True), 1),
    "rensa": (rensa, 1),
    "datasketch": (datasketch, 0.1),
}


def found_of(pairs: list[tuple[str, str]], truth: dict[str, str]) -> tuple[float, float]:
    """Share of the pairs that are right, and of the copies that have a pair with another member of their cluster."""
    right = [pair for pair in pairs if truth[pair[0]] == truth[pair[1]]]
    sizes = Counter(truth.values())
    joined: dict[str, str] = {}

    def root(name: str) -> str:
        while joined.get(name, name) != name:
            name = joined[name]
        return name

    merged = 0
    for left, other in right:
        one, two = root(left), root(other)
        if one != two:
            joined[one] = two
            merged += 1
    return len(right) / max(1, len(pairs)), merged / max(1, sum(size - 1 for size in sizes.values()))


def run(name: str, path: str, limit: int, truth_path: str | None) -> None:
    """Time one tool, in this process, and print the figures as JSON."""
    tool, share = TOOLS[name]
    begun = time.process_time()
    pairs, figures = tool(path, int(limit * share))
    figures["cpu"] = (time.process_time() - begun) / share
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if truth_path:
        names = {item["id"] for item in read(path, int(limit * share))}
        rows = (line.split() for line in Path(truth_path).read_text().splitlines())
        figures["right"], figures["found"] = found_of(pairs, {row[0]: row[1] for row in rows if row[0] in names})
    print(json.dumps(figures))


def speed(path: str, limit: int, truth: str | None) -> None:
    """One process a tool, and a table. datasketch gets a tenth of the articles, and its time is multiplied by ten."""
    limit = sum(1 for _ in read(path, limit))  # a share of what the file really has
    print("| tool | CPU s | of rensa's | MB of memory | pairs right | copies found |")
    print("| --- | --- | --- | --- | --- | --- |")
    results: dict[str, Figures] = {}
    for name in ("rensa", *(name for name in TOOLS if name != "rensa")):
        command = [sys.executable, __file__, path, "--documents", str(limit), "--tool", name]
        command += ["--truth", truth] if truth else []
        results[name] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        figures = results[name]
        quality = f"{figures['right']:.4f} | {figures['found']:.3f}" if truth else "– | –"
        ratio = figures["cpu"] / results["rensa"]["cpu"]
        print(f"| {name} | {figures['cpu']:.1f} | {ratio:.2f} | {figures['memory']:.0f} | {quality} |", flush=True)


def load_module(name: str, path: Path) -> Any:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quality() -> None:
    """End to end on every shared set, each mixed into the background, with the settings as they come."""
    from newsclean.duplicates import find_duplicates

    score = load_module("score_coverage", SHARED / "scoring/score_coverage.py").score
    sets = load_module("datasets", ROOT / "training/duplicates/datasets.py")
    background = sets.plain(sets.read("background"))
    print("| set | P | R | F1 | B³ F |\n| --- | --- | --- | --- | --- |")
    for name, dates in [("t1_variants", False), *((name, False) for name in sets.CLUSTERED), ("t2_basil", True),
                        ("t2_vnmds", True)]:  # fmt: skip
        own = list({item["id"]: item for item in sets.plain(sets.read(name), dates)}.values())
        ids = {item["id"] for item in own}
        documents = own + [item for item in background if item["id"] not in ids]
        for item in documents[len(own) :]:
            item["cluster"] = f"background-{item['id']}"
        fields = ("id", "text", "title", "date")
        found = find_duplicates({field: item[field] for field in fields if field in item} for item in documents)
        tier = name.startswith("t2")
        inside = [
            pair
            for pair in found.pairs
            if (tier or pair.relation != "same_story")
            and ((pair.left in ids or pair.right in ids) if tier else (pair.left in ids and pair.right in ids))
        ]
        judged = documents if tier else own  # the background holds some originals of t1_variants
        pairs = score(judged, pairs={pair[:2]: pair.story for pair in inside})["pair"]
        clusters = found.clusters("story" if tier else "duplicate")
        labels = {member: cluster.id for cluster in clusters for member in cluster.members}
        cubed = score(own, clusters={item: labels[item] for item in ids & labels.keys()})["bcubed"]["F1"]
        figures = " | ".join(f"{value:.3f}" for value in (pairs["P"], pairs["R"], pairs["F1"], cubed))
        print(f"| {name}{' with dates' if dates else ''} | {figures} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?")
    parser.add_argument("--truth")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--tool", choices=TOOLS)
    parser.add_argument("--quality", action="store_true")
    chosen = parser.parse_args()
    if chosen.quality:
        quality()
    elif chosen.tool:
        run(chosen.tool, chosen.corpus, chosen.documents, chosen.truth)
    elif chosen.corpus:
        speed(chosen.corpus, chosen.documents, chosen.truth)
    else:
        parser.error("name a corpus, or --quality")


if __name__ == "__main__":
    main()
