"""Count how often what a phrase finds is residue: `python -m training.boilerplate.cues CASES.jsonl.gz... [--phrases]`.

Prints, by rule and by language (with `--phrases` by phrase, worst first), how many labelled lines, sentences within
lines and pieces a phrase finds, and how many of these are article. Lines of a collection that a phrase was read from
(`source` is `read:` and the beginning of the collection's name) are left out of what is counted for it.
"""

import argparse
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclean.boilerplate.lines import PLACE, scan
from newsclean.boilerplate.rules import Phrase, cues_inside, dictionary, look_up, phrases, rule_lines
from training.boilerplate.cases import read

SURE = 0.8  # share of a stretch's characters that must be residue, or article, for it to be counted
BATCH = 20_000  # stretches looked at together
_SENTENCE = re.compile(r"(?:[.!?…।؟۔]+[\"”»’)\]]*(?=\s)|[。！？][”’」』）]*|\n)\s*")


class Stretch(NamedTuple):
    """A line, a sentence of a line, or a piece: its words, whether it is residue, its collection and language."""

    kind: str
    text: str
    residue: bool
    collection: str
    language: str


class Found(NamedTuple):
    """What a phrase found, or (phrase None) what no phrase found."""

    kind: str
    residue: bool
    language: str
    phrase: Phrase | None
    text: str


def kept(record: dict[str, Any]) -> list[tuple[int, int, str]]:
    """The stretches of a case's text that are labelled, by their label."""
    spans = []
    for line in record["lines"]:
        if line["label"] == "mixed":
            at = line["start"]
            for begin, end in [*line["keep"], (line["end"], line["end"])]:
                spans += [(at, begin, "remove"), (begin, end, "keep")]
                at = end
        elif line["label"] in ("keep", "remove") and line.get("why") != "weak":
            spans.append((line["start"], line["end"], line["label"]))
    return sorted(span for span in spans if span[0] < span[1])


def residue(spans: list[tuple[int, int, str]], begin: int, end: int) -> bool | None:
    """Whether a stretch of a text is residue; None where its labels do not say so clearly."""
    shared: Counter[str] = Counter()
    for first, last, label in spans[max(0, bisect_left(spans, (begin,)) - 1) :]:
        if first >= end:
            break
        shared[label] += max(0, min(end, last) - max(begin, first))
    if shared["remove"] >= SURE * (end - begin):
        return True
    return False if shared["keep"] >= SURE * (end - begin) else None


def stretches(records: Iterable[dict[str, Any]]) -> Iterator[Stretch]:
    """The labelled lines of cases, and the sentences of lines that have several."""
    for record in records:
        spans = kept(record)
        for line in record["lines"]:
            for kind, begin, end in cuts(record["text"], line["start"], line["end"]):
                label = residue(spans, begin, end)
                if label is not None:
                    text = record["text"][begin:end]
                    yield Stretch(kind, text, label, record["source_dataset"], record["lang"])


def cuts(text: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    yield "line", begin, end
    stops = [stop.end() for stop in _SENTENCE.finditer(text, begin, end)]
    if [stop for stop in stops if stop < end]:
        for first, last in zip([begin, *stops], [*stops, end], strict=True):
            if text[first:last].strip():
                yield "sentence", first, last


def batches(items: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    batch: list[Stretch] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def by_rules(items: Sequence[Stretch]) -> Iterator[Found]:
    """What the rules find among lines and sentences."""
    texts = [item.text.replace("\n", " ") for item in items]
    lines = scan(texts)
    known = dictionary()
    hits = look_up(lines, known)
    found = rule_lines(texts, lines, hits, known)
    for row, text in enumerate(lines.table[:, PLACE[0]].tolist()):
        item = items[text]
        phrase = None
        if found[row] >= 0:
            codes = [code - 1 for code in hits[row, :4].tolist() if code and known.rule[code - 1] == found[row]]
            phrase = phrases()[codes[0]] if codes else None
            if phrase is None or left_out(phrase, item.collection):
                continue
        yield Found(item.kind, item.residue, item.language, phrase, item.text)


def by_pieces(records: Sequence[dict[str, Any]]) -> Iterator[Found]:
    """What cues find inside lines."""
    texts = [record["text"] for record in records]
    lines = scan(texts)
    spans = [kept(record) for record in records]
    for piece in cues_inside(texts, lines):
        text = int(lines.table[piece.row, PLACE[0]])
        record = records[text]
        label = residue(spans[text], piece.start, piece.end)
        if label is not None and not left_out(piece.phrase, record["source_dataset"]):
            yield Found("piece", label, record["lang"], piece.phrase, record["text"][piece.start : piece.end])


def left_out(phrase: Phrase, collection: str) -> bool:
    """Whether a phrase was read from a collection."""
    return phrase.source.startswith("read:") and phrase.source.removeprefix("read:") in collection


def table(found: Sequence[Found], names: Sequence[str]) -> None:
    """Print how many stretches of each kind were found under each name, and how many of these are article."""
    tally: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for name, each in zip(names, found, strict=True):
        tally[name][each.kind, each.residue] += 1
    kinds = ("line", "sentence", "piece")
    print("\t".join(["name", *(f"{kind} {what}" for kind in kinds for what in ("found", "article"))]))
    for name, count in sorted(tally.items(), key=lambda item: -sum(item[1][kind, False] for kind in kinds)):
        cells = [(count[kind, True] + count[kind, False], count[kind, False]) for kind in kinds]
        print("\t".join([name, *(str(number) for cell in cells for number in cell)]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("cases", nargs="+", type=Path)
    options.add_argument("--phrases", action="store_true", help="count by phrase")
    options.add_argument("--examples", metavar="RULE", help="print what a rule (or all) found that is article")
    chosen = options.parse_args()
    records = read(chosen.cases)
    every = [each for batch in batches(stretches(records)) for each in by_rules(batch)] + list(by_pieces(records))
    found = [each for each in every if each.phrase is not None]
    if chosen.examples:
        for each in found:
            if each.phrase and chosen.examples in (each.phrase.rule, "all") and not each.residue:
                print(
                    each.kind,
                    each.phrase.rule,
                    each.phrase.how,
                    each.language,
                    each.phrase.language,
                    each.phrase.words,
                    each.text[:120].replace("\n", " "),
                    sep="\t",
                )
        return
    if chosen.phrases:
        table(found, [f"{p.rule} {p.how} {p.inside} {p.language} {p.words}" for each in found if (p := each.phrase)])
        return
    table(found, [each.phrase.rule for each in found if each.phrase])
    print()
    table(found, [each.language for each in found])
    print("\nof all residue (lines, sentences within lines) a phrase finds, by language")
    for kind in ("line", "sentence"):
        whole = Counter(each.language for each in every if each.kind == kind and each.residue)
        known = Counter(each.language for each in found if each.kind == kind and each.residue)
        print(kind, *(f"{name} {known[name]}/{count}" for name, count in whole.most_common()))


if __name__ == "__main__":
    main()
