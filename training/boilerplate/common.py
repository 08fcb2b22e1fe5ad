"""Build `common.npy`: a bitmap of the hashes of the commonest words of many languages, which say nothing of a topic.

Run from the checkout: `python -m training.boilerplate.common`. Source: wordfreq 3 (Apache-2.0, data CC-BY-SA-4.0).
"""

from pathlib import Path

import numpy as np
import wordfreq

from newsclean.boilerplate.lines import scan

DATA = Path(__file__).parents[2] / "src/newsclean/boilerplate/data"
WORDS = 400  # of each language
BITS = 18


def main() -> None:
    words: dict[str, None] = {}
    for language in sorted(wordfreq.available_languages("best")):
        if language not in ("zh", "ja"):
            words |= dict.fromkeys(wordfreq.top_n_list(language, WORDS, "best"))
    hashes = scan([" ".join(words)]).words
    bitmap = np.zeros(1 << BITS, np.uint8)
    bitmap[hashes >> np.uint64(64 - BITS)] = 1
    np.save(DATA / "common.npy", np.packbits(bitmap, bitorder="little"))
    print(f"{len(words)} words, {bitmap.mean():.1%} of the bits")


if __name__ == "__main__":
    main()
