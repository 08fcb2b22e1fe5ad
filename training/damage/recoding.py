"""Fit the trees of `newsclean.damage.recoding.classifier`: how sure the best recoding of a line is.

    python -m training.damage.recoding

Lines of the development data are judged with models that never saw their language, once not even a list of its words;
the best recoding is right if it gives a line of the correct text. So are messages of programs in languages that the
data does not have, correct and misread. Writes
`src/newsclean/damage/recoding/data/recoding.npz`, and trees without each fold for cross-validation into a temporary
directory; prints what the latter get right and wrong.
"""

import collections
import html
import itertools
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np

from newsclean.compilation import kernels
from newsclean.damage.encodings import codepages
from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake import decoder
from newsclean.damage.recoding import classifier, features, single_byte, types
from newsclean.damage.screening.screen import screen_text
from training.damage import evaluate, sources
from training.trees import forest_arrays

OUT = Path(__file__).parents[2] / "src/newsclean/damage/recoding/data/recoding.npz"
FOLDS = 5
FAMILIES = ("sbcs-sbcs", "mbcs-sbcs", "mbcs-mbcs", "utf8-cjk", "utf8-cjk-lossy")
OTHERS = 4  # of the other families, every fourth case: lines that stay suspicious after decoding
WRONG, HARM = 4.0, 10.0  # weights of a wrong recoding of a damaged line, and of a correct line
KIND_WEIGHTS = {"natural": 3, "nbsp": 3, "title": 3, "emoji": 3, "upper": 2, "word+symbol": 0.7}
LONGEST = 1000  # code points of a line
SHORTEST, LONG = 12, 200  # code points of a message
MESSAGES = 50  # lines of messages in each language
MISREAD = 2  # wrong code pages that each is read in
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 16, "min_data_in_leaf": 20, "lambda_l2": 3.0,
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
            seen = screen_text(line)
            after = decoder.decode_mojibake([line], [seen], RepairHints(0.5))[0].text
            if after.isascii() or not screen_text(after).suspicious:
                continue
        yield line


def examples() -> Iterator[Example]:
    """All judged lines, each by two models that never saw the text."""
    records = [r for r in sources.read("dev.jsonl.gz") if r["recoverable"] == "full"]
    records = [r for i, r in enumerate(records) if r["family"] in FAMILIES or i % OTHERS == 0]
    correct = [r for r in sources.read("clean_dev.jsonl.gz") if r["kind"] != "about-mojibake"]
    for fold in range(FOLDS):
        for level in ("", "words"):
            evaluate.use_models(fold, FOLDS, level)
            for record in records:
                if sources.fold(record["lang"], FOLDS, record["clean"]) == fold:
                    lines = set(evaluate.nfc(record["clean"]).split("\n"))
                    for line in damaged(record):
                        found = classifier.examined(line)
                        if found:
                            right = evaluate.nfc(classifier.outcome(line, found[0])) in lines
                            weight = 1.0 if right else WRONG
                            yield Example(found[1], right, weight, record["lang"], record["clean"], record["family"])
            for record in correct:
                if sources.fold(record["lang"], FOLDS, record["text"]) == fold:
                    weight = HARM * KIND_WEIGHTS.get(record["kind"], 2)
                    for line in record["text"].split("\n"):
                        found = classifier.examined(line) if not line.isascii() and len(line) <= LONGEST else None
                        if found:
                            yield Example(found[1], False, weight, record["lang"], record["text"], record["kind"])


def built() -> Iterator[Example]:
    """Lines of messages in some hundred languages, correct and read in a wrong code page, judged by models that never
    saw their language: wrong recodings of languages that the development data does not have."""
    for fold in range(FOLDS):
        evaluate.use_models(fold, FOLDS)
        for code, line in messages():
            if sources.fold(code, FOLDS, line) != fold:
                continue
            found = classifier.examined(line)
            if found:
                yield Example(found[1], False, HARM * KIND_WEIGHTS["natural"], code, line, "built")
            for misread in misreadings(line):
                found = classifier.examined(misread)
                if found:
                    right = classifier.outcome(misread, found[0]) == line
                    yield Example(found[1], right, 1.0 if right else WRONG, code, line, "built")


def messages() -> list[tuple[str, str]]:
    """Some lines beyond ASCII of the messages in each language, with its code."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for stream in (sources.interface_texts, sources.site_texts):
        for code, text, _ in stream():
            for line in evaluate.nfc(text).split("\n"):
                if SHORTEST <= len(line) <= LONG and not line.isascii():
                    found[code].add(line.strip())
    return [
        (code, line)
        for code, lines in sorted(found.items())
        for line in sorted(lines, key=lambda line: (zlib.crc32(line.encode()), line))[:MESSAGES]
    ]


def misreadings(line: str) -> Iterator[str]:
    """A line written in a code page that has its characters and read in another one, as often as MISREAD says."""
    ways = []
    for written, read in itertools.product(types.COMMON, single_byte.READ_AS):
        own, wrong = codepages.characters(written), codepages.characters(read)
        places = {character: byte for byte, character in enumerate(own)}
        if written != read and all(character in places for character in line):
            ways.append("".join(wrong[places[character]] for character in line))
    ways = [way for way in ways if way != line and not any("\x80" <= character < "\xa0" for character in way)]
    yield from sorted(set(ways), key=lambda way: zlib.crc32(way.encode()))[:MISREAD]


def fitted(rows: list[Example]) -> dict[str, lightgbm.Booster]:
    """Trees of each kind that tell right recodings from wrong ones."""
    table, labels = np.array([row.features for row in rows], np.float32), np.array([row.right for row in rows], float)
    weights = np.array([row.weight for row in rows])
    return {
        kind: lightgbm.train(PARAMETERS, lightgbm.Dataset(table[:, :columns], labels, weight=weights), TREES)
        for kind, columns in zip(classifier.KINDS, (features.PLAIN, len(features.RECODING_FEATURES)), strict=True)
    }


def stored(boosters: dict[str, lightgbm.Booster]) -> dict[str, Any]:
    """The arrays that `classifier.unpack` reads."""
    return {
        name: array
        for kind, booster in boosters.items()
        for name, array in forest_arrays([booster], f"{kind}_").items()
    }


def main() -> None:
    rows = [*examples(), *built()]
    for folds in (2, FOLDS):
        chosen: collections.Counter[tuple[str, bool]] = collections.Counter()
        for fold in range(folds):
            own = [sources.fold(row.lang, folds, row.text) == fold for row in rows]
            trees = stored(fitted([row for row, inside in zip(rows, own, strict=True) if not inside]))
            np.savez_compressed(evaluate.forest_path(fold, folds), **trees)
            forests = classifier.unpack(trees)
            classifier.forests = lambda forests=forests: forests
            tested = (row for row, inside in zip(rows, own, strict=True) if inside)
            chosen.update((row.kind, row.right) for row in tested if classifier.probability(row.features) >= 0.5)
        print(f"{folds} folds, recoded:", {f"{kind} {right}": n for (kind, right), n in sorted(chosen.items())})
    np.savez_compressed(OUT, **stored(fitted(rows)))
    print(OUT, OUT.stat().st_size, len(rows), "lines,", sum(row.right for row in rows), "right")


if __name__ == "__main__":
    with kernels.tier(interprets=False):
        main()
