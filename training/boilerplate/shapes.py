"""Labelled texts in other shapes: the same words, other line breaks."""

import itertools
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

WIDTHS = (52, 60, 66, 72, 78, 84, 96)
Record = dict[str, Any]


def joined(record: Record) -> Record:
    """The text as one line."""
    return {**record, "text": record["text"].replace("\n", " ")}


def wrapped(record: Record, width: int) -> Record:
    """The text cut at a width: the last space that fits becomes a line break."""
    return {**record, "text": "\n".join(_wrapped(line, width) for line in record["text"].split("\n"))}


def _wrapped(line: str, width: int) -> str:
    pieces = []
    start = 0
    while len(line) - start > width:
        space = line.rfind(" ", start, start + width + 1)
        if space <= start:
            space = line.find(" ", start + width)
            if space < 0:
                break
        pieces.append(line[start:space])
        start = space + 1
    pieces.append(line[start:])
    return "\n".join(pieces)


def stripped(record: Record) -> Record:
    """The text without its residue."""
    text, residue = record["text"], bytearray(len(record["text"]) + 1)
    lines = [line for line in record["lines"] if line["label"] != "remove"]
    for line in record["lines"]:
        start, end = line["start"], line["end"]
        if line["label"] == "remove":
            end += text[end : end + 1] == "\n"
            residue[start:end] = b"\1" * (end - start)
        for low, high in _residue_of(line):
            residue[low:high] = b"\1" * (high - low)
    place = [0, *itertools.accumulate(not gone for gone in residue)]
    moved = [{**line, "start": place[line["start"]], "end": place[line["end"]]} for line in lines]
    moved = [{**line, "label": "keep"} if line["label"] == "mixed" else line for line in moved]
    left = "".join(character for character, gone in zip(text, residue, strict=False) if not gone)
    return {**record, "text": left, "lines": [line for line in moved if line["start"] < line["end"]]}


def _residue_of(line: Record) -> Iterator[tuple[int, int]]:
    """The spans of residue in a line that is mixed."""
    place = line["start"]
    for low, high in [*line["keep"], (line["end"],) * 2] if line["label"] == "mixed" else []:
        yield place, low
        place = high


def with_copies(records: Iterable[Record], share: float) -> list[Record]:
    """The records, and for some of them a copy joined to one line or wrapped at a width; of texts from the wild (those
    of which no HTML was at hand) both. Which ones, and the width, follow from their names."""
    result = []
    for record in records:
        result.append(record)
        chance = zlib.crc32(record["id"].encode())
        width = WIDTHS[chance // 1000 % len(WIDTHS)]
        if record["regime"] == "page" or "\n" not in record["text"].strip():
            if is_wild(record):
                result.append(wrapped(record, width))
            continue
        if is_wild(record):
            result += [joined(record), wrapped(record, width)]
        elif chance % 1000 < 1000 * share:
            result.append(joined(record) if chance % 2 else wrapped(record, width))
    return result


def is_wild(record: Record) -> bool:
    """Whether a text was found as it is, not extracted from a page."""
    return record.get("gold") is None and "gold_kind" not in record
