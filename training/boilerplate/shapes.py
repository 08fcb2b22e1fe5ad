"""Labelled texts in other shapes: the same words, other line breaks."""

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

FOLDS = 5  # of domains: the n-grams of a fold are learnt from the others
MUTED = 10  # one of so many extracted texts has a muted copy
SHORTENED, SHORTENED_WILD = 5, 1  # one of so many extracted texts, and of texts from the wild, has a shortened copy
FEW = 5  # sentences of an article, at most, in such a copy
MOST_RESIDUE = 20  # lines of residue in it
PLANTED = 0.7  # share of the places between its sentences in which a line of residue is planted
LONGEST_PLANTED = 160
WHOLE = 300  # code points from which on what is kept of a line is cut into sentences
_SENTENCE = re.compile(r"(?:[.!?…।؟۔]+[\"”»’)\]]*(?=\s)|[。！？][”’」』）]*)\s*")
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


class Stretch(NamedTuple):
    """A sentence of an article (`keep`), or a line or piece of something else."""

    text: str
    label: str


def stretches(record: Record) -> Iterator[Stretch]:
    """What a text is made of, in order; what is kept of long lines as sentences."""
    text = record["text"]
    for line in record["lines"]:
        start, end, label = line["start"], line["end"], line["label"]
        place = start
        for low, high in line["keep"] if label == "mixed" else [(start, end)] if label == "keep" else []:
            yield from _stretch(text[place:low], "remove")
            yield from _sentences(text[low:high]) if high - low > WHOLE else _stretch(text[low:high], "keep")
            place = high
        yield from _stretch(text[place:end], "remove" if label == "mixed" else label)


def _stretch(text: str, label: str) -> Iterator[Stretch]:
    if text.strip():
        yield Stretch(text.strip(), label)


def _sentences(text: str) -> Iterator[Stretch]:
    place = 0
    for stop in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        yield from _stretch(text[place:stop], "keep")
        place = stop


def between(records: Iterable[Record]) -> dict[tuple[str, int], list[str]]:
    """Lines of residue that stand between lines of articles which people have labelled, by language and fold."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for record in records:
        if record["regime"] == "page" or record.get("gold_kind") == "consensus":
            continue
        lines = record["lines"]
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
            text = record["text"][line["start"] : line["end"]]
            amid = above["label"] == below["label"] == "keep"
            if amid and line["label"] == "remove" and len(text) <= LONGEST_PLANTED:
                found[record["lang"], fold_of(record)].append(text)
    return found


def fold_of(record: Record) -> int:
    """The fold in which the n-grams of a text's domain are learnt."""
    return zlib.crc32((record["domain_key"] or record["id"]).encode()) % FOLDS


def shortened(record: Record, planted: Sequence[str]) -> Record | None:
    """A few sentences of the text with all its residue, and with some of the lines `planted` between them; as one line
    if the text is one. The wording of what is planted is not counted as its outlet's. None if it has no two sentences.
    """
    chance = random.Random(zlib.crc32(record["id"].encode() + b"few"))
    parts = list(stretches(record))
    article = [place for place, part in enumerate(parts) if part.label == "keep"]
    if len(article) < 2:
        return None
    kept = set(chance.sample(article, min(chance.randint(1, FEW), len(article))))
    residue = [place for place, part in enumerate(parts) if part.label != "keep"]
    kept.update(residue[: MOST_RESIDUE // 2], residue[-MOST_RESIDUE // 2 :])
    chosen: list[Stretch] = []
    for part in (parts[place] for place in sorted(kept)):
        if planted and part.label == "keep" and chosen and chance.random() < PLANTED:
            chosen.append(Stretch(chance.choice(planted), "remove"))
        chosen.append(part)
    if planted and chance.random() < PLANTED:
        chosen.append(Stretch(chance.choice(planted), "remove"))
    return _made_of(record, chosen, "\n" if "\n" in record["text"].strip() else " ")


def _made_of(record: Record, parts: Sequence[Stretch], glue: str) -> Record:
    text, lines = "", []
    for part in parts:
        lines.append({"start": len(text), "end": len(text) + len(part.text), "label": part.label})
        text += part.text + glue
    return {**record, "text": text.rstrip(), "lines": lines, "made": True}


def with_copies(records: Sequence[Record], share: float, short: bool = False) -> list[Record]:
    """The records, and for some of them a copy joined to one line or wrapped at a width; of texts from the wild (those
    of which no HTML was at hand) both. Every other text from the wild and every tenth extracted one has a muted copy.
    Texts without residue have a copy with the end of another text of their language, half of them in one line.
    If they are asked for (`short`), texts that people have labelled have shortened copies. Which ones, which end, and
    the width, follow from their names."""
    result = []
    others, planted = ends(records), between(records)
    for record in records:
        result.append(record)
        if record["regime"] != "page":
            result += _muted_copy(record)
            result += _ended_copy(record, others[record["lang"]])
            if short:
                result += _shortened_copy(record, planted.get((record["lang"], fold_of(record)), ()))
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


def _shortened_copy(record: Record, planted: Sequence[str]) -> list[Record]:
    chance = zlib.crc32(record["id"].encode() + b"f")
    if record.get("gold_kind") == "consensus" or chance % (SHORTENED_WILD if is_wild(record) else SHORTENED):
        return []
    copy = shortened(record, planted if chance // 7 % 4 else ())
    return [] if copy is None else [joined(copy) if chance // 35 % 4 == 0 else copy]


def is_wild(record: Record) -> bool:
    """Whether a text was found as it is, not extracted from a page."""
    return record.get("gold") is None and "gold_kind" not in record
