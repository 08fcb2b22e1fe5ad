"""Weights of terms: what few texts hold weighs most; a background stands in for a small corpus."""

import numpy as np

from newsclean.duplicates.sketching import sketch_batch
from newsclean.duplicates.tfidf.idf import count_terms, learn_weights, shareable
from newsclean.duplicates.tokens import mix_array
from newsclean.duplicates.tokens.terms import terms_of

TEXTS = ["storm harbour alpha", "storm harbour beta", "storm gamma"]


def test_texts_are_counted_once_for_each_term() -> None:
    sketches = sketch_batch(["storm storm storm", "storm harbour"])
    counts = count_terms(sketches.words, sketches.spans, np.zeros(2, np.uint8), 1 << 18)
    assert sorted(counts[counts > 0].tolist()) == [1, 2]


def weight(table: np.ndarray, word: str) -> float:
    term = np.array(terms_of(sketch_batch([word]).words), np.uint32)
    return float(table[len(table) - 256] - table[int(mix_array(term)[0]) & len(table) - 257])


def test_rare_terms_weigh_more_and_those_of_one_text_cannot_be_shared() -> None:
    sketches = sketch_batch(TEXTS)
    codes = np.zeros(3, np.uint8)
    table = learn_weights(sketches.words, sketches.spans, codes)
    assert weight(table, "storm") < weight(table, "harbour") < weight(table, "alpha")
    assert weight(shareable(table), "alpha") == -np.inf
    assert weight(shareable(table), "harbour") == weight(table, "harbour")
