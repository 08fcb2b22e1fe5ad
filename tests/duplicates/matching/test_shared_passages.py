"""What a third, unlike document has, too, is no evidence for a pair of copies."""

import numpy as np

from newsclean.duplicates.matching.corpus import Corpus, Verified
from newsclean.duplicates.matching.shared_passages import own_words
from newsclean.duplicates.sketching import sketch_batch
from tests.duplicates.articles import article

FOOTER = article(99, 60)
PLENTY = np.iinfo(np.int64).max


def own(texts: list[str], pairs: list[tuple[int, int]], confidence: list[float]) -> list[int]:
    """Own words of the pairs that are likely copies."""
    sketches = sketch_batch(texts)
    every = np.arange(len(texts))
    corpus = Corpus(
        sketches.words, sketches.spans, sketches.signatures, every, sketches.days, sketches.languages,
        sketches.heads.astype(np.int64), every,
    )  # fmt: skip
    copy = np.array(confidence, np.float32)
    rest = np.zeros(len(pairs), np.float32)
    verified = Verified(np.array(pairs), copy, copy, rest, rest, rest.astype(np.bool_), rest.astype(np.bool_))
    return own_words(corpus, verified, copy >= 0.5).tolist()


def test_a_footer_that_a_third_document_has_counts_for_nothing() -> None:
    texts = [f"{article(seed, 30)} {FOOTER}" for seed in range(3)]
    assert own(texts, [(0, 1), (0, 2), (1, 2)], [0.9, 0.05, 0.05]) == [0]


def test_a_body_of_their_own_is_enough() -> None:
    texts = [f"{article(1, 80)} {FOOTER}", f"edited {article(1, 80)} {FOOTER}", f"{article(3, 30)} {FOOTER}"]
    [left] = own(texts, [(0, 1), (0, 2), (1, 2)], [0.9, 0.05, 0.05])
    assert 75 <= left <= 85


def test_without_a_third_document_nothing_is_asked() -> None:
    texts = [f"{article(seed, 30)} {FOOTER}" for seed in range(2)]
    assert own(texts, [(0, 1)], [0.9]) == [PLENTY]


def test_copies_of_a_copy_are_no_third_documents() -> None:
    """Two noisy copies of one text may be unlike each other."""
    texts = [article(1, 80), f"{article(1, 80)} x", f"y {article(1, 80)}"]
    assert own(texts, [(0, 1), (0, 2), (1, 2)], [0.9, 0.9, 0.05]) == [PLENTY, PLENTY]
