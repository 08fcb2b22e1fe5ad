"""How good the shipped package is on the development data, next to its peers, in one process.

    python benchmarks/quality.py repair [--every 10]      # exact repairs by kind of damage
    python benchmarks/quality.py correct [--every 10]     # correct texts that are changed
    python benchmarks/quality.py boilerplate              # article lost and residue removed, by set and mode
    python benchmarks/quality.py pairs                    # copies and stories, by set

The shipped models have seen much of these data: this compares tools and guards against breakage. What is measured with
languages, domains or sources left out comes from the `evaluate` and `validate` commands of `training/`.
Needs the development data of the project beside the checkout (`../shared/data`).
"""

import argparse
import gzip
import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import newsclean
from newsclean import BoilerplateSettings, Cleaned
from newsclean.boilerplate import strip_batch
from newsclean.settings import MODES

DATA = Path(__file__).parents[2] / "shared/data"
COPIES = ("identical", "near_duplicate", "contained")
Record = dict[str, Any]
Repairer = Callable[[Sequence[str]], list[str]]


def read(name: str, every: int = 1) -> list[Record]:
    """Every so-many-th record of a set, such as `mojibake/dev`."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for number, line in enumerate(lines) if number % every == 0]


def nfc(text: str) -> str:
    """The text in composed form."""
    return unicodedata.normalize("NFC", text)


def ours(texts: Sequence[str]) -> list[str]:
    """Repaired by newsclean."""
    return [cleaned.text for cleaned in newsclean.clean_batch(texts, steps=("repair",))]


def peers() -> dict[str, Repairer]:
    """The other tools that are installed, by name."""
    found: dict[str, Repairer] = {}
    import ftfy

    found["ftfy"] = lambda texts: [ftfy.fix_encoding(text) for text in texts]
    try:
        import plsfix
    except ImportError:
        return found
    return found | {"plsfix": lambda texts: [plsfix.fix_text(text) for text in texts]}


def is_exact(record: Record, text: str) -> bool:
    """Whether a repaired text is what it should be."""
    return nfc(text) in {nfc(right) for right in (record["clean"], *record.get("also", []))}


def exact(records: Sequence[Record], repairer: Repairer) -> list[bool]:
    """Which damaged texts a tool restores exactly."""
    results = repairer([record["corrupted"] for record in records])
    return [is_exact(record, text) for record, text in zip(records, results, strict=True)]


def changed(records: Sequence[Record], repairer: Repairer) -> list[bool]:
    """Which correct texts a tool changes, other than composing characters."""
    results = repairer([record["text"] for record in records])
    return [nfc(record["text"]) != nfc(text) for record, text in zip(records, results, strict=True)]


class Removal(NamedTuple):
    """Characters of article and of residue, and how many of each went."""

    article: int
    lost: int
    residue: int
    removed: int

    def shares(self) -> tuple[float, float]:
        """Article lost, residue removed."""
        return self.lost / max(1, self.article), self.removed / max(1, self.residue)


def removal(records: Sequence[Record], mode: str) -> Removal:
    """What a mode does to labelled texts, by characters other than white space."""
    total = [0, 0, 0, 0]
    results = strip_batch([record["text"] for record in records], BoilerplateSettings(mode=mode))
    for record, cleaned in zip(records, results, strict=True):
        for at, number in enumerate(characters(record, cleaned)):
            total[at] += number
    return Removal(*total)


def characters(record: Record, cleaned: Cleaned) -> Removal:
    """The same for one text; neutral lines do not count."""
    text = record["text"]
    gone = bytearray(len(text))
    for edit in cleaned.edits:
        gone[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
    counts = [0, 0, 0, 0]
    for line in record["lines"]:
        if line["label"] == "neutral":
            continue
        whole = (line["start"], line["end"]) if line["label"] == "keep" else (0, 0)
        kept = [tuple(span) for span in line["keep"]] if line["label"] == "mixed" else [whole]
        for at in range(line["start"], line["end"]):
            if not text[at].isspace():
                article = any(start <= at < end for start, end in kept)
                counts[0 if article else 2] += 1
                counts[1 if article else 3] += gone[at]
    return Removal(*counts)


def f1(found: set[frozenset[str]], right: set[frozenset[str]]) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    hits = len(found & right)
    precision, recall = hits / max(1, len(found)), hits / max(1, len(right))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def documents(name: str, clean: bool = False) -> list[Record]:
    """The articles of a set as a user would give them, cleaned first on request."""
    records = list({record["id"]: record for record in read(name)}.values())
    fields = ("id", "text", "title", "date", "lang")
    given = [{field: record[field] for field in fields if record.get(field)} for record in records]
    if clean:
        for document, cleaned in zip(given, newsclean.clean_batch([each["text"] for each in given]), strict=True):
            document["text"] = cleaned.text
    return given


def labelled_pairs(name: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of copies among the labelled pairs of a set (`coverage/NAME`, `NAME.pairs`)."""
    labels = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in read(f"coverage/{name}.pairs")}
    pairs = newsclean.find_duplicates(documents(f"coverage/{name}", clean=True)).pairs
    found = {frozenset(pair[:2]) for pair in pairs if pair.relation in COPIES}
    judged = {pair for pair in found if labels.get(pair, -1) >= 0}
    return f1(judged, {pair for pair, label in labels.items() if label == 1})


def clusters(name: str, relations: Iterable[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of all pairs of a clustered set (`coverage/NAME`) that have one of the relations."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for record in {record["id"]: record for record in read(f"coverage/{name}")}.values():
        members[record["cluster"]].append(record["id"])
    right = {frozenset((a, b)) for group in members.values() for at, a in enumerate(group) for b in group[at + 1 :]}
    wanted = set(relations)
    pairs = newsclean.find_duplicates(documents(f"coverage/{name}")).pairs
    return f1({frozenset(pair[:2]) for pair in pairs if pair.relation in wanted}, right)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A Markdown table."""
    for line in (head, ["---"] * len(head)):
        print(f"| {' | '.join(line)} |")
    for row in rows:
        written = (f"{value:.4f}" if isinstance(value, float) else str(value) for value in row)
        print(f"| {' | '.join(written)} |", flush=True)


def print_repair(every: int) -> None:
    """Exact repairs by family, then of damage found in the wild."""
    tools = {"newsclean": ours} | peers()
    rows: list[list[object]] = []
    records = [record for record in read("mojibake/dev", every) if record["recoverable"] == "full"]
    results = {name: exact(records, tool) for name, tool in tools.items()}
    for family in ("all", *sorted({record["family"] for record in records})):
        chosen = [at for at, record in enumerate(records) if family in ("all", record["family"])]
        shares = [sum(results[name][at] for at in chosen) / len(chosen) for name in tools]
        rows.append([family, len(chosen), *shares])
    real = [record for record in read("mojibake/real_dev") if record["recoverable"] != "none"]
    rows.append(["found in the wild", len(real), *(sum(exact(real, tool)) / len(real) for tool in tools.values())])
    print_table(["family", "cases", *tools], rows)


def print_correct(every: int) -> None:
    """Correct texts that are changed, of both sets."""
    tools = {"newsclean": ours} | peers()
    rows = []
    for name, where in (("mojibake/clean_dev", "news and running text"), ("mojibake/clean_real_dev", "hard cases")):
        records = [record for record in read(name, every) if record["kind"] != "about-mojibake"]
        rows.append([where, len(records), *(sum(changed(records, tool)) for tool in tools.values())])
    print_table(["correct texts", "texts", *tools], rows)


def print_boilerplate(every: int) -> None:
    """Article lost and residue removed on each labelled set, by mode."""
    rows = []
    for path in sorted((DATA / "boilerplate").glob("*dev.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        records = [record for record in read(f"boilerplate/{name}", every) if record["regime"] == "residue"]
        for mode in MODES:
            rows.append([name, len(records), mode, *removal(records, mode).shares()])
    print_table(["set", "texts", "mode", "lost", "removed"], rows)


def print_pairs(_: int) -> None:
    """Copies and stories, end to end, each set alone."""
    rows: list[list[object]] = [["t1_variants", "copies", *clusters("t1_variants", COPIES)]]
    rows += [[name, "copies", *labelled_pairs(name)] for name in ("t1_real", "t1_real2")]
    for name in ("t2_ecbplus", "t2_basil", "t2_fnc1", "t2_vnmds"):
        rows.append([name, "stories", *clusters(name, (*COPIES, "same_story"))])
    print_table(["set", "of", "precision", "recall", "F1"], rows)


PARTS = {"repair": print_repair, "correct": print_correct, "boilerplate": print_boilerplate, "pairs": print_pairs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--every", type=int, default=1, help="use every n-th record only")
    options = parser.parse_args()
    PARTS[options.part](options.every)


if __name__ == "__main__":
    main()
