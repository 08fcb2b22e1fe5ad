"""Labelled texts in other shapes: the same words, other line breaks."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

MUTED = 10  # one of so many extracted texts has a muted copy
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


def muted(record: Record) -> Record:
    """The text as one in a language of which no n-gram is known: trees learn from it without its wording."""
    return {**record, "muted": True}


class End(NamedTuple):
    """What stands below an article, and where its lines begin and end."""

    text: str
    lines: list[tuple[int, int]]


def ends(records: Iterable[Record]) -> dict[str, list[End]]:
    """The residue below the articles of texts that people have labelled, by language."""
    found: dict[str, list[End]] = defaultdict(list)
    for record in records:
        if record["regime"] == "page" or record.get("gold_kind") == "consensus":
            continue
        article = max((line["end"] for line in record["lines"] if line["label"] != "remove"), default=0)
        residue = [line for line in record["lines"] if line["start"] >= article]
        if article and residue:
            first = residue[0]["start"]
            lines = [(line["start"] - first, line["end"] - first) for line in residue]
            found[record["lang"]].append(End(record["text"][first : residue[-1]["end"]], lines))
    return found


def ended(record: Record, end: End, glue: str) -> Record:
    """The text with the end of another one."""
    text = record["text"].rstrip() + glue
    lines = [line for line in record["lines"] if line["end"] <= len(text)]
    lines += [{"start": len(text) + low, "end": len(text) + high, "label": "remove"} for low, high in end.lines]
    return {**record, "text": text + end.text, "lines": lines}


def with_copies(records: Sequence[Record], share: float) -> list[Record]:
    """The records, and for some of them a copy joined to one line or wrapped at a width; of texts from the wild (those
    of which no HTML was at hand) both. Every other text from the wild and every tenth extracted one has a muted copy.
    Texts without residue have a copy with the end of another text of their language, half of them in one line.
    Which ones, which end, and the width, follow from their names."""
    result = []
    others = ends(records)
    for record in records:
        result.append(record)
        if record["regime"] != "page":
            result += _muted_copy(record)
            result += _ended_copy(record, others[record["lang"]])
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


def _muted_copy(record: Record) -> list[Record]:
    chance = zlib.crc32(record["id"].encode() + b"m")
    if not chance % (2 if is_wild(record) else MUTED):
        return [muted(joined(record) if chance // 1000 % 2 else record)]
    return []


def _ended_copy(record: Record, others: Sequence[End]) -> list[Record]:
    clean = not any(line["label"] in ("remove", "mixed") for line in record["lines"])
    if not clean or record.get("gold_kind") == "consensus" or not others:
        return []
    chance = zlib.crc32(record["id"].encode() + b"s")
    end = others[chance % len(others)]
    return [ended(record, end, "\n") if chance // 7 % 2 else joined(ended(record, end, " "))]


def is_wild(record: Record) -> bool:
    """Whether a text was found as it is, not extracted from a page."""
    return record.get("gold") is None and "gold_kind" not in record
