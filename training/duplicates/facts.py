"""Build src/newsclean/duplicates/short/data/facts.npz: names of countries, cities, months and weekdays.

    python -m training.duplicates.facts

From the Unicode CLDR as the package babel has it (Unicode licence), in the languages that wordfreq has lists of. Of
names of several words, only words count that are rare in that language: `korea` of `South Korea`, not `south`. Stored
are hashes of terms.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import wordfreq
from babel import Locale

from newsclean.duplicates.tokens import split, term

TARGET = Path(__file__).parents[2] / "src/newsclean/duplicates/short/data/facts.npz"
LANGUAGES = (
    "ar bg bn ca cs da de el en es fa fi fil fr he hi hu id is it ja ko lt lv mk ms nb nl pl pt ro ru sk sl sv ta"
    " tr uk ur vi zh th sr hr"
)
RARE = 4.2  # Zipf frequency below which a word of a longer name says which place it is
COMMON = 5.6  # Zipf frequency from which a name is a word of every day, too: may
OTHERS = (  # names that CLDR has no more, or never had
    "Turkey Burma Swaziland Holland England Scotland Wales Britain America Gaza Czechia Macedonia Palestine Tibet"
    " Texas California Florida Catalonia Bavaria Washington Beijing Geneva Barcelona Munich Frankfurt Milan"
)


def names(locale: Locale) -> Iterator[str]:
    """Names of places and days in one language."""
    yield from (name for code, name in locale.territories.items() if len(code) == 2)
    yield from (zone["city"] for zone in locale.time_zones.values() if "city" in zone)
    yield from (name.replace("_", " ") for name in CITIES if str(locale) == "en")
    yield from (name for name in OTHERS.split() if str(locale) == "en")
    yield from locale.months["format"]["wide"].values()
    yield from locale.months["stand-alone"]["wide"].values()
    yield from locale.days["format"]["wide"].values()


def terms(name: str, language: str) -> Iterator[int]:
    """The terms that say which place or day it is."""
    parts = [part for part in re.split(r"[\s(),.&/-]+", name) if len(part) > 1 and not part.isdigit()]
    for part in parts:
        frequency = wordfreq.zipf_frequency(part, language) if language in WORDS else 0.0
        if frequency >= COMMON or (len(parts) > 1 and (frequency >= RARE or len(part) < 4)):
            continue
        tokens, _ = split([part])
        if len(tokens) and (value := int(term(tokens, 0, len(tokens)))):
            yield value


REGIONS = ("Africa", "America", "Asia", "Australia", "Europe", "Pacific")
CITIES = [name.split("/")[-1] for name in Locale("en").time_zones if name.startswith(REGIONS)]
WORDS = set(wordfreq.available_languages()) - {"ja", "ko", "zh"}  # which it needs a tokenizer for


def main() -> None:
    """Write the table."""
    found: set[int] = set()
    for language in LANGUAGES.split():
        locale = Locale.parse(language)
        for name in names(locale):
            found.update(terms(name, language))
    np.savez(TARGET, facts=np.array(sorted(found), np.uint32))
    print(f"{len(found)} terms")


if __name__ == "__main__":
    main()
