"""Fit the weights of `newsclean.damage.mojibake.confidence`: how sure a decoded run is.

    python -m training.damage.confidence

Right runs come from development cases that are repaired exactly, wrong ones from every run found in correct text, each
judged with a plausibility model that never saw its language. Prints the weights, and errors on held-out folds, beside
those of the weights that are shipped.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

from newsclean.compilation import kernels
from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake import confidence, decoder
from newsclean.damage.screening.screen import screen_text
from training.damage import evaluate, sources

FOLDS = 5
KIND_WEIGHTS = {"natural": 3, "nbsp": 3, "title": 3, "emoji": 3, "upper": 2, "word+symbol": 0.7}
WRONG = 10  # a wrong repair weighs as much as ten missed ones


def recorded(text: str, context: RepairHints) -> tuple[str, list[tuple[float, ...]]]:
    """The text decoded, and the features of all runs that got a closer look."""
    seen: list[tuple[float, ...]] = []
    original = confidence.weigh

    def spy(*arguments: object) -> tuple[np.ndarray, np.ndarray]:
        sure, values = original(*arguments, features=True)
        seen.extend(map(tuple, values[values[:, 0] > 0].tolist()))
        return sure, values

    confidence.weigh = spy
    try:
        decoded = decoder.decode_mojibake([text], [screen_text(text)], context)[0].text
    finally:
        confidence.weigh = original
    return decoded, seen


def examples() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels, weights and folds of all runs."""
    rows, labels, weights, folds = [], [], [], []
    damaged = [r for r in sources.read("dev.jsonl.gz") if r["recoverable"] == "full" and "utf8>" in r["chain"]]
    for fold in range(FOLDS):
        evaluate.use_models(fold, FOLDS, "names")
        for record in damaged:
            if sources.fold(record["lang"], FOLDS, record["clean"]) == fold:
                text, seen = recorded(record["corrupted"], RepairHints(0.02))
                if seen and evaluate.nfc(text) == evaluate.nfc(record["clean"]):
                    rows += seen
                    labels += [1] * len(seen)
                    weights += [len(seen) ** -0.5] * len(seen)
                    folds += [fold] * len(seen)
        for record in sources.read("clean_dev.jsonl.gz"):
            if record["kind"] != "about-mojibake" and sources.fold(record["lang"], FOLDS, record["text"]) == fold:
                _, seen = recorded(record["text"], RepairHints(1.1))
                rows += seen
                labels += [0] * len(seen)
                weights += [WRONG * KIND_WEIGHTS.get(record["kind"], 2)] * len(seen)
                folds += [fold] * len(seen)
    return np.array(rows), np.array(labels), np.array(weights), np.array(folds)


def main() -> None:
    rows, labels, shares, folds = examples()

    def fitted(which: np.ndarray) -> LogisticRegression:
        model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=3000)
        return model.fit(rows[which], labels[which], sample_weight=shares[which])

    held_out = np.zeros(len(labels))
    for fold in range(FOLDS):
        held_out[folds == fold] = fitted(folds != fold).predict_proba(rows[folds == fold])[:, 1]
    shipped = 1 / (1 + np.exp(-(rows @ np.array(confidence.WEIGHTS))))
    for name, sure in (("fitted", held_out), ("shipped", shipped)):
        for threshold in (0.3, 0.5, 0.7, 0.9):
            wrong, missed = (sure >= threshold) & (labels == 0), (sure < threshold) & (labels == 1)
            print(f"{name} {threshold}: {wrong.sum()} wrong, {missed.sum()} of {labels.sum()} missed")
    for name, weight, now in zip(confidence.RUN_FEATURES, fitted(folds >= 0).coef_[0], confidence.WEIGHTS, strict=True):
        print(f"{name:16}{weight:8.2f}   shipped{now:8.2f}")


if __name__ == "__main__":
    with kernels.tier(interprets=False):
        main()
