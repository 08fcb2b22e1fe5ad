"""Train the tagger: `python -m training.boilerplate.trees CASES.jsonl.gz...` writes `ngrams.npz` and `trees.npz`.

Deterministic; six minutes of CPU for 13,000 cases. More files of the same format: just name them.
How good it is on repositories, domains and sources it has not seen, `training.boilerplate.validate` tells.
"""

import argparse
from pathlib import Path

import numpy as np

from newsclean.boilerplate.features import NAMES
from training.boilerplate import cases, model, shapes

BOILERPLATE = Path(__file__).parents[2] / "src/newsclean/boilerplate"
NGRAMS, TREES = "rules/data/ngrams.npz", "data/trees.npz"
COPIES = 0.3  # share of the extractors' texts that are learnt from in another shape as well


def load(paths: list[Path], short: bool) -> model.Material:
    """The cases with all that training needs of them."""
    return model.material(cases.tables(shapes.with_copies(cases.shippable(cases.read(paths)), COPIES, short)))


def train(material: model.Material, stage: Path) -> None:
    """Write the weights below the directory of the stage."""
    everything = np.ones(len(material.fold), np.bool_)
    linear = model.linear_model(material)
    weights = linear(everything)
    np.savez_compressed(stage / NGRAMS, keys=material.keys, weights=weights.astype(np.int16))
    found = model.rows(material, linear, everything)
    np.savez_compressed(stage / TREES, **model.forests(material, found))
    for name in (NGRAMS, TREES):
        print(f"{name}: {(stage / name).stat().st_size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--short", action="store_true", help="learn from shortened copies as well")
    options = parser.parse_args()
    material = load(options.cases, options.short)
    print(f"{len(material.fold)} texts, {len(material.weight)} sentences, {len(material.keys)} n-grams", end=", ")
    print(f"{len(NAMES)} features", flush=True)
    train(material, BOILERPLATE)


if __name__ == "__main__":
    main()
