"""Weights of terms by document frequency, and the key terms of an article."""

from newsclean.duplicates.tfidf._idf import STORY_WORDS
from newsclean.duplicates.tfidf._key_terms import SALIENT
from newsclean.duplicates.tfidf._vectors import (
    SLOTS,
    TELLING,
    TermRow,
    WeightRow,
    count_scale,
    fill,
    table_mask,
    term_idf,
    word_mark,
)
from newsclean.duplicates.tfidf.idf import blend, count_terms, folded, learn_weights, shareable
from newsclean.duplicates.tfidf.key_terms import Salient, select_salient

__all__ = [
    "SALIENT",
    "SLOTS",
    "STORY_WORDS",
    "TELLING",
    "Salient",
    "TermRow",
    "WeightRow",
    "blend",
    "count_scale",
    "count_terms",
    "fill",
    "folded",
    "learn_weights",
    "select_salient",
    "shareable",
    "table_mask",
    "term_idf",
    "word_mark",
]
