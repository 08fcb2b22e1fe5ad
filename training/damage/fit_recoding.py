"""Fit the weights of `newsclean.damage.judge`: how sure the best recoding of a line is.

    python training/damage/fit_recoding.py

Every suspicious line of the development data is judged with a plausibility model that never saw its language; the best
recoding is right if it gives a line of the correct text. Prints the weights, and errors on held-out folds.
"""

import functools
import sys
import unicodedata
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))
import evaluate
import sources

from newsclean.damage import judge
from newsclean.damage.signs import signs

FOLDS = 5
FAMILIES = ("sbcs-sbcs", "mbcs-sbcs", "mbcs-mbcs", "utf8-cjk", "utf8-cjk-lossy")
KIND_WEIGHTS = {"natural": 3, "nbsp": 3, "title": 3, "emoji": 3, "upper": 2, "word+symbol": 0.7}


def judgements(text: str) -> list[tuple[str, tuple[float, ...], str]]:
    """Kind, features and result of the best recoding of each suspicious line."""
    found = []
    for line in text.split("\n"):
        if not line.isascii() and signs(line).suspicious:
            seen: list[tuple[float, ...]] = []
            original = judge.features
            judge.features = lambda *a, seen=seen, original=original: seen.append(original(*a)) or seen[-1]
            try:
                best = judge.judged(line)
            finally:
                judge.features = original
            if best:
                found.append((best[0].kind, seen[0], judge.outcome(line, best[0])))
    return found


def examples() -> list[tuple[str, tuple[float, ...], int, float, int]]:
    """Kind, features, label, weight and fold of all judged lines."""
    rows = []
    for fold in range(FOLDS):
        evaluate.use_model(functools.partial(evaluate.fold_model, fold, FOLDS))
        for record in sources.read("dev.jsonl.gz"):
            usable = record["family"] in FAMILIES and record["recoverable"] == "full" and record["damage"] == "none"
            if usable and sources.fold(record["lang"], FOLDS, record["clean"]) == fold:
                lines = unicodedata.normalize("NFC", record["clean"]).split("\n")
                for kind, features, result in judgements(record["corrupted"]):
                    right = unicodedata.normalize("NFC", result) in lines
                    rows.append((kind, features, int(right), 1.0 if right else 4.0, fold))
        for record in sources.read("clean_dev.jsonl.gz"):
            if record["kind"] != "about-mojibake" and sources.fold(record["lang"], FOLDS, record["text"]) == fold:
                weight = 10.0 * KIND_WEIGHTS.get(record["kind"], 2)
                rows += [(kind, features, 0, weight, fold) for kind, features, _ in judgements(record["text"])]
    return rows


def main() -> None:
    rows = examples()
    for kind in ("page", "wide"):  # the others are told apart by their gain alone
        own = [row for row in rows if row[0] == kind]
        features, labels = np.array([row[1] for row in own]), np.array([row[2] for row in own])
        weights, folds = np.array([row[3] for row in own]), np.array([row[4] for row in own])
        held_out = np.zeros(len(own))
        for fold in range(FOLDS):
            model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=5000)
            model.fit(features[folds != fold], labels[folds != fold], sample_weight=weights[folds != fold])
            held_out[folds == fold] = model.predict_proba(features[folds == fold])[:, 1]
        wrong, hit = (held_out >= 0.5) & (labels == 0), (held_out >= 0.5) & (labels == 1)
        model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=5000).fit(features, labels, weights)
        print(f"{kind}: {wrong.sum()} wrong, {hit.sum()} of {labels.sum()} found", model.coef_[0].round(2))


if __name__ == "__main__":
    main()
