"""Compare stories that an index keeps from day to day with those of one batch, on dated texts of shared files.

python benchmarks/stream.py [--file crawls] [--days 60] [--most 2000]
"""

import argparse
import gzip
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

COVERAGE = Path(__file__).parents[2] / "shared/data/coverage"


def dated(name: str, field: str, days: int, most: int) -> dict[str, list[dict[str, Any]]]:
    """By crawl, its texts of so many days in a row, those with most texts, in order of date."""
    crawls: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(COVERAGE / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if document.get("date"):
                kept = {"id": document["id"], "text": document["text"], "date": document["date"][:10]}
                source = document.get("outlet") or document.get("domain")
                crawls[document[field]].append(kept | ({"source": source} if source else {}))
    found = {}
    for crawl, documents in sorted(crawls.items()):
        documents.sort(key=lambda document: (document["date"], document["id"]))
        dates = sorted({document["date"] for document in documents})
        if len(dates) < 5:
            continue
        counts = [sum(document["date"] == date for document in documents) for date in dates]
        start = max(range(len(dates)), key=lambda at: sum(counts[at : at + days]))
        chosen = set(dates[start : start + days])
        found[crawl] = [document for document in documents if document["date"] in chosen][:most]
    return found


def together(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """All pairs within groups."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def main() -> None:
    """Compare crawl by crawl."""
    from newsclean.duplicates import DuplicateIndex, find_duplicates

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", default="crawls")
    parser.add_argument("--field", default="crawl")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--most", type=int, default=2000)
    chosen = parser.parse_args()
    totals = [0, 0, 0, 0, 0]
    for crawl, documents in dated(chosen.file, chosen.field, chosen.days, chosen.most).items():
        batch = together(cluster.members for cluster in find_duplicates(documents).stories)
        days: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for document in documents:
            days[document["date"]].append(document)
        with tempfile.TemporaryDirectory() as folder, DuplicateIndex(f"{folder}/index.db") as index:
            moved: set[str] = set()
            start = time.process_time()
            for _, articles in sorted(days.items()):
                before = {name: story.id for story in index.stories() for name in story.articles}
                index.add(articles)
                after = {name: story.id for story in index.stories() for name in story.articles}
                moved |= {name for name, story in before.items() if after.get(name) != story}
            seconds = time.process_time() - start
            stream = together(story.articles for story in index.stories())
        right = len(batch & stream)
        score = 2 * right / max(1, len(batch) + len(stream))
        print(
            f"{crawl:8} {len(documents):5} texts {len(days):3} days, pairs {len(batch):6} in the batch"
            f" {len(stream):6} in the stream, F1 {score:.3f}, {len(moved)} moved, {seconds:.1f} s",
            flush=True,
        )
        for at, value in enumerate((len(documents), len(batch), len(stream), right, len(moved))):
            totals[at] += value
    count, batch_pairs, stream_pairs, right, changed = totals
    print(f"all: pair F1 {2 * right / max(1, batch_pairs + stream_pairs):.3f}, moved {changed} of {count}")


if __name__ == "__main__":
    main()
