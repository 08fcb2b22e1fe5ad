"""Texts as sequences of hashed words, and the languages they are in."""

from newsclean.duplicates.tokens._languages import ASKED, UNKNOWN
from newsclean.duplicates.tokens._simd import fetch
from newsclean.duplicates.tokens._tokenizer import IDEOGRAPH, NAME, NUMBER
from newsclean.duplicates.tokens.hashing import SHINGLE, mix, mix_array, pair_shingle, shingle, whole_shingle
from newsclean.duplicates.tokens.headlines import without_rubrics
from newsclean.duplicates.tokens.languages import LEVELS, background, language_code, tell_languages, told_by_script
from newsclean.duplicates.tokens.terms import COUNT, NAMED, NUMERIC, PLACE, TELLS, term
from newsclean.duplicates.tokens.tokenizer import split, split_whole

__all__ = [
    "ASKED",
    "COUNT",
    "IDEOGRAPH",
    "LEVELS",
    "NAME",
    "NAMED",
    "NUMBER",
    "NUMERIC",
    "PLACE",
    "SHINGLE",
    "TELLS",
    "UNKNOWN",
    "background",
    "fetch",
    "language_code",
    "mix",
    "mix_array",
    "pair_shingle",
    "shingle",
    "split",
    "split_whole",
    "tell_languages",
    "term",
    "told_by_script",
    "whole_shingle",
    "without_rubrics",
]
