"""Copies on real pairs of public crawls, against simple rules and peers, on the same texts and in the same run.

    python -m benchmarks.duplicates_real

newsclean's models have seen no pair of the crawl that they judge (`training/duplicates/copies.py`). Peers see the same
texts: five-word shingles of lower-cased, space-separated words for MinHash, at the threshold most used.
"""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison import CopyFeature
from newsclean.duplicates.matching.corpus import SURE
from training.duplicates.copies import SURE_LABEL, Judged, Sets, crawls_left_out, f1
from training.duplicates.datasets import REAL, labelled, readings, real
from training.duplicates.pages import crawled, pages

MADE = ("t1_variants", "t2_ecbplus", "t2_basil", "t2_fnc1", "t2_vnmds")
BY_NEWSCLEAN = ("ncn", "mid", "mid2", "low", "st", "no")  # strata that newsclean had a part in choosing
CHARACTERS = 10
RULE = 0.6  # of containment
JACCARD = 0.7
FEW = 10  # pairs of a language
Answers = NDArray[np.bool_]


def grams(text: str) -> set[str]:
    """All runs of letters and digits of so many characters."""
    plain = re.sub(r"\W+", "", text.lower())
    return {plain[at : at + CHARACTERS] for at in range(max(1, len(plain) - CHARACTERS + 1))}


def shingles(text: str) -> list[str]:
    """Five words in a row, as the peers' users make them."""
    words = text.lower().split()
    return [" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))]


def characters(left: str, right: str) -> float:
    """Containment of character shingles."""
    one, two = grams(left), grams(right)
    return len(one & two) / max(1, min(len(one), len(two)))


def rensa(left: str, right: str) -> float:
    """Estimated resemblance by rensa."""
    import rensa as peer

    made = [peer.RMinHash(num_perm=128, seed=42) for _ in range(2)]
    for minhash, text in zip(made, (left, right), strict=True):
        minhash.update(shingles(text))
    return float(made[0].jaccard(made[1]))


def datasketch(left: str, right: str) -> float:
    """Estimated resemblance by datasketch."""
    import datasketch as peer

    made = [peer.MinHash(128) for _ in range(2)]
    for minhash, text in zip(made, (left, right), strict=True):
        minhash.update_batch([shingle.encode() for shingle in shingles(text)])
    return float(made[0].jaccard(made[1]))


def texts_of_pairs(sets: Sets) -> list[tuple[str, str]]:
    """The texts of all labelled pairs, in the order of `judged`."""
    found = []
    for name in REAL:
        pairs = sets[name]
        for (left, right), label in zip(pairs.pairs.tolist(), pairs.labels.tolist(), strict=True):
            if label >= 0:
                found.append((pairs.documents[left]["text"], pairs.documents[right]["text"]))
    return found


def answers(sets: Sets) -> tuple[Judged, dict[str, Answers]]:
    """The labelled pairs, and what each rule says of them."""
    pairs, confidence = crawls_left_out(sets)
    texts = texts_of_pairs(sets)

    def asked(measure: Callable[[str, str], float], least: float) -> Answers:
        return np.array([measure(*pair) >= least for pair in texts])

    return pairs, {
        "newsclean, named": confidence >= 0.5,
        "newsclean, sure (dropped)": confidence >= SURE,
        "containment of five words ≥ .6": pairs.features[:, CopyFeature.CONTAINMENT] >= RULE,
        "containment of ten characters ≥ .5": asked(characters, 0.5),
        "containment of ten characters ≥ .6": asked(characters, RULE),
        "datasketch, Jaccard ≥ .7": asked(datasketch, JACCARD),
        "datasketch, Jaccard ≥ .5": asked(datasketch, 0.5),
        "rensa, Jaccard ≥ .7": asked(rensa, JACCARD),
    }


def parts(pairs: Judged) -> dict[str, Answers]:
    """The groups of pairs that are reported."""
    sure = pairs.confidence >= SURE_LABEL
    alone = ~np.isin(pairs.strata, BY_NEWSCLEAN) & (pairs.sets != "t1_real")
    languages = {name: pairs.languages == name for name in np.unique(pairs.languages)}
    return {
        "all": sure | True,
        "sure labels": sure,
        **{name: pairs.sets == name for name in REAL},
        "drawn without newsclean": alone,
        **{name: rows for name, rows in languages.items() if rows.sum() >= FEW and (pairs.labels[rows] == 1).any()},
    }


def main() -> None:
    sets = {name: labelled(name) for name in MADE} | {name: real(name) for name in REAL}
    sets |= {"pages": pages(), "crawls": crawled(), "readings": readings()}
    pairs, rules = answers(sets)
    groups = parts(pairs)
    print("| pairs | n / copies | " + " | ".join(rules) + " |")
    print("| --- | --- | " + " | ".join("---" for _ in rules) + " |")
    for name, rows in groups.items():
        figures = (f1(chosen[rows], pairs.labels[rows]) for chosen in rules.values())
        cells = " | ".join(f"{score:.3f} ({precision:.2f}/{recall:.2f})" for score, precision, recall in figures)
        print(f"| {name} | {rows.sum()} / {(pairs.labels[rows] == 1).sum()} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
