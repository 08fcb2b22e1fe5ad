"""Labelled cases as the tables the package makes of them."""

import gzip
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import Column, Lines, scan
from newsclean.boilerplate.phrases import look_up, with_ngrams
from newsclean.boilerplate.verdicts import lengths, prose, rule_lines
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
        return self.lines.table[:, Column.TEXT]


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    records = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records += [json.loads(line) for line in lines]
    return records


def thinned(records: Iterable[dict[str, Any]], share: float, seed: int) -> Iterator[dict[str, Any]]:
    """Each case without a random part of its residue (all of it if `share` is 1), so that the model learns what
    texts look like that need no, or little, cleaning. Blocks of residue go as a whole."""
    generator = random.Random(seed)
    for record in records:
        kept, gone = [], False
        for position, line in enumerate(record["lines"]):
            previous = record["lines"][position - 1]["label"] if position else "keep"
            if line["label"] == "remove":
                gone = generator.random() < share if previous != "remove" else gone
                if gone:
                    continue
            kept.append(line)
        if len(kept) < len(record["lines"]) and kept:
            yield _rebuilt(record, kept)


def _rebuilt(record: dict[str, Any], kept: list[dict[str, Any]]) -> dict[str, Any]:
    pieces: list[str] = []
    lines = []
    position = 0
    text = record["text"]
    before: int | None = None
    for line in kept:
        gap = "" if before is None else text[before : line["start"]]
        if before is not None and gap.strip():  # lines were taken out here
            gap = "\n\n" if "\n\n" in gap else "\n"
        piece = text[line["start"] : line["end"]]
        lines.append({**line, "start": position + len(gap), "end": position + len(gap) + len(piece)})
        pieces += (gap, piece)
        position += len(gap) + len(piece)
        before = line["end"]
    return {**record, "text": "".join(pieces), "lines": lines}


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
    for row, (text, start) in enumerate(lines.table[:, [Column.TEXT, Column.START]].tolist()):
        why = at.get((text, start), "")
        if why != "title" or length[row] >= TITLE:
            label[row] = values.get(why, UNKNOWN)
    return Cases(records, lines, hits, length, prose(lines, length), found, label)
