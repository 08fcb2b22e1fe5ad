"""Rebuild `src/newsclean/duplicates/tokens/data/background.npz`: how common words are in each language.

    python -m training.duplicates.background

For each language the probability that an article of `ARTICLE` words holds a stem. Languages are those of wordfreq
("small" lists), and of `training/duplicates/words/<language>.tsv` (word, frequency per word of text); at most 64.
English is averaged with the document frequencies of the shared background articles, which also give all languages the
probabilities of numbers. Ideographs are counted by pairs, as the salience kernel does. `cues` are each language's
most frequent words: they tell the language of a text.
"""

import gzip
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
from wordfreq import available_languages, get_frequency_dict

from newsclean.duplicates.tokens._tokenizer import NUMBER
from newsclean.duplicates.tokens.languages import quantized
from newsclean.duplicates.tokens.terms import terms_of
from newsclean.duplicates.tokens.tokenizer import split

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).parent / "words"  # lists of languages that wordfreq does not have
ARTICLE = 300  # words; an article repeats its words, so the text that counts is shorter than the article
RAREST = 1e-3  # probability below which a background says nothing: half an article of the 500 imagined
CUES = 250
# Languages that ASCII words are not of.
LATINLESS = ("ar", "bg", "bn", "el", "fa", "he", "hi", "ja", "ko", "mk", "ru", "ta", "uk", "ur", "zh")


def word_frequencies(language: str) -> dict[str, float]:
    """Frequencies of the words of a language, per word of text."""
    own = WORDS / f"{language}.tsv"
    if not own.exists():
        return get_frequency_dict(language, "small")
    rows = (line.split("\t") for line in own.read_text(encoding="utf-8").splitlines())
    return {word: float(frequency) for word, frequency in rows}


def stem_probabilities(language: str) -> Counter[int]:
    """Frequency per word of text of every term of a language."""
    frequencies: Counter[int] = Counter()
    items = [
        (word, frequency)
        for word, frequency in word_frequencies(language).items()
        if language not in LATINLESS or not word.isascii()
    ]
    words, bounds = split([word for word, _ in items])
    for row, (_, frequency) in enumerate(items):
        piece = words[bounds[row] : bounds[row + 1]]
        if not (piece & 3 == NUMBER).any():
            for term in terms_of(piece):
                frequencies[term] += frequency
    return frequencies


def background_documents() -> tuple[Counter[int], Counter[int], int]:
    """Document frequencies of terms and, among them, of numbers in the shared background, and its size."""
    counts: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    path = ROOT / "../shared/data/coverage/background.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    words, bounds = split(texts)
    for row in range(len(texts)):
        piece = words[bounds[row] : bounds[row + 1]]
        counts.update(set(terms_of(piece)))
        numbers.update(set(terms_of(piece[piece & 3 == NUMBER])))
    return counts, numbers, len(texts)


def main() -> None:
    languages = sorted({*available_languages("small"), *(path.stem for path in WORDS.glob("*.tsv"))})
    documents, numbers, size = background_documents()
    keys, levels, bounds, cues = [], [], [0], []
    for language in languages:
        frequencies = stem_probabilities(language)
        cues.append([term for term, _ in sorted(frequencies.items(), key=lambda item: (-item[1], item[0]))[:CUES]])
        chances = {term: 1 - math.exp(-frequency * ARTICLE) for term, frequency in frequencies.items()}
        if language == "en":
            for term in chances.keys() | documents.keys():
                chances[term] = (chances.get(term, 0.0) + documents[term] / size) / 2
        chances.update({term: count / size for term, count in numbers.items()})
        rows = sorted((term, chance) for term, chance in chances.items() if chance >= RAREST)
        keys += [term for term, _ in rows]
        levels += [quantized(chance) for _, chance in rows]
        bounds.append(len(keys))
    out = ROOT / "src/newsclean/duplicates/tokens/data/background.npz"
    np.savez_compressed(
        out,
        languages=np.array(languages),
        keys=np.array(keys, np.uint32),
        levels=np.array(levels, np.uint8),
        bounds=np.array(bounds, np.int64),
        cues=np.array([row + [0] * (CUES - len(row)) for row in cues], np.uint32),
    )
    print(f"{out.name}: {len(languages)} languages, {len(keys)} terms, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
