"""Stories of real crawls, against labelled pairs: the search is run on all texts of a crawl, one crawl at a time.

    python -m benchmarks.stories_real

The models of stories have seen none of these pairs; the model of copies was trained on most of them. A pair is found if
both texts are in one cluster of stories, which holds copies, too.
"""

from itertools import combinations

import numpy as np

from newsclean.duplicates import find_duplicates
from training.duplicates.copies import f1
from training.duplicates.datasets import AS_CRAWLED, Document, cleaned, plain, read

SETS = {"t2_real2": "t1_real2", "t2_real3_west": "t1_real3_west", "t2_real3_east": "t1_real3_east"}


def found_in(documents: list[Document]) -> set[tuple[str, str]]:
    """Pairs of ids, each in order, that one story holds."""
    stories = find_duplicates(documents).clusters("story")
    return {pair for story in stories for pair in combinations(sorted(story.members), 2)}


def judged(name: str, texts: str) -> tuple[list[bool], list[int]]:
    """Whether each labelled pair of a set is found, and its label."""
    documents = {document["id"]: document for document in plain(read(texts), dates=True)}
    if texts in AS_CRAWLED:
        documents = dict(zip(documents, cleaned(list(documents.values())), strict=True))
    pairs = read(f"{name}.pairs")
    chosen: list[bool] = []
    labels: list[int] = []
    for crawl in sorted({pair["source"] for pair in pairs}):
        own = [pair for pair in pairs if pair["source"] == crawl]
        names = sorted({pair[side] for pair in own for side in "ab"})
        found = found_in([documents[each] for each in names])
        chosen += [(min(pair["a"], pair["b"]), max(pair["a"], pair["b"])) in found for pair in own]
        labels += [pair["label"] for pair in own]
    return chosen, labels


def main() -> None:
    """Print precision, recall and F1 of each set."""
    print("| pairs | n / one story | F1 | P | R |\n| --- | --- | --- | --- | --- |")
    for name, texts in SETS.items():
        chosen, labels = (np.array(column) for column in judged(name, texts))
        known = labels >= 0
        score, precision, recall = f1(chosen[known], labels[known])
        counts = f"{known.sum()} / {(labels == 1).sum()}"
        print(f"| {name} | {counts} | {score:.3f} | {precision:.2f} | {recall:.2f} |", flush=True)


if __name__ == "__main__":
    main()
