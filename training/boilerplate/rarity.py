"""Build `rarity.npy`: how rare words are, by 20 bits of their hash, so that what lines share can be weighed.

Run from the checkout: `python -m training.boilerplate.rarity`. Source: wordfreq 3 (Apache-2.0, data CC-BY-SA-4.0).
"""

from pathlib import Path

import numpy as np
import wordfreq

from newsclean.boilerplate.lines import LineColumn, scan

DATA = Path(__file__).parents[2] / "src/newsclean/boilerplate/lines/data"
WORDS = 6000  # of each language, about
BITS = 20
COMMON = 60  # tenths of a power of ten per thousand million words: from one in a thousand up, words say nothing
RAREST = 35  # weight of words that no list has


def tenths() -> dict[str, int]:
    """Tenths of powers of ten per thousand million words, in the language that has a word most often."""
    known: dict[str, int] = {}
    for language in sorted(wordfreq.available_languages("best")):
        if language in ("zh", "ja"):  # written without spaces: their characters are weighed in pairs, all alike
            continue
        count = 0
        for centibels, words in enumerate(wordfreq.get_frequency_list(language, "best")):
            count += len(words)
            for word in words:
                known[word] = max(known.get(word, 0), round((900 - centibels) / 10))
            if count > WORDS:
                break
    return known


def main() -> None:
    known = tenths()
    lines = scan(list(known))
    single = lines.table[:, LineColumn.WORDS] == 1
    places = lines.words[lines.table[single, LineColumn.WORD]] >> np.uint64(64 - BITS)
    frequency = np.zeros(1 << BITS, np.int64)
    values = np.array(list(known.values()))[lines.table[single, LineColumn.TEXT]]
    np.maximum.at(frequency, places.astype(np.int64), values)
    rare = np.clip(COMMON - frequency, 0, RAREST).astype(np.uint8)
    np.save(DATA / "rarity.npy", rare)
    print(f"{len(known)} words, {(frequency > 0).mean():.1%} of the places, {rare.nbytes / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
