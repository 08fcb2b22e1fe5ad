"""Labelled cases as the tables the package makes of them."""

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import LineColumn, lengths
from newsclean.boilerplate.pieces import Segments
from newsclean.boilerplate.rules import with_ngrams
from newsclean.boilerplate.segments import sentences
from newsclean.compilation import expect
from training.boilerplate.readings import readings

KEEP, REMOVE, UNKNOWN = 0, 1, -1
MOSTLY = 0.8  # share of the characters of a sentence or segment whose label it takes
NOT_SHIPPED = ("dragnet", "omnivore", "omnivore-app/omnivore", "crf-article", "feryandi/CRF-Article-Extractor")
"""Sources that are AGPL-3.0 or have no licence for their programs: for tests only."""
READINGS = ".jsonl"  # how names of files of labels without texts end
TITLE = 20  # letters of a title to learn from: among shorter ones are too many names of sections and sites
REPOSITORIES = {  # of texts that were labelled under another name
    "crawl:plb": "BieganM/Polish-News-Article-Classifier",
    "crawl:prn": "krichards-gr/press-release-collection",
    "crawl:trr": "selimfirat/turkish-news-analytics",
    "crawl:esf": "jpposadas/FakeNewsCorpusSpanish",
    "crawl:vnf": "VFND/VFND-vietnamese-fake-news-datasets",
    "crawl:jrj": "xuanyuansen/company-news-crawl-and-text-analysis",
}
Record = dict[str, Any]


@dataclass
class Cases:
    """`records`, their sentences, and how many characters each sentence has of KEEP, REMOVE and others, up to it."""

    records: list[Record]
    sentences: Segments
    label: NDArray[np.int8]
    spans: list[NDArray[np.int32]]

    @property
    def case(self) -> NDArray[np.int32]:
        """The record of each sentence."""
        return self.sentences.lines.table[:, LineColumn.TEXT]


def read(paths: Iterable[Path]) -> list[Record]:
    """The cases of articles, each once. Files `.jsonl` hold labels without texts (`readings`), and come last."""
    records: dict[str, Record] = {}
    files = list(paths)
    for path in files:
        if path.suffix == READINGS:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if record.get("genre") != "other":
                    records.setdefault(record["id"], record)
    for record in readings((path for path in files if path.suffix == READINGS), records):
        records[record["id"]] = record
    return list(records.values())


def shippable(records: Iterable[Record]) -> list[Record]:
    """Those of sources that weights which are shipped may be learnt from."""
    return [record for record in records if record["source_dataset"] not in NOT_SHIPPED]


def repository(record: Record) -> str:
    """The collection that a case is from."""
    source = str(record["source_dataset"])
    return str(record.get("repository") or REPOSITORIES.get(source, source))


def tables(records: list[Record]) -> Cases:
    texts = [record["text"] for record in records]
    expect(texts)
    found = sentences(texts, with_ngrams(np.empty(0, np.uint64), np.empty(0, np.int32)))
    spans = [labelled_characters(record) for record in records]
    return Cases(records, found, labels(found, spans), spans)


def labelled_characters(record: Record) -> NDArray[np.int32]:
    """(3, characters + 1): up to each place, how many characters are KEEP, REMOVE, and neither, without white space."""
    text = record["text"]
    kind = np.full(len(text), -1, np.int8)
    for line in record["lines"]:
        start, end, label = line["start"], line["end"], line["label"]
        if line.get("why") == "title":
            label = "keep" if sum(map(str.isalnum, text[start:end])) >= TITLE else "neutral"
        kind[start:end] = {"keep": KEEP, "remove": REMOVE, "mixed": REMOVE}.get(label, 2)
        for low, high in line.get("keep", ()) if label == "mixed" else ():
            kind[low:high] = KEEP
    kind[[place for place, character in enumerate(text) if character.isspace()]] = -1
    counts = np.zeros((3, len(text) + 1), np.int32)
    for row, value in enumerate((KEEP, REMOVE, 2)):
        np.cumsum(kind == value, out=counts[row, 1:])
    return counts


def scored_characters(record: Record) -> NDArray[np.int32]:
    """(2, characters + 1): up to each place, how many letters and digits are KEEP and REMOVE."""
    text = record["text"]
    kind = np.full(len(text), -1, np.int8)
    for line in record["lines"]:
        kind[line["start"] : line["end"]] = {"keep": KEEP, "remove": REMOVE, "mixed": REMOVE}.get(line["label"], -1)
        for low, high in line.get("keep", ()) if line["label"] == "mixed" else ():
            kind[low:high] = KEEP
    kind[[place for place, character in enumerate(text) if not character.isalnum()]] = -1
    counts = np.zeros((2, len(text) + 1), np.int32)
    for row, value in enumerate((KEEP, REMOVE)):
        np.cumsum(kind == value, out=counts[row, 1:])
    return counts


def labels(found: Segments, spans: Sequence[NDArray[np.int32]]) -> NDArray[np.int8]:
    """The label of each sentence or segment."""
    table = found.lines.table
    result = np.full(len(table), UNKNOWN, np.int8)
    bounds = np.searchsorted(table[:, LineColumn.TEXT], np.arange(len(spans) + 1)).tolist()
    for number, counts in enumerate(spans):
        rows = slice(bounds[number], bounds[number + 1])
        start, end = table[rows, LineColumn.START], table[rows, LineColumn.END]
        keep, remove, other = counts[:, end] - counts[:, start]
        least = MOSTLY * (keep + remove + other)
        result[rows] = np.where(
            (keep >= least) & (keep > 0), KEEP, np.where((remove >= least) & (remove > 0), REMOVE, -1)
        )
    return result


def letters(found: Segments) -> NDArray[np.int32]:
    return lengths(found.lines)
