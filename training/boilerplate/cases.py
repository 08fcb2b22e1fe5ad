"""Labelled cases as the tables the package makes of them."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import LineColumn, Lines, lengths, prose, scan
from newsclean.boilerplate.rules import look_up, rule_lines, with_ngrams
from newsclean.kernels import expect

KEEP, REMOVE, UNKNOWN = 0, 1, -1
TITLE = 20  # letters of a title to learn from: among shorter ones are too many names of sections and sites


@dataclass
class Cases:
    """`records` and their lines: `label` (KEEP, REMOVE or UNKNOWN) and `case` (position in `records`) per line."""

    records: list[dict[str, Any]]
    lines: Lines
    hits: NDArray[np.int32]
    length: NDArray[np.int32]
    prose: NDArray[np.bool_]
    found: NDArray[np.int16]
    label: NDArray[np.int8]

    @property
    def case(self) -> NDArray[np.int32]:
        return self.lines.table[:, LineColumn.TEXT]


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    records = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records += [json.loads(line) for line in lines]
    return records


def tables(records: list[dict[str, Any]]) -> Cases:
    texts = [record["text"] for record in records]
    expect(texts)
    lines = scan(texts)
    known = with_ngrams(np.empty(0, np.uint64), np.empty(0, np.int32))
    hits = look_up(lines, known)
    length = lengths(lines)
    found = rule_lines(texts, lines, hits, known)
    label = np.full(len(lines.table), UNKNOWN, np.int8)
    at = {
        (number, line["start"]): "title" if line.get("why") == "title" else line["label"]
        for number, record in enumerate(records)
        for line in record["lines"]
    }
    values = {"keep": KEEP, "title": KEEP, "remove": REMOVE}
    for row, (text, start) in enumerate(lines.table[:, [LineColumn.TEXT, LineColumn.START]].tolist()):
        why = at.get((text, start), "")
        if why != "title" or length[row] >= TITLE:
            label[row] = values.get(why, UNKNOWN)
    return Cases(records, lines, hits, length, prose(lines, length), found, label)
