"""Words with letters beyond ASCII, for `newsclean.damage.models.words`.

    python -m training.damage.words

Writes `src/newsclean/damage/models/data/words.npz` from the word lists of `wordfreq`: of each language in Latin,
Cyrillic or Greek letters the MOST most frequent words that have a letter beyond ASCII. Only checksums are kept, some 24
bits a word with its languages.
"""

import re
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import wordfreq

OUT = Path(__file__).parents[2] / "src/newsclean/damage/models/data/words.npz"
MOST = 20_000  # words of a language
LEAST = 1e-7  # how frequent a word is at least: rarer ones are names and errors
WORD = re.compile(r"[^\W\d_]+")
LETTERS = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff\u0370-\u052f]+")
COMMON = 0.0005  # of a language's words must have a letter for it to be one of the language's own
SKIPPED = {"ar", "fa", "ur", "he", "hi", "bn", "ta", "te", "ja", "ko", "zh", "ml"}


def words() -> dict[str, list[str]]:
    """The words of each language, the frequent ones first."""
    found: dict[str, list[str]] = {}
    for code in sorted(wordfreq.available_languages("best")):
        if code in SKIPPED:
            continue
        own = wordfreq.get_frequency_dict(code, "best")
        found[code] = frequent(own) + (frequent(sharp(own)) if code == "de" else [])
    return found


def frequent(own: dict[str, float]) -> list[str]:
    """The most frequent words that have a letter beyond ASCII."""
    some = [w for w, f in own.items() if f >= LEAST and len(w) > 1 and not w.isascii() and LETTERS.fullmatch(w)]
    return sorted(some, key=lambda word: (-own[word], word))[:MOST]


def sharp(own: dict[str, float]) -> dict[str, float]:
    """German words as if each `ss` were `ß`: `wordfreq` writes `ss` for both. What is no word (`Waßer`) is looked up
    only where a letter was lost or misread, and there it does not stand."""
    return {word.replace("ss", "ß"): frequency for word, frequency in own.items() if "ss" in word[1:]}


def own_letters(found: dict[str, list[str]]) -> dict[str, int]:
    """The languages (bits) of which each letter beyond ASCII is one."""
    languages: dict[str, int] = {}
    for bit, own in enumerate(found.values()):
        counts = Counter(letter for word in own for letter in set(word) if letter > "\x7f")
        for letter, count in counts.items():
            languages[letter] = languages.get(letter, 0) | (count >= COMMON * len(own)) << bit
    return dict(sorted(languages.items()))


def packed(found: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """Checksums of the words, sorted, as differences; and the languages of each (bits)."""
    languages: dict[int, int] = {}
    for bit, own in enumerate(found.values()):
        for word in own:
            sum_ = zlib.crc32(word.encode())
            languages[sum_] = languages.get(sum_, 0) | 1 << bit
    sums = np.array(sorted(languages), np.int64)
    masks, which = np.unique([languages[int(s)] for s in sums], return_inverse=True)
    steps = np.diff(sums, prepend=0)
    letters = own_letters(found)
    return {
        "low": (steps & 0xFF).astype(np.uint8),
        "high": (steps >> 8).astype(np.uint32 if steps.max() >> 24 else np.uint16),
        "masks": masks.astype(np.uint64),
        "which": which.astype(np.uint16),
        "codes": np.array(list(found)),
        "letters": np.array(list(letters)),
        "letter_masks": np.array(list(letters.values()), np.uint64),
    }


def main() -> None:
    found = words()
    np.savez_compressed(OUT, **packed(found))
    print(OUT, OUT.stat().st_size, {code: len(own) for code, own in found.items()})


if __name__ == "__main__":
    main()
