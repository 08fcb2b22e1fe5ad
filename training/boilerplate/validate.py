"""How the removal does on texts nobody tuned it to: `python -m training.boilerplate.validate DIR CASES.jsonl.gz...`

The repositories of texts from the wild and the domains of extracted ones are dealt to folds. For each fold a model is
trained without its repositories and domains (nor any text of an outlet in it) and kept in DIR; the texts left out are
stripped with it by the whole package, as they are, joined to one line, and wrapped at 78 columns. Prints a table.
`--sources` leaves out one source at a time instead. `--share` trains on fewer extracted texts, `--members` on fewer
committees, for trials.
"""

import argparse
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate import evidence, strip_batch, tagger
from newsclean.boilerplate.rules import phrases, with_ngrams
from newsclean.models import Forest
from newsclean.settings import MODES, BoilerplateSettings
from training.boilerplate import cases, model, scoring, shapes
from training.boilerplate.cases import Record

FOLDS = 4
Arrays = dict[str, NDArray[Any]]


@contextmanager
def phrases_without(names: set[str]) -> Iterator[None]:
    """The package without phrases that were read from collections with these names."""
    every = phrases()
    known = tuple(
        phrase
        for phrase in every
        if not (phrase.source.startswith("read:") and any(name.startswith(phrase.source[5:]) for name in names))
    )
    modules = [sys.modules[f"newsclean.boilerplate.{name}"] for name in ("rules.phrases", "rules.inside", "pieces")]
    caches = [modules[0].dictionary, modules[1]._cues]
    with ExitStack() as stack:
        for module in modules:
            stack.enter_context(mock.patch.object(module, "phrases", return_value=known))
        for cache in caches:
            cache.cache_clear()
            stack.callback(cache.cache_clear)
        yield


@contextmanager
def installed(arrays: Arrays) -> Iterator[None]:
    """The package with another model than the shipped one."""
    known = with_ngrams(arrays["keys"], arrays["weights"])
    ngrams = mock.patch.object(evidence, "dictionary", return_value=known)
    both = Forest.load(arrays), Forest.load(arrays, tagger.SECOND)
    trees = mock.patch.object(tagger, "forests", return_value=both)
    with ngrams, trees:
        yield


def trained(records: Sequence[Record], copies: float, members: int, short: bool) -> Arrays:
    """The weights of a model."""
    material = model.material(cases.tables(shapes.with_copies(records, copies, short)))
    everything = np.ones(len(material.fold), np.bool_)
    linear = model.linear_model(material)
    found = model.rows(material, linear, everything)
    return {"keys": material.keys, "weights": linear(everything), **model.forests(material, found, members)}


def dealt(records: Sequence[Record]) -> list[int]:
    """The fold of each record: repositories of the wild dealt by size, those read later after the others, domains by
    their names."""
    fold: dict[str, int] = {}
    load = [0] * FOLDS
    for later in (False, True):
        sizes: dict[str, int] = defaultdict(int)
        for record in records:
            if shapes.is_wild(record) and record.get("read", False) == later:
                sizes[cases.repository(record)] += 1
        for name in sorted(sizes.keys() - fold.keys(), key=lambda name: (-sizes[name], name)):
            fold[name] = load.index(min(load))
            load[fold[name]] += sizes[name]
    return [
        fold[cases.repository(record)]
        if shapes.is_wild(record)
        else zlib.crc32((record["domain_key"] or record["id"]).encode()) % FOLDS
        for record in records
    ]


def without(records: Sequence[Record], left_out: Sequence[Record], share: float) -> list[Record]:
    """The records to train on: none left out, and none of an outlet in it."""
    ids = {record["id"] for record in left_out}
    domains = {record["domain_key"] for record in left_out} - {""}
    rest = [record for record in cases.shippable(records) if record["id"] not in ids]
    rest = [record for record in rest if record["domain_key"] not in domains]
    return [
        record for record in rest if shapes.is_wild(record) or zlib.crc32(record["page"].encode()) % 1000 < 1000 * share
    ]


def folds_of(
    records: Sequence[Record], most: int, sources: bool = False
) -> Iterator[tuple[int, list[Record], list[Record]]]:
    """Each fold, the records left out in it, and those of them that are judged: at most so many extracted ones."""
    if sources:
        names = sorted(
            {record["source_dataset"] for record in records if record.get("gold") and "gold_kind" not in record}
        )
        folds = [
            names.index(record["source_dataset"]) if record["source_dataset"] in names else -1 for record in records
        ]
    else:
        folds = dealt(records)
    for fold in sorted({fold for fold in folds if fold >= 0}):
        left_out = [record for record, own in zip(records, folds, strict=True) if own == fold]
        extracted = [record for record in left_out if not shapes.is_wild(record)]
        extracted.sort(key=lambda record: zlib.crc32(record["id"].encode()))
        yield fold, left_out, [record for record in left_out if shapes.is_wild(record)] + extracted[:most]


def phrases_not_from(left_out: Sequence[Record]) -> AbstractContextManager[None]:
    """The package without phrases that were read from the collections of some records."""
    names = {
        str(name).split(":")[-1] for record in left_out for name in (record["source_dataset"], cases.repository(record))
    }
    return phrases_without(names | {name.split("/")[0] for name in names})


@contextmanager
def left_out_model(path: Path, left_out: Sequence[Record]) -> Iterator[None]:
    """The package with the model of a fold, and without phrases that were read from its collections."""
    with phrases_not_from(left_out), np.load(path) as arrays, installed(dict(arrays)):
        yield


def results(records: Sequence[Record], mode: str) -> Iterator[tuple[tuple[str, str], scoring.Score]]:
    """The scores of each text: (group, language)."""
    variants: list[tuple[str, Callable[[Record], Record]]] = [
        ("wild", lambda record: record),
        ("joined", shapes.joined),
        ("wrapped 78", lambda record: shapes.wrapped(record, 78)),
    ]
    for name, variant in variants:
        chosen = [record for record in records if name == "wild" or shapes.is_wild(record)]
        texts = [variant(record)["text"] for record in chosen]
        for record, text, cleaned in zip(
            chosen, texts, strip_batch(texts, BoilerplateSettings(mode=mode)), strict=True
        ):
            score = scoring.score(record, text, cleaned.edits)
            if not shapes.is_wild(record):
                gold = record.get("gold_kind", "gold")
                yield ("page" if record["regime"] == "page" else f"extracted, {gold}", record["lang"]), score
                continue
            yield ((f"read, {name}" if record.get("read") else name), record["lang"]), score
            if name == "wild" and not record.get("read"):
                yield (f"wild, {record.get('shape', 'other')}", ""), score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--members", type=int, default=model.MEMBERS)
    parser.add_argument("--sources", action="store_true")
    parser.add_argument("--modes", nargs="+", default=list(MODES))
    parser.add_argument("--most", type=int, default=10**9, help="extracted texts that are judged, a fold")
    parser.add_argument("--short", action="store_true", help="train with shortened copies as well")
    parser.add_argument("--worst", action="store_true", help="name the texts that lose most")
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    records = cases.read(options.cases)
    scores: dict[tuple[str, str, str], scoring.Score] = defaultdict(scoring.Score)
    for fold, left_out, judged in folds_of(records, options.most, options.sources):
        path = options.directory / f"{'source' if options.sources else 'fold'}{fold}.npz"
        if not path.exists():
            with phrases_not_from(left_out):
                learnt = without(records, left_out, options.share)
                np.savez_compressed(path, **trained(learnt, 0.3, options.members, options.short))
        with left_out_model(path, left_out):
            for mode in options.modes:
                for (group, language), score in results(judged, mode):
                    scores[mode, group, ""].add(score)
                    if language and group == "wild":
                        scores[mode, group, language].add(score)
        print(f"fold {fold}: {len(left_out)} texts left out", flush=True)
    for mode in options.modes:
        print(f"\n{mode}\n\n{scoring.HEAD}")
        for (own, group, language), score in sorted(scores.items()):
            if own == mode:
                print(f"| {group} {language} | {score} |")
                if options.worst and not language:
                    print("   ", score.worst[:15])


if __name__ == "__main__":
    main()
