"""Repair of really damaged text, and peace for real text that only looks damaged, beside ftfy and plsfix in one run.

    python benchmarks/real_damage.py [--show] [--sets real|once-wrong|unchanged|...] [--ours]

For each set: records, exactly right, harmed (farther from the right text than before; of correct texts: changed), and
the share that is right if each repository or program counts once, however many lines it gave. The last columns leave
out each repository in turn: the lowest and the highest share show what one repository alone pays for.

No model is trained on these sets, but the guards were written with them in view: other repositories do worse.
`--show` prints each record that is not right. Needs the development data of the project beside the checkout
(`../shared/data`).
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from quality import Record, is_exact, nfc, ours, peers, print_table, read
from rapidfuzz.distance import Levenshtein


class Verdict(NamedTuple):
    """What a tool made of a record: whether it is right, whether it is worse than before, and the text."""

    right: bool
    harmed: bool
    text: str


def distance(text: str, wanted: str) -> int:
    """Characters to insert, delete or replace until one text is the other."""
    return int(Levenshtein.distance(text, wanted))


def verdict(record: Record, text: str) -> Verdict:
    """What a repaired text is worth."""
    if "clean" not in record:
        same = nfc(text) == nfc(record["text"])
        return Verdict(same, not same, text)
    right = is_exact(record, text)
    if right or text == record["corrupted"]:
        return Verdict(right, False, text)
    golds = [nfc(gold) for gold in (record["clean"], *record.get("also", []))]
    before = min(distance(nfc(record["corrupted"]), gold) for gold in golds)
    return Verdict(False, min(distance(nfc(text), gold) for gold in golds) > before, text)


def sets() -> dict[str, list[Record]]:
    """The records of each set: damaged ones whose right text is known, and correct ones by what they are like."""
    damaged = [record for record in read("mojibake/real_dev") if record["recoverable"] != "none"]
    found = {"real": [record for record in damaged if record.get("gold_known", True)]}
    for family in sorted({record["damage"] for record in damaged}):
        found[f"real, {family}"] = [record for record in found["real"] if record["damage"] == family]
    correct = read("mojibake/clean_real_dev")
    names = {"false-repair": "once-wrong", "unchanged": "unchanged", "looks-damaged": "looks-damaged"}
    for kind, name in names.items():
        found[name] = [record for record in correct if record["kind"].split(":")[0] == kind]
    return found


def source(record: Record) -> str:
    """The repository or the program that a record comes from."""
    name: str = record.get("repo") or record["source"]
    return name if "repo" in record else name.split(":")[0]


def by_source(records: Sequence[Record], right: Sequence[bool]) -> tuple[float, float, float]:
    """The share that is right if each source counts once; the lowest and the highest with one source left out."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for record, own in zip(records, right, strict=True):
        counts[source(record)][0] += own
        counts[source(record)][1] += 1
    mean = sum(good / size for good, size in counts.values()) / len(counts)
    good, size = sum(right), len(right)
    without = [(good - own) / (size - many) for own, many in counts.values() if many < size] or [mean]
    return mean, min(without), max(without)


def rows(
    name: str, records: Sequence[Record], tools: dict[str, Callable[[Sequence[str]], list[str]]], show: bool
) -> list[list[Any]]:
    """A row for each tool."""
    found = []
    for tool, repairer in tools.items():
        outputs = repairer([record["corrupted" if "clean" in record else "text"] for record in records])
        verdicts = [verdict(record, text) for record, text in zip(records, outputs, strict=True)]
        right = [own.right for own in verdicts]
        shares = sum(right) / len(right), sum(own.harmed for own in verdicts) / len(right)
        found.append([name, tool, len(records), sum(right), *shares, *by_source(records, right)])
        if show and tool == "newsclean":
            print_wrong(records, verdicts)
    return found


def print_wrong(records: Sequence[Record], verdicts: Sequence[Verdict]) -> None:
    """Each record that is not right."""
    for record, own in zip(records, verdicts, strict=True):
        if not own.right:
            kind = record.get("chain", record.get("kind"))
            print(record["id"], record["lang"], kind, record.get("damage", ""), source(record), "HARMED" * own.harmed)
            print("   in ", repr(record.get("corrupted", record.get("text"))))
            print("   out", repr(own.text))
            print("   exp", repr(record["clean"]) if "clean" in record else "the same")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print each record that is not right")
    parser.add_argument("--ours", action="store_true", help="ask no peers")
    parser.add_argument("--sets", nargs="*", help="default: all")
    options = parser.parse_args()
    tools = {"newsclean": ours} | ({} if options.ours else peers())
    table: list[list[Any]] = []
    for name, records in sets().items():
        if not options.sets or name in options.sets:
            table += rows(name, records, tools, options.show)
    head = ["set", "tool", "records", "right", "share", "harmed", "by source", "least without one", "most without one"]
    print_table(head, table)


if __name__ == "__main__":
    main()
