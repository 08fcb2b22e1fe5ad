"""Train the tagger: `python -m training.boilerplate.train CASES.jsonl.gz...` writes `ngrams.npz` and `trees.npz`.

Deterministic; about five minutes on one core for 5,000 cases. More files of the same format: just name them.
`--validate DIR` trains nothing for shipping but writes held-out probabilities of every line, by domain and by source.
"""

import argparse
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate import features
from training.boilerplate import cases, export, model

DATA = Path(__file__).parents[2] / "src/newsclean/boilerplate/data"


def load(paths: list[Path]) -> model.Material:
    """The cases as they are, without any of their residue, and without a random half of its blocks."""
    records = cases.read(paths)
    thinned = [*cases.thinned(records, 1.0, seed=1), *cases.thinned(records, 0.5, seed=2)]
    return model.material(cases.tables(records + thinned), len(records))


def train(material: model.Material, directory: Path) -> None:
    everything = np.ones(len(material.fold), np.bool_)
    linear = model.linear_model(material)
    weights = linear(everything)
    np.savez_compressed(directory / "ngrams.npz", keys=material.keys, weights=weights.astype(np.int16))
    table = model.scored(material, linear, everything, final=True)
    booster = model.boosted(table, material, everything)
    np.savez_compressed(directory / "trees.npz", **export.arrays(booster))
    for name in ("ngrams.npz", "trees.npz"):
        print(f"{name}: {(directory / name).stat().st_size / 1e6:.2f} MB")


def held_out(material: model.Material, groups: NDArray[np.int64]) -> NDArray[np.float32]:
    """Probability of each line from a model that has seen nothing of its group."""
    linear = model.linear_model(material)
    result = np.full(len(groups), np.nan, np.float32)
    for group in np.unique(groups):
        use = groups != group
        table = model.scored(material, linear, use)
        rows = ~use & material.original
        result[rows] = model.boosted(table, material, use).predict(table[rows], num_threads=1)
        print(f"group {group}: {rows.sum()} lines held out, {time.process_time():.0f} s", flush=True)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--validate", type=Path)
    options = parser.parse_args()
    material = load(options.cases)
    print(f"{len(material.fold)} lines, {len(material.keys)} n-grams, {len(features.NAMES)} features")
    if options.validate is None:
        train(material, DATA)
        return
    options.validate.mkdir(parents=True, exist_ok=True)
    for name, groups in (("domain", material.fold), ("source", material.source)):
        np.save(options.validate / f"{name}.npy", held_out(material, groups))


if __name__ == "__main__":
    main()
