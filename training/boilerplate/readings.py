"""Labels that people gave by reading, kept without the texts: `readings/*.jsonl` beside this file.

A line is a text: its `set` (`wild_pool`, `more`, or a file of `../shared/data/coverage`), `id`, `source`, the sum of
its text, and `lines` of [start, end, label]: keep, remove, neutral, title (neutral too), or mixed with the spans to
keep. Labels of `more` take the place of votes.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[3] / "shared/data"
SOURCES = Path(__file__).parent / "readings/sources.tsv"
VOTED, POOL = "more", "wild_pool"
PUBLIC = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne", "go"])  # suffixes of two parts
Record = dict[str, Any]


def readings(paths: Iterable[Path], known: Mapping[str, Record]) -> Iterator[Record]:
    """The cases that the labels in some files make of texts: of `known` cases, and of the sets beside the checkout.

    Raises:
        ValueError: a text is not the one that was read.
    """
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for label in map(json.loads, lines):
                if label["set"] == VOTED:
                    yield {**_checked(known[label["id"]], label), "gold_kind": "read", "lines": _lines(label)}
                else:
                    yield _case(_checked(_texts(label["set"])[label["id"]], label), label)


def _checked(record: Record, label: Record) -> Record:
    if hashlib.sha256(record["text"].encode()).hexdigest() != label["sha256"]:
        raise ValueError(f"{label['set']} {label['id']}: not the text that was read")
    return record


@cache
def _texts(name: str) -> dict[str, Record]:
    folder = "boilerplate" if name == POOL else "coverage"
    with gzip.open(SHARED / folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


@cache
def repositories() -> dict[str, str]:
    """The repository of each crawl."""
    rows = (row.split("\t") for row in SOURCES.read_text(encoding="utf-8").splitlines()[1:])
    return {source: repository for source, repository, _ in rows}


def _case(record: Record, label: Record) -> Record:
    source = label["source"]
    outlet = second_level(record.get("domain") or record.get("outlet") or "") or f"crawl:{source}"
    return {
        "id": f"read/{label['id']}",
        "page": label["id"],
        "source_dataset": repositories().get(source, source),
        "domain_key": outlet,
        "lang": label["lang"],
        "genre": "news",
        "regime": "residue",
        "read": True,
        "text": record["text"],
        "lines": _lines(label),
    }


def _lines(label: Record) -> list[Record]:
    lines = [dict(zip(("start", "end", "label", "keep"), line, strict=False)) for line in label["lines"]]
    return [line | ({"label": "neutral", "why": "title"} if line["label"] == "title" else {}) for line in lines]


def second_level(domain: str) -> str:
    """The name under which outlets are dealt to folds.

    >>> second_level("www.example.co.uk"), second_level("thenews.example"), second_level("")
    ('example', 'news', '')
    """
    parts = [part for part in domain.casefold().split(".") if part != "www"]
    suffixes = 2 if len(parts) > 2 and parts[-2] in PUBLIC and len(parts[-1]) == 2 else 1
    name = parts[-suffixes - 1] if len(parts) > suffixes else "".join(parts)
    return name.removeprefix("the")
