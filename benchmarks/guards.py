"""What the bounds of the guards of repair are worth where they were chosen without a repository or program.

    python benchmarks/guards.py

Each bound is tried a step to either side. For each source (a repository of damaged lines, a program or site of correct
ones) the settings that do best on all others are taken: a right line counts 1, a harmed one -10. What they make of the
source is summed up, beside what the shipped bounds make of it. The words themselves come from `wordfreq`, never from
these sources. Needs the development data of the project beside the checkout (`../shared/data`).
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import NamedTuple

from quality import Record, ours, print_table
from real_damage import sets, source, verdict

from newsclean.damage import ftfy_fallback
from newsclean.damage.lossy import lost_bytes, repair
from newsclean.damage.models import words
from newsclean.damage.recoding import by_words, classifier, known_words, vetoes

HARM = 10  # right lines that one harmed line costs
SETS = ("real", "once-wrong", "looks-damaged")
CACHES = (classifier.judged, repair.repair_line, words.filled)


class Bound(NamedTuple):
    """A bound of a guard and the values that are tried beside the shipped one."""

    room: ModuleType
    name: str
    others: tuple[float, ...]


BOUNDS = (
    Bound(by_words, "LONG", (4, 6)),
    Bound(by_words, "LONG_LETTERS", (5, 7)),
    Bound(by_words, "SHARE", (0.35, 0.65)),
    Bound(by_words, "LEAST_SHARE", (0.2, 0.4)),
    Bound(by_words, "MANY", (2, 6)),
    Bound(lost_bytes, "SURE", (3.0, 7.0)),
    Bound(lost_bytes, "SURE_UNLISTED", (2.0, 5.0)),
    Bound(known_words, "LONG", (4, 6)),
    Bound(known_words, "SHARE", (0.45, 0.75)),
    Bound(known_words, "FEW", (10, 20)),
    Bound(known_words, "FEW_WORDS", (2, 4)),
    Bound(known_words, "CLOSER", (0.4, 0.8)),
    Bound(vetoes, "FEW", (1, 3)),
    Bound(ftfy_fallback, "GAIN", (25.0, 60.0)),
)


@contextmanager
def moved(bound: Bound | None, value: float) -> Iterator[None]:
    """Repair with one bound moved."""
    before = getattr(bound.room, bound.name) if bound else 0
    try:
        if bound:
            setattr(bound.room, bound.name, value)
        for remembered in CACHES:
            remembered.cache_clear()
        yield
    finally:
        if bound:
            setattr(bound.room, bound.name, before)


def scores(records: list[Record]) -> tuple[list[bool], list[bool]]:
    """Which lines are right, and which are harmed."""
    outputs = ours([record["corrupted" if "clean" in record else "text"] for record in records])
    verdicts = [verdict(record, text) for record, text in zip(records, outputs, strict=True)]
    return [own.right for own in verdicts], [own.harmed for own in verdicts]


def main() -> None:
    found = sets()
    records = [record for name in SETS for record in found[name]]
    kinds = [name for name in SETS for _ in found[name]]
    tried: list[tuple[str, list[bool], list[bool]]] = []
    steps: list[tuple[Bound | None, float]] = [(own, value) for own in BOUNDS for value in own.others]
    for bound, value in [(None, 0.0), *steps]:
        with moved(bound, value):
            name = f"{bound.room.__name__.rpartition('.')[2]}.{bound.name} {value}" if bound else "shipped"
            tried.append((name, *scores(records)))
    rows = [
        [name, *(sum(v for v, k in zip(right, kinds, strict=True) if k == kind) for kind in SETS), sum(harmed)]
        for name, right, harmed in tried
    ]
    print_table(["bounds", *(f"right, {kind}" for kind in SETS), "harmed"], rows)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        places[source(record)].append(at)
    values = [[r - HARM * h for r, h in zip(right, harmed, strict=True)] for _, right, harmed in tried]
    kept, chosen = defaultdict(int), defaultdict(int)
    harms = 0
    for own in places.values():
        best = max(range(len(tried)), key=lambda k: sum(values[k]) - sum(values[k][at] for at in own))
        chosen[tried[best][0]] += 1
        harms += sum(tried[best][2][at] for at in own)
        for at in own:
            kept[kinds[at]] += tried[best][1][at]
    print_table(
        ["each source with bounds of the others", *(f"right, {kind}" for kind in SETS), "harmed"],
        [[f"{len(places)} sources", *(kept[kind] for kind in SETS), harms]],
    )
    print("chosen:", ", ".join(f"{name} ({count} sources)" for name, count in chosen.items()))


if __name__ == "__main__":
    main()
