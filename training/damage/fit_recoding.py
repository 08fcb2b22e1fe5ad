"""Fit the trees of `newsclean.damage.judge`: how sure the best recoding of a line is.

    python training/damage/fit_recoding.py

Lines of the development data are judged with plausibility models that never saw their language, once not even by its
names; the best recoding is right if it gives a line of the correct text. Writes `data/recoding.npz`, and trees without
each fold for cross-validation into a temporary directory; prints what the latter get right and wrong.
"""

import collections
import functools
import html
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import evaluate
import sources

from newsclean import kernels
from newsclean.damage import judge, mojibake
from newsclean.damage.evidence import Context
from newsclean.damage.signs import signs

OUT = Path(__file__).parents[2] / "src/newsclean/damage/data/recoding.npz"
FOLDS = 5
FAMILIES = ("sbcs-sbcs", "mbcs-sbcs", "mbcs-mbcs", "utf8-cjk", "utf8-cjk-lossy")
OTHERS = 4  # of the other families, every fourth case: lines that stay suspicious after decoding
WRONG, HARM = 4.0, 10.0  # weights of a wrong recoding of a damaged line, and of a correct line
KIND_WEIGHTS = {"natural": 3, "nbsp": 3, "title": 3, "emoji": 3, "upper": 2, "word+symbol": 0.7}
LONGEST = 1000  # code points of a line
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 8, "min_data_in_leaf": 20, "lambda_l2": 3.0,
    "num_threads": 1, "deterministic": True, "force_col_wise": True, "seed": 1, "verbose": -1,
}  # fmt: skip
TREES = 120


class Example(NamedTuple):
    """A judged line: features, whether the recoding is right, weight, language and text (they tell the fold), kind."""

    features: tuple[float, ...]
    right: bool
    weight: float
    lang: str
    text: str
    kind: str


def damaged(record: dict[str, str]) -> Iterator[str]:
    """The lines of a damaged text that are judged."""
    own = record["family"] in FAMILIES
    for line in evaluate.nfc(html.unescape(record["corrupted"])).split("\n"):
        if line.isascii() or len(line) > LONGEST:
            continue
        if not own:
            seen = signs(line)
            after = mojibake.repair(line, seen, Context(0.5)).text
            if after.isascii() or not signs(after).suspicious:
                continue
        yield line


def examples() -> Iterator[Example]:
    """All judged lines, each by two models that never saw the text."""
    records = [r for r in sources.read("dev.jsonl.gz") if r["recoverable"] == "full"]
    records = [r for i, r in enumerate(records) if r["family"] in FAMILIES or i % OTHERS == 0]
    correct = [r for r in sources.read("clean_dev.jsonl.gz") if r["kind"] != "about-mojibake"]
    for fold in range(FOLDS):
        for known in (False, True):
            evaluate.use_model(functools.partial(evaluate.fold_model, fold, FOLDS, known))
            for record in records:
                if sources.fold(record["lang"], FOLDS, record["clean"]) == fold:
                    lines = set(evaluate.nfc(record["clean"]).split("\n"))
                    for line in damaged(record):
                        found = judge.examined(line)
                        if found:
                            right = evaluate.nfc(judge.outcome(line, found[0])) in lines
                            weight = 1.0 if right else WRONG
                            yield Example(found[1], right, weight, record["lang"], record["clean"], record["family"])
            for record in correct:
                if sources.fold(record["lang"], FOLDS, record["text"]) == fold:
                    weight = HARM * KIND_WEIGHTS.get(record["kind"], 2)
                    for line in record["text"].split("\n"):
                        found = judge.examined(line) if not line.isascii() and len(line) <= LONGEST else None
                        if found:
                            yield Example(found[1], False, weight, record["lang"], record["text"], record["kind"])


def fitted(rows: list[Example]) -> lightgbm.Booster:
    """Trees that tell right recodings from wrong ones."""
    table, labels = np.array([row.features for row in rows]), np.array([row.right for row in rows], float)
    weights = np.array([row.weight for row in rows])
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(table, labels, weight=weights), TREES)


def packed(booster: lightgbm.Booster) -> dict[str, Any]:
    """The arrays of `judge.Forest`."""
    nodes: list[tuple[int, float, int, float]] = []
    roots = []
    for tree in booster.dump_model()["tree_info"]:
        roots.append(len(nodes))
        nodes.append((-1, 0.0, 0, 0.0))
        pending = [(roots[-1], tree["tree_structure"])]
        while pending:
            place, node = pending.pop()
            if "leaf_value" in node:
                nodes[place] = (-1, 0.0, 0, node["leaf_value"])
                continue
            left = len(nodes)
            nodes[place] = (node["split_feature"], node["threshold"], left, 0.0)
            nodes += [(-1, 0.0, 0, 0.0)] * 2
            pending += [(left, node["left_child"]), (left + 1, node["right_child"])]
    feature, threshold, child, value = zip(*nodes, strict=True)
    return {
        "feature": np.array(feature, np.int8),
        "threshold": np.array(threshold, np.float32),
        "child": np.array(child, np.int16),
        "value": np.array(value, np.float32),
        "roots": np.array(roots, np.int16),
    }


def main() -> None:
    rows = list(examples())
    for folds in (2, FOLDS):
        chosen: collections.Counter[tuple[str, bool]] = collections.Counter()
        for fold in range(folds):
            own = [sources.fold(row.lang, folds, row.text) == fold for row in rows]
            booster = fitted([row for row, inside in zip(rows, own, strict=True) if not inside])
            np.savez_compressed(evaluate.forest_path(fold, folds), **packed(booster))
            tested = [row for row, inside in zip(rows, own, strict=True) if inside]
            sure = booster.predict(np.array([row.features for row in tested]))
            chosen.update((row.kind, row.right) for row, p in zip(tested, sure, strict=True) if p >= 0.5)
        print(f"{folds} folds, recoded:", {f"{kind} {right}": n for (kind, right), n in sorted(chosen.items())})
    np.savez_compressed(OUT, **packed(fitted(rows)))
    print(OUT, OUT.stat().st_size, len(rows), "lines,", sum(row.right for row in rows), "right")


if __name__ == "__main__":
    with kernels.tier(interprets=False):
        main()
