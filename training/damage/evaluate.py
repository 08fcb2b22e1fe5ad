"""Cross-validated figures of repair: each fold of the languages is repaired with a model that never saw it.

    python -m training.damage.evaluate [--folds N] [--known names|words] [--show FAMILY] [--clean]

With `--known names` running text and word lists of its language are unknown, as for languages of which little more than
names and messages of programs is at hand; with `--known words` a list of words without frequencies is known, too. Fold
models are trained into a temporary directory once; `--folds 0` uses the shipped model.
"""

import argparse
import collections
import functools
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import numpy as np

from newsclean.damage import repair_batch
from newsclean.damage.lossy import repair
from newsclean.damage.models import bigrams, character_classes, letter_pairs
from newsclean.damage.recoding import classifier
from newsclean.edits import apply_edits as apply_edits
from newsclean.models import Forest
from training.damage import sources

ROOT = Path(__file__).parents[2]


def fold_arrays(fold: int, folds: int, level: str, kind: str) -> dict[str, np.ndarray]:
    """The arrays of a model of a kind trained without the languages of one fold, as far as `level` says."""
    directory = Path(tempfile.gettempdir())
    path = directory / sources.model_name(fold, folds, level, kind)
    if not path.exists():
        subprocess.run(
            [sys.executable, "-m", "training.damage.plausibility", "--folds", str(folds), "--out", directory],
            cwd=ROOT,
            check=True,
        )
    with np.load(path) as data:
        return {name: data[name] for name in data.files}


def forest_path(fold: int, folds: int) -> Path:
    """Where the trees are kept that judge recodings without having seen the languages of one fold."""
    return Path(tempfile.gettempdir()) / f"newsclean-recoding-{fold}-{folds}.npz"


@functools.cache
def fold_forests(fold: int, folds: int) -> tuple[Forest, ...]:
    """The trees that judge recodings, fitted without the languages of one fold."""
    if not forest_path(fold, folds).exists():
        subprocess.run([sys.executable, "-m", "training.damage.recoding"], cwd=ROOT, check=True)
    with np.load(forest_path(fold, folds)) as data:
        return classifier.unpack(data)


def use_models(fold: int, folds: int, level: str = "") -> None:
    """Let all repairs from now on use the models of a fold."""
    model = bigrams.unpack(fold_arrays(fold, folds, level, "damage"))
    letters = letter_pairs.unpack(fold_arrays(fold, folds, level, "languages"))
    bigrams.model = lambda: model
    letter_pairs.model = lambda: letters
    caches = (
        *(bigrams.pair_cost, bigrams._bigrams, bigrams._numbers, repair.repair_line),
        *(letter_pairs._table, classifier.judged, character_classes.script, character_classes.script_number),
    )
    character_classes.KINDS[:] = 0
    for cached in caches:
        cached.cache_clear()


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def repaired(records: list, key: str, folds: int, level: str = "") -> list[str]:
    """Outputs for all records, each by the model that may see its language."""
    if not folds:
        return [cleaned.text for cleaned in repair_batch([record[key] for record in records])]
    output = [""] * len(records)
    for fold in range(folds):
        places = [
            i
            for i, record in enumerate(records)
            if sources.fold(record["lang"], folds, record.get("clean", record.get("text"))) == fold
        ]
        use_models(fold, folds, level)
        classifier.forests = functools.partial(fold_forests, fold, folds)
        for place, cleaned in zip(places, repair_batch([records[i][key] for i in places]), strict=True):
            output[place] = cleaned.text
    return output


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=2, help="0: the shipped model")
    parser.add_argument("--known", default="", choices=[*sources.LEVELS])
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="use every n-th record only")
    parser.add_argument("--show", default="")
    parser.add_argument("--damage", default="")
    parser.add_argument("--limit", type=int, default=30)
    arguments = parser.parse_args()
    if arguments.clean:
        clean(arguments)
    else:
        damaged(arguments)


def damaged(arguments: argparse.Namespace) -> None:
    records = [record for record in sources.read("dev.jsonl.gz") if record["recoverable"] != "none"]
    records = records[:: arguments.every]
    if arguments.show:
        records = [r for r in records if arguments.show in (r["family"], r["chain"])]
    if arguments.damage:
        records = [r for r in records if r["damage"] == arguments.damage]
    start = time.time()
    outputs = repaired(records, "corrupted", arguments.folds, arguments.known)
    seconds = time.time() - start
    tally: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0, 0])
    shown = 0
    for record, output in zip(records, outputs, strict=True):
        right = nfc(output) in {nfc(text) for text in (record["clean"], *record.get("also", []))}
        for key in ("ALL", record["recoverable"], record["family"], "~" + record["damage"], "~~" + record["size"]):
            row = tally[key]
            row[0] += 1
            row[1] += right
            row[2] += right and record["recoverable"] == "full"
            row[3] += record["recoverable"] == "full"
        if (arguments.show or arguments.damage) and not right and shown < arguments.limit:
            shown += 1
            print(record["chain"], record["damage"], record["size"], record["lang"], record["recoverable"])
            print("   in ", repr(record["corrupted"][:200]))
            print("   out", repr(output[:200]))
            print("   exp", repr(record["clean"][:200]))
    print(f"{seconds:.1f} s")
    for key, (n, right, right_full, full) in sorted(tally.items()):
        print(f"{key:26}{n:6} {right / n:7.1%}  full {right_full / max(full, 1):7.1%}")


def clean(arguments: argparse.Namespace) -> None:
    records = sources.read("clean_dev.jsonl.gz")[:: arguments.every]
    outputs = repaired(records, "text", arguments.folds, arguments.known)
    wrong: collections.Counter[str] = collections.Counter()
    for record, output in zip(records, outputs, strict=True):
        if nfc(record["text"]) != nfc(output):
            wrong[record["kind"]] += 1
            if wrong[record["kind"]] <= arguments.limit:
                i = next((i for i, (a, b) in enumerate(zip(record["text"], output, strict=False)) if a != b), 0)
                print(
                    record["kind"],
                    record["lang"],
                    repr(record["text"][max(0, i - 15) : i + 12]),
                    repr(output[max(0, i - 15) : i + 12]),
                )
    print(dict(wrong), sum(wrong.values()))


if __name__ == "__main__":
    main()
