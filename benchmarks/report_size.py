"""How large the page of a report is, and how much memory and time it takes, on a synthetic run of many articles.

    python benchmarks/report_size.py                    # 1,000,000 articles, about 1 GB in a temporary directory
    python benchmarks/report_size.py --rows 20000 --keep DIR

The outputs are written as a run would: articles, dropped ones, edits, pairs, clusters and a summary.
"""

import argparse
import contextlib
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsclean.edits import Edit
from newsclean.jobs import Summary
from newsclean.report import write_report

RULES = (
    "share-prompt",
    "newsletter-signup",
    "photo-credit",
    "tagger:trailing-run",
    "related-headlines",
    "cookie-notice",
)
SENTENCE = "The council of district {} decided on {} measures, the mayor of {} told reporters on day {} of the talks."
MOST = 5_000_000
"""Bytes that a page may have."""


def number(*parts: object, below: int) -> int:
    """A number that depends on `parts` alone."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % below


def article(place: int) -> dict[str, Any]:
    """A row of the outputs."""
    lines = [SENTENCE.format(place, line, number(place, line, below=900), line) for line in range(4)]
    return {
        "id": f"article-{place}",
        "text": "\n".join(lines),
        "source": f"source-{number('source', place, below=20_000)}.example",
        "lang": ("en", "de", "fr", "th", "ar")[place % 5],
        "date": f"2025-{1 + place % 12:02}-{1 + place % 28:02}",
        "story": f"article-{place - place % 7}" if place % 35 < 7 else None,
    }


def change(place: int, text: str) -> dict[str, Any]:
    """A row of `edits.jsonl`."""
    rule = RULES[number("rule", place, below=len(RULES))]
    confidence = 0.5 + number("sure", place, below=500) / 1000
    edit = Edit(len(text), f"\nSubscribe to our newsletter {place % 50}", "", rule, confidence)
    return {"id": f"article-{place}", "edits": [edit._asdict()], "flags": []}


def pairs(rows: int) -> Iterator[dict[str, Any]]:
    """Rows of `pairs.jsonl`."""
    relations = ("near_duplicate", "contained", "same_story", "border_copy", "border_story")
    for place in range(0, rows - 7, 7):
        relation = relations[place // 7 % 5]
        copy = number("copy", place, below=1000) / 1000
        copy = copy / 2 if relation.startswith("border") else 0.5 + copy / 2
        ends = {"left": f"article-{place}", "right": f"article-{place + 1 + place % 6}", "relation": relation}
        yield ends | {"similarity": round(copy, 4), "story": round(copy, 4), "copy": round(copy, 4)}


def clusters(rows: int) -> Iterator[dict[str, Any]]:
    """Rows of `clusters.jsonl`."""
    for place in range(0, rows - 35, 35):
        members = [f"article-{place + step}" for step in range(7)]
        yield {"kind": "story", "id": members[0], "keep": members[0], "members": members, "origin": None}
    yield {"kind": "story", "id": "article-1", "keep": "article-1", "origin": None,
           "members": [f"article-{place}" for place in range(1, rows, 20)]}  # fmt: skip


def write(folder: Path, rows: int) -> None:
    """The outputs of a run."""
    with contextlib.ExitStack() as open_files:
        names = ("articles", "dropped", "edits")
        articles, dropped, edits = (
            open_files.enter_context((folder / f"{name}.jsonl").open("w", encoding="utf-8")) for name in names
        )
        for place in range(rows):
            row = article(place)
            if place % 11 == 10:
                reasons = {"kept": f"article-{place - 1}", "relation": "near_duplicate", "similarity": 0.9}
                dropped.write(json.dumps({name: row[name] for name in row if name != "story"} | reasons) + "\n")
            else:
                articles.write(json.dumps(row) + "\n")
            if place % 2:
                edits.write(json.dumps(change(place, row["text"])) + "\n")
    for name, found in (("pairs", pairs(rows)), ("clusters", clusters(rows))):
        with (folder / f"{name}.jsonl").open("w") as file:
            file.writelines(json.dumps(row) + "\n" for row in found)
    settings = {"duplicates": {"border": True}}
    dropped_rows, counts = {"near_duplicate": rows // 11}, (rows // 35, 0, 0)
    summary = Summary(rows, rows - rows // 11, dropped_rows, *counts, {}, rows // 2, 28 * rows // 2, 0, {}, {})
    (folder / "summary.json").write_text(json.dumps(summary.to_dict() | {"settings": settings}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="write into this directory and leave it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsclean-report-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, options.rows)
        began = time.perf_counter()
        page = write_report(folder)
        seconds, size = time.perf_counter() - began, page.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{options.rows} articles: page {size} bytes, {seconds:.1f} s, peak {peak:.2f} GB")
    if size > MOST:
        sys.exit(f"the page is larger than {MOST} bytes")


if __name__ == "__main__":
    main()
