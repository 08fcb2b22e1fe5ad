"""Held-out predictions through the whole package: `python -m training.boilerplate.validate DIR CASES.jsonl.gz...`

Models are trained without one fifth of the domains (five times) and without one source (as often as there are sources);
the cases left out are stripped by `strip_batch` with that model, in each mode, with and without templates learnt from
their whole pages. Writes `DIR/{domain,source}.{mode}[.templates].jsonl`, which the scorer reads, and
`DIR/{domain,source}.npy`, the held-out probability of each line, from which operating points are chosen.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate import Templates, evidence, learn_templates, strip_batch, tagger
from newsclean.boilerplate.decision import glued
from newsclean.boilerplate.rules import with_ngrams
from newsclean.settings import MODES, BoilerplateSettings
from training.boilerplate import export, model
from training.boilerplate.train import load


@contextmanager
def installed(keys: NDArray[np.uint64], weights: NDArray[np.int32], trees: tagger.Trees) -> Iterator[None]:
    """The package with another model than the shipped one."""
    known = with_ngrams(keys, weights)
    ngrams = [mock.patch.object(module, "dictionary", return_value=known) for module in (evidence, glued)]
    with ngrams[0], ngrams[1], mock.patch.object(tagger, "trees", return_value=trees):
        yield


def templates_of(records: list[dict[str, Any]]) -> Templates:
    """What the domains repeat on whole pages; of a page without one, in the first of its texts."""
    pages: dict[str, dict[str, Any]] = {}
    for record in records:
        if record["page"] not in pages or record["regime"] == "page":
            pages[record["page"]] = record
    return learn_templates(pages.values(), by="domain_key")


def predictions(records: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Name and rows of each file."""
    texts = [record["text"] for record in records]
    domains = [record["domain_key"] for record in records]
    learnt = templates_of(records)
    for mode in MODES:
        for name, templates in ((mode, None), (f"{mode}.templates", learnt)):
            results = strip_batch(texts, BoilerplateSettings(mode=mode), templates, domains)
            rows = [{"id": r["id"], "text": c.text} for r, c in zip(records, results, strict=True)]
            yield name, rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("cases", nargs="+", type=Path)
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    material = load(options.cases)
    records = material.cases.records
    linear = model.linear_model(material)
    for split, groups in (("domain", material.fold), ("source", material.source)):
        for path in options.directory.glob(f"{split}.*.jsonl"):
            path.unlink()
        probability = np.full(len(groups), np.nan, np.float32)
        for group in np.unique(groups):
            use = groups != group
            weights = linear(use)
            table = model.scored(material, linear, use)
            committee = model.boosted(table, material, use)
            probability[~use] = model.probability(committee, table[~use])
            left_out = [records[case] for case in np.unique(material.cases.case[~use])]
            with installed(material.keys, weights, tagger.Trees(**export.arrays(committee))):
                for name, rows in predictions(left_out):
                    with (options.directory / f"{split}.{name}.jsonl").open("a", encoding="utf-8") as file:
                        file.writelines(json.dumps(row) + "\n" for row in rows)
            print(f"{split} {group}: {len(left_out)} cases", flush=True)
        np.save(options.directory / f"{split}.npy", probability)


if __name__ == "__main__":
    main()
