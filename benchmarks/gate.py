"""Fails when quality on a small, fixed sample of the development data falls below its floor.

    python benchmarks/gate.py            # measure and compare with benchmarks/floors.json; exit 1 below a floor
    python benchmarks/gate.py --raise    # raise the floors that are passed by more than their slack; none ever falls

Where the development data are not at hand, it says so and passes. The shipped models have seen much of the sample: the
gate guards against breakage and says nothing of how good the package is on other texts. Only the sources named unseen
were never trained on. A model that learns less by heart does worse on what it has seen. Then such a floor is lowered by
hand, in a commit that shows that figures of unseen and left-out texts have not fallen.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from quality import COPIES, DATA, changed, clusters, exact, labelled_pairs, ours, read, removal

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.01
"""How far below the measured value a floor is set: a case more or less is no breakage."""
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


def kept() -> float:
    """Article that stays, of extractor output."""
    return 1 - removal(extracted(), "balanced").shares()[0]


def removed() -> float:
    """Residue that goes, of extractor output."""
    return removal(extracted(), "balanced").shares()[1]


def kept_wild() -> float:
    """Article that stays, of crawled texts."""
    return 1 - removal(read("boilerplate/wild_dev", 2), "balanced").shares()[0]


def removed_wild() -> float:
    """Residue that goes, of crawled texts."""
    return removal(read("boilerplate/wild_dev", 2), "balanced").shares()[1]


def kept_unseen() -> float:
    """Article that stays, of sources whose licences keep them out of training."""
    return 1 - removal(unseen(), "balanced").shares()[0]


def removed_unseen() -> float:
    """Residue that goes, of the same."""
    return removal(unseen(), "balanced").shares()[1]


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
    "boilerplate: article kept": kept,
    "boilerplate: residue removed": removed,
    "boilerplate: article kept, crawled texts": kept_wild,
    "boilerplate: residue removed, crawled texts": removed_wild,
    "boilerplate: article kept, unseen sources": kept_unseen,
    "boilerplate: residue removed, unseen sources": removed_unseen,
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
