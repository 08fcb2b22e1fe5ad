"""Choose the operating points: `python -m training.boilerplate.points DIR CASES.jsonl.gz... [--modes balanced]`.

DIR holds the models of `training.boilerplate.validate`, each of which has seen none of the repositories, domains and
outlets of its fold. The point of a mode is the one that removes most, less the price of what it loses. It is
chosen on all folds but one and judged on that one, in turn, which is what is reported; the last row of each mode is the
point chosen on all folds, which is to be written into `decision/selection.py`.
"""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.breaks import restored
from newsclean.boilerplate.decision import POINTS, Point, removable
from newsclean.boilerplate.evidence import Context, Evidence, gather
from newsclean.boilerplate.lines import LineColumn
from newsclean.compilation import expect
from newsclean.settings import BoilerplateSettings
from training.boilerplate import cases, shapes, validate
from training.boilerplate.cases import Record

GROUPS = ("own", "joined", "wrapped", "gold", "voted", "page")
WILD = 3  # groups of texts from the wild
WORTH = (1.0, 0.5, 0.3, 0.7, 0.3, 0.3)  # of a share of residue removed, by group
DIRTY = (5.0, 5.0, 5.0, 1.0, 0.0, 0.0)  # what a share of clean texts that do not stay costs, in shares of residue
PRICES = {"safe": 30.0, "balanced": 2.75, "thorough": 1.0}  # of a letter of article, in letters of residue
CLEAN = {"safe": 0.998, "balanced": 0.992, "thorough": 0.96}  # share of clean texts from the wild that is to stay
CLEAN_GOLD = 0.975  # the same of extracted ones
STEPS = (-0.4, -0.2, 0.2, 0.4)  # of log-odds
FIXED = ("template", "title")  # no labelled text has a source that repeats itself
PASSES = 3


class Texts(NamedTuple):
    """The evidence on texts of a fold, the group of each text, and each segment's letters of article and residue."""

    fold: int
    evidence: Evidence
    group: NDArray[np.int64]
    letters: NDArray[np.int64]


class Tally(NamedTuple):
    """By group: residue, removed, article, lost, clean texts, those left as they are."""

    counts: NDArray[np.float64]

    def shares(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Of residue removed, of article lost, of clean texts untouched."""
        residue, removed, article, lost, clean, untouched = self.counts.T
        return removed / np.maximum(residue, 1), lost / np.maximum(article, 1), untouched / np.maximum(clean, 1)


def collected(directory: Path, records: Sequence[Record], most: int) -> list[Texts]:
    """All folds' texts, as the fold's model sees them."""
    found = []
    for fold, left_out, judged in validate.folds_of(records, most):
        with validate.left_out_model(directory / f"fold{fold}.npz", left_out):
            wild = [record for record in judged if shapes.is_wild(record)]
            others = [record for record in judged if not shapes.is_wild(record)]
            found.append(_texts(fold, wild, "own"))
            found.append(_texts(fold, [shapes.joined(record) for record in wild], "joined"))
            found.append(_texts(fold, [shapes.wrapped(record, 78) for record in wild], "wrapped"))
            found.append(_texts(fold, others, ""))
    return found


def _texts(fold: int, records: Sequence[Record], group: str) -> Texts:
    texts = [record["text"] for record in records]
    expect(texts)
    evidence = gather(restored(texts), Context(BoilerplateSettings(), None, [None] * len(texts)))
    table = evidence.lines.table[:, [LineColumn.TEXT, LineColumn.START, LineColumn.END]]
    spans = [cases.scored_characters(record) for record in records]
    letters = np.array(
        [spans[text][:, end] - spans[text][:, start] for text, start, end in table.tolist()], np.int64
    ).reshape(-1, 2)
    groups = [GROUPS.index(group or _group(record)) for record in records]
    return Texts(fold, evidence, np.array(groups, np.int64), letters)


def _group(record: Record) -> str:
    if record["regime"] == "page":
        return "page"
    return "voted" if record.get("gold_kind") == "consensus" else "gold"


def tally(texts: Iterable[Texts], point: Point) -> Tally:
    counts = np.zeros((len(GROUPS), 6))
    for each in texts:
        gone = removable(each.evidence, point)
        text = each.evidence.lines.table[:, LineColumn.TEXT]
        sums = [
            np.bincount(text, column * weight, len(each.group))
            for column in (each.letters[:, 1], each.letters[:, 0])
            for weight in (np.ones(len(gone)), gone)
        ]
        clean = sums[0] == 0
        for column, values in enumerate([*sums, clean, clean & (sums[3] == 0)]):
            counts[:, column] += np.bincount(each.group, values, len(GROUPS))
    return Tally(counts)


def value(found: Tally, mode: str) -> float:
    """How good a point is: what it removes, less the price of what it loses and of clean texts that it touches."""
    residue, removed, _, lost, clean, untouched = found.counts.T
    worth = (removed - PRICES[mode] * lost) / np.maximum(residue, 1)
    wanted = np.array([CLEAN[mode]] * WILD + [CLEAN_GOLD] * (len(GROUPS) - WILD))
    dirty = np.maximum(wanted - untouched / np.maximum(clean, 1), 0)
    return float(worth @ np.array(WORTH) - dirty @ np.array(DIRTY))


def best(texts: Sequence[Texts], mode: str, start: Point) -> Point:
    """The best point that steps of one bound at a time lead to."""
    point, most = start, value(tally(texts, start), mode)
    for _ in range(PASSES):
        before = most
        for name in [name for name in Point._fields if name not in FIXED]:
            for step in STEPS:
                trial = point._replace(**{name: _moved(getattr(point, name), step)})
                if (found := value(tally(texts, trial), mode)) > most + 1e-4:
                    point, most = trial, found
        if most == before:
            break
    return point


def _moved(probability: float, step: float) -> float:
    odds = np.log(probability / (1 - probability)) + step
    return round(float(1 / (1 + np.exp(-odds))), 3)


def row(name: str, found: Tally) -> str:
    cells = [
        f"{share:.3f} · {100 * lost:.2f} % · {clean:.3f}" for share, lost, clean in zip(*found.shares(), strict=True)
    ]
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=600, help="extracted texts that are looked at, a fold")
    parser.add_argument("--modes", nargs="+", default=list(POINTS))
    options = parser.parse_args()
    texts = collected(options.directory, cases.read(options.cases), options.most)
    print(f"| removed · lost · clean untouched | {' | '.join(GROUPS)} |\n{'| --- ' * (1 + len(GROUPS))}|")
    for mode in options.modes:
        print(row(f"{mode}, as it is", tally(texts, POINTS[mode])))
        nested = np.zeros((len(GROUPS), 6))
        for fold in range(validate.FOLDS):
            rest = [each for each in texts if each.fold != fold]
            chosen = best(rest, mode, POINTS[mode])
            nested += tally([each for each in texts if each.fold == fold], chosen).counts
        print(row(f"{mode}, chosen on other folds", Tally(nested)))
        chosen = best(texts, mode, POINTS[mode])
        print(row(f"{mode}, chosen on all", tally(texts, chosen)))
        print(f"    {chosen}", flush=True)


if __name__ == "__main__":
    main()
