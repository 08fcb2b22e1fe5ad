"""Fails when quality on a small, fixed sample of the development data falls below its floor.

    python benchmarks/gate.py            # measure and compare with benchmarks/floors.json; exit 1 below a floor
    python benchmarks/gate.py --raise    # raise the floors that are passed by more than their slack; none ever falls

Where the development data are not at hand, it says so and passes. The shipped models have seen much of the sample: the
gate guards against breakage and says nothing of how good the package is on other texts. Only the sources named unseen
were never trained on. A model that learns less by heart does worse on what it has seen. Then such a floor is lowered by
hand, in a commit that shows that figures of unseen and left-out texts have not fallen.
"""

import argparse
import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from quality import COPIES, DATA, Removal, changed, characters, clusters, exact, labelled_pairs, ours, read

from newsclean.boilerplate import strip_batch
from newsclean.settings import BoilerplateSettings

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.01
"""How far below the measured value a floor is set: a case more or less is no breakage."""
HEAVIEST = 0.05
"""The greatest share of a sample that one text may be. (A list of lives of photographers was two fifths of one.)"""
ROUNDS = 50  # in which the weight of the heaviest texts settles
UNSEEN = ("dragnet", "omnivore", "crf-article")
"""Sources that `training.boilerplate.cases.NOT_SHIPPED` keeps out of training."""


def restored() -> float:
    """Damaged texts of all kinds that are restored exactly."""
    records = [record for record in read("mojibake/dev", 10) if record["recoverable"] == "full"]
    return sum(exact(records, ours)) / len(records)


def restored_wild() -> float:
    """The same of damage found in the wild."""
    records = [record for record in read("mojibake/real_dev") if record["recoverable"] != "none"]
    return sum(exact(records, ours)) / len(records)


def unchanged() -> float:
    """Correct texts that stay as they are."""
    records = read("mojibake/clean_dev", 20) + read("mojibake/clean_real_dev", 20)
    return 1 - sum(changed(records, ours)) / len(records)


class Shares(NamedTuple):
    """Of a sample: the share of the article that stays, and of the residue that goes."""

    kept: float
    removed: float


@functools.cache
def shares(sample: Callable[[], list[dict[str, object]]]) -> Shares:
    """What `balanced` does to a sample, no text counting for more than HEAVIEST of it."""
    counts = np.array(balanced(sample()), float)
    article, lost, residue, removed = counts.T
    return Shares(1 - _share(lost, article), _share(removed, residue))


def _share(some: NDArray[np.float64], every: NDArray[np.float64]) -> float:
    """The share of `some` in `every`, an entry a text.

    >>> _share(np.array([900.0] + [1.0] * 19), np.array([1000.0] + [2.0] * 19))
    0.52
    """
    most = every.max()
    for _ in range(ROUNDS):
        most = HEAVIEST * np.minimum(every, most).sum()
    weight = np.minimum(every, most)
    return round(float((weight * some / np.maximum(every, 1)).sum() / weight.sum()), 6)


def crawled() -> list[dict[str, object]]:
    """A sample of texts of public crawls."""
    return read("boilerplate/wild_dev", 2)


def balanced(records: list[dict[str, object]]) -> list[Removal]:
    """What `balanced` does to each text."""
    texts = [str(record["text"]) for record in records]
    found = strip_batch(texts, BoilerplateSettings(mode="balanced"))
    return [characters(record, cleaned) for record, cleaned in zip(records, found, strict=True)]


def unseen() -> list[dict[str, object]]:
    """A sample of extractor output that no shipped weights were trained on."""
    records = [record for record in read("boilerplate/more") if record["regime"] == "residue"]
    return [record for record in records if record["source_dataset"] in UNSEEN][::3]


def extracted() -> list[dict[str, object]]:
    """A sample of extractor output."""
    return [record for record in read("boilerplate/dev", 40) if record["regime"] == "residue"]


MEASURES: dict[str, Callable[[], float]] = {
    "repair: damaged texts restored": restored,
    "repair: damage of the wild restored": restored_wild,
    "repair: correct texts unchanged": unchanged,
    "boilerplate: article kept": lambda: shares(extracted).kept,
    "boilerplate: residue removed": lambda: shares(extracted).removed,
    "boilerplate: article kept, crawled texts": lambda: shares(crawled).kept,
    "boilerplate: residue removed, crawled texts": lambda: shares(crawled).removed,
    "boilerplate: article kept, unseen sources": lambda: shares(unseen).kept,
    "boilerplate: residue removed, unseen sources": lambda: shares(unseen).removed,
    "copies: F1, constructed": lambda: clusters("t1_variants", COPIES)[2],
    "copies: F1, real": lambda: labelled_pairs("t1_real")[2],
    "stories: F1, BASIL": lambda: clusters("t2_basil", (*COPIES, "same_story"))[2],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--raise", dest="rising", action="store_true", help="raise floors, where they are passed by far"
    )
    rising = parser.parse_args().rising
    if not DATA.exists():
        print(f"gate: skipped, the development data are not at {DATA}")
        return
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    below = []
    for name, measure in MEASURES.items():
        value, floor = measure(), floors.get(name, 0.0)
        print(f"{name}: {value:.4f} (floor {floor:.4f})", flush=True)
        if value < floor:
            below.append(name)
        if rising:
            floors[name] = max(floor, round(value - SLACK, 4))
    if rising:
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    if below:
        sys.exit(f"below the floor: {', '.join(below)}")


if __name__ == "__main__":
    main()
