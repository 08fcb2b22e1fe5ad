"""Measure the search for duplicates on the shared headlines, pool by pool, as a user would run it.

    python benchmarks/short_texts.py [--sets NAME ...]

The shipped models were trained on these pairs; what they do on sources left out is printed by
`python -m training.duplicates.short --check`.
"""

import argparse
import gzip
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

COVERAGE = Path(__file__).parents[2] / "shared/data/coverage"


def read(name: str) -> list[dict[str, Any]]:
    """The lines of a shared file."""
    with gzip.open(COVERAGE / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def figures(name: str, found: list[bool], wanted: list[bool]) -> None:
    """Print precision, recall and F1."""
    right = sum(one and two for one, two in zip(found, wanted, strict=True))
    precision, recall = right / max(1, sum(found)), right / max(1, sum(wanted))
    score = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{name:24} P {precision:.3f} R {recall:.3f} F1 {score:.3f} of {sum(wanted)} among {len(wanted)}")


def main() -> None:
    """Search every pool and compare with the labels."""
    from newsclean.duplicates import find_duplicates

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="headlines")
    name = parser.parse_args().set
    pools: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for document in (*read("headlines.background"), *read(name)):
        pools[document["pool"]].append(document)
    copies, scores, clusters, stories = set(), {}, {}, {}
    seconds = 0.0
    for documents in pools.values():
        given = {
            document["id"]: {
                "id": document["id"],
                "text": document["text"],
                "date": document.get("date"),
                "source": document.get("outlet"),
            }
            for document in documents
        }
        start = time.process_time()
        result = find_duplicates(given.values())
        seconds += time.process_time() - start
        for pair in result.pairs:
            scores[frozenset(pair[:2])] = pair.story
            if pair.relation != "same_story":
                copies.add(frozenset(pair[:2]))
        clusters |= {member: cluster.id for cluster in result.copies for member in cluster.members}
        stories |= {member: cluster.id for cluster in result.stories for member in cluster.members}
    pairs = read(f"{name}.pairs")
    ends = [frozenset((pair["a"], pair["b"])) for pair in pairs]
    for kind, sources in (("", {pair["source"] for pair in pairs} - {"wdm"}), (" (wdm)", {"wdm"})):
        for task in ("copy", "story"):
            rows = [
                at for at, pair in enumerate(pairs) if pair[f"label_{task}"] in (0, 1) and pair["source"] in sources
            ]
            wanted = [pairs[at][f"label_{task}"] == 1 for at in rows]
            known = copies if task == "copy" else scores
            figures(f"{task}{kind}: pairs", [ends[at] in known for at in rows], wanted)
            group = clusters if task == "copy" else stories
            joined = [group.get(pairs[at]["a"], 0) == group.get(pairs[at]["b"], 1) for at in rows]
            figures(f"{task}{kind}: clusters", joined, wanted)
            if task == "story" and not kind:
                from sklearn.metrics import average_precision_score

                ranked = [scores.get(ends[at], 0.0) for at in rows]
                print(f"{'story: average precision':24} {average_precision_score(wanted, ranked):.3f}")
    other = [pair for pair in pairs if pair["label_story"] == 0]
    together = [pair for pair in other if clusters.get(pair["a"], 0) == clusters.get(pair["b"], 1)]
    print(f"different events in one cluster of copies: {len(together)} of {len(other)}")
    for pair in together:
        print("  ", pair["relation"], pair["a"], pair["b"])
    total = sum(map(len, pools.values()))
    print(f"{total} texts in {seconds:.1f} CPU seconds")


if __name__ == "__main__":
    main()
