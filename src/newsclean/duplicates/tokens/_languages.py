"""Kernels that tell languages by how common words are in each."""

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, kernel
from newsclean.duplicates.tokens._tokenizer import NUMBER
from newsclean.duplicates.tokens.terms import term

UNKNOWN = 0  # language of a text that has no background; others are 1 + row of the table
ASKED = 255  # language code of a text whose language is to be told from its words
BUCKETS = 1 << 18
_BITS = 12  # of a term that its bucket leaves out
_LANGUAGES = 64
_WORDS = 60  # that the language is told from
_LEAST = 12  # a language is told if it has more than one word in so many
_STEP = 16  # words after which to ask whether one language is surely it
_SURE = 480  # by which its score is then above all others: e^20 times as likely
_RARE = 279  # level of a word that a language does not have: 1 in 110,000 articles


class Lexicon(NamedTuple):
    """The terms of all languages by bucket: where each bucket begins, the terms, and language << 8 | level of each."""

    starts: Column[np.int32]
    terms: Column[np.uint32]
    marks: Column[np.uint16]


@kernel(entry=True)
def fill_buckets(
    keys: ReadOnlyColumn[np.uint32], levels: ReadOnlyColumn[np.uint8], bounds: ReadOnlyColumn[np.int64],
    lexicon: Lexicon,
) -> None:  # fmt: skip
    """Put the terms of all languages (those of language i from `bounds[i]`) into buckets; `lexicon.starts` is 0."""
    starts, terms, marks = lexicon.starts, lexicon.terms, lexicon.marks
    for at in range(len(keys)):
        starts[keys[at] >> np.uint32(_BITS)] += np.int32(1)
    for bucket in range(BUCKETS):
        starts[bucket + 1] += starts[bucket]  # where each bucket ends, until it is filled
    for language in range(len(bounds) - 1):
        for at in range(bounds[language], bounds[language + 1]):
            bucket = keys[at] >> np.uint32(_BITS)
            starts[bucket] -= np.int32(1)
            terms[starts[bucket]] = keys[at]
            marks[starts[bucket]] = np.uint16(language << 8 | int(levels[at]))


@kernel()
def _is_sure(scores: Column[np.int64]) -> bool:
    """Whether one score is far above all others."""
    best, second = np.int64(0), np.int64(0)
    for score in scores:
        second = max(second, min(best, score))
        best = max(best, score)
    return bool(best - second > _SURE)


@kernel(entry=True)
def choose_languages(
    words: ReadOnlyColumn[np.uint32], bounds: Column[np.int64], lexicon: Lexicon, codes: Column[np.uint8]
) -> None:
    """Write the language in which each text's first words are most common, where `codes` asks for it."""
    scores, held = np.empty(_LANGUAGES, np.int64), np.empty(_LANGUAGES, np.int64)
    for text in range(len(bounds) - 1):
        if codes[text] != ASKED:
            continue
        scores[:] = 0
        held[:] = 0
        count = 0
        end = min(bounds[text + 1], bounds[text] + _WORDS)
        for at in range(bounds[text], end):
            if words[at] & np.uint32(3) == NUMBER:  # of which all languages have the same
                continue
            value = term(words, at, end)
            bucket = value >> np.uint32(_BITS)
            count += 1
            for place in range(lexicon.starts[bucket], lexicon.starts[bucket + 1]):
                if lexicon.terms[place] == value:
                    language = lexicon.marks[place] >> np.uint16(8)
                    scores[language] += _RARE - (lexicon.marks[place] & np.uint16(0xFF))
                    held[language] += 1
            if count % _STEP == 0 and _is_sure(scores):
                break
        best = np.argmax(scores)
        codes[text] = best + 1 if held[best] * _LEAST > count else UNKNOWN
