"""Build `wording.npz`: which words are an interface's or a shop's, and which address the reader, by 20 bits of a hash.

Run from the checkout: `python -m training.boilerplate.wording`. A word is an interface's by how much commoner it is in
the phrases of its language than in wordfreq. Words of shops and of address are listed in `address.tsv`. Phrases that
were read from collections do not count, so that collections can be left out. Deterministic.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import wordfreq
from numpy.typing import NDArray

from newsclean.boilerplate.features.wording import MIX, PLACES
from newsclean.boilerplate.lines import PLACE_BITS, LineColumn, scan
from newsclean.boilerplate.rules import phrases

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src/newsclean/boilerplate/features/data/wording.npz"
OTHER_RULES = {"date-stamp", "month", "byline", "source-credit", "photo-credit", "markup"}  # of names and dates
NAMES = {"no": "nb", "sr": "sh", "hr": "sh", "bs": "sh", "tl": "fil"}  # of languages, as wordfreq has them
UNLISTED, UNKNOWN = 2e-6, 2e-4  # share that words have at least, of languages that wordfreq has and of others
LEAST_TIMES = 20.0  # how much commoner an interface's words are at least than in any language,
STEPS, MOST = 4.0, 7  # steps of weight by power of ten above that, and the most of them
LEAST_LETTERS = 4  # of words of languages that wordfreq does not have
UNSPACED = ("zh", "ja", "th", "my", "km", "lo")  # phrases know them better: their characters say too little
OFFER = 3  # weight of a shop's word, at least
ADDRESS = 8  # the bit of a word of address, above those of the weight


def vocabulary() -> dict[str, Counter[str]]:
    """How often each word stands in the phrases of each language."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase in phrases():
        if phrase.rule not in OTHER_RULES and not phrase.source.startswith("read:"):
            found[phrase.language].update(word for word in phrase.words.split() if not any(map(str.isdigit, word)))
    return found


Shares = dict[str, dict[int, float]]


def shares() -> Shares:
    """How common each word is in each language that wordfreq has, by its place. Accents do not count."""
    result: Shares = {}
    for language in sorted(wordfreq.available_languages()):
        listed = {word: share for word, share in wordfreq.get_frequency_dict(language).items() if share >= UNLISTED}
        result[language] = {}
        for place, share in zip(places(list(listed)).tolist(), listed.values(), strict=True):
            result[language][place] = max(result[language].get(place, 0.0), share)
    return result


def weights(spoken: Shares) -> Iterator[tuple[int, int]]:
    """The places of the words of interfaces, and their weights."""
    common: dict[int, float] = {}
    for listed in spoken.values():
        for place, share in listed.items():
            common[place] = max(common.get(place, 0.0), share)
    for language, words in sorted(vocabulary().items()):
        if language in UNSPACED:
            continue
        least = UNLISTED if NAMES.get(language, language) in spoken else UNKNOWN
        for place, (word, count) in zip(places(sorted(words)).tolist(), sorted(words.items()), strict=True):
            times = count / words.total() / max(common.get(place, 0.0), least)
            if place >= 0 and times >= LEAST_TIMES and (least < UNKNOWN or len(word) >= LEAST_LETTERS):
                yield place, min(1 + int(STEPS * math.log10(times / LEAST_TIMES)), MOST)


def listed(kind: str) -> dict[str, set[str]]:
    """The words of a kind in `address.tsv`, and their languages."""
    rows = (HERE / "address.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, set[str]] = defaultdict(set)
    for language, own, words in (row.split("\t") for row in rows if not row.startswith("#")):
        for word in words.split() if own == kind else ():
            found[word].add(NAMES.get(language, language))
    return found


def unmistakable(words: dict[str, set[str]], spoken: Shares) -> list[int]:
    """The places of those that no commoner word of another language shares: `zu` is a Basque `you`."""
    kept = set()
    for place, own in zip(places(list(words)).tolist(), words.values(), strict=True):
        here = max((spoken[language].get(place, 0.0) for language in own if language in spoken), default=0.0)
        there = max(shares.get(place, 0.0) for language, shares in spoken.items() if language not in own)
        if place >= 0 and there <= max(here, UNKNOWN):
            kept.add(place)
    return sorted(kept)


def places(words: list[str]) -> NDArray[np.int64]:
    """The place of each word in the table, or -1 if it is not one word."""
    lines = scan(words)
    single = lines.table[:, LineColumn.WORDS] == 1
    result = np.full(len(words), -1)
    found = lines.words[lines.table[single, LineColumn.WORD]] * MIX >> PLACE_BITS
    result[lines.table[single, LineColumn.TEXT]] = found.astype(np.int64)
    return result


def main() -> None:
    table = np.zeros(PLACES, np.uint8)
    spoken = shares()
    place, weight = np.array(list(weights(spoken))).T
    np.maximum.at(table, place, weight.astype(np.uint8))
    interfaces = np.count_nonzero(table)
    offers, address = unmistakable(listed("offer"), spoken), unmistakable(listed("address"), spoken)
    table[offers] = np.maximum(table[offers], OFFER)
    table[address] |= ADDRESS
    kept = np.flatnonzero(table)
    np.savez_compressed(TARGET, places=kept.astype(np.int32), values=table[kept])
    print(f"{interfaces} words of interfaces, {len(offers)} of shops, {len(address)} of address")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
