"""Letter pairs of each language, for `newsclean.damage.models.letter_pairs`."""

import collections
import math
from typing import Any

import numpy as np

from training.damage import classes

Pairs = collections.Counter[tuple[int, int]]
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "THAI")  # scripts of the code pages
LEAST_MASS = 4000.0  # letters that a language must be known by
LEAST_SHARE = 0.15  # of a language's letters that must be in a script, for it to count as written in it
LEAST_LETTER = 2e-5  # share of a letter in some language, for it to be kept
FEWEST = 1.5  # pairs seen less than this are left to the single letters
PRIOR = 30.0  # pairs that the single letters of a language count for
UNKNOWN = 0.05  # share of the pairs that were never seen
MOST = 10.0  # nats that a pair costs at most
FOREIGN = 4.0  # nats that a letter of another script costs in any language
UNIT = 1 / 12


def script(code: int) -> str:
    """The script of a letter or mark, if it is one that languages are told apart in."""
    name = classes.classes()[code].split(":")[0]
    return name if name in SCRIPTS else ""


def small(code: int) -> int:
    """The small letter of a capital."""
    lower = chr(code).lower()
    return ord(lower) if len(lower) == 1 else code


def by_script(languages: dict[str, Pairs]) -> dict[tuple[str, str], Pairs]:
    """Pairs of small letters, 0 for what is no letter, of each language in each script it is written in."""
    found: dict[tuple[str, str], Pairs] = collections.defaultdict(collections.Counter)
    for language, pairs in languages.items():
        for (left, right), number in pairs.items():
            first, second = script(left), script(right)
            if (first or second) and (not first or not second or first == second):
                key = language, first or second
                found[key][small(left) if first else 0, small(right) if second else 0] += number
    mass: collections.Counter[str] = collections.Counter()
    for (language, _), own in found.items():
        mass[language] += sum(own.values())
    return {
        key: own
        for key, own in sorted(found.items())
        if sum(own.values()) >= max(LEAST_MASS, LEAST_SHARE * mass[key[0]]) and key[0] not in ("", "zh", "ja", "ko")
    }


def pack(languages: dict[str, Pairs]) -> dict[str, Any]:
    """The arrays that `newsclean.damage.models.letter_pairs.unpack` reads."""
    models = by_script(languages)
    singles = {key: _singles(own) for key, own in models.items()}
    letters = [0, *sorted({c for own in singles.values() for c, share in own.items() if c and share >= LEAST_LETTER})]
    number = {code: i for i, code in enumerate(letters)}
    least = math.exp(-MOST)
    single = np.zeros((len(letters), len(models)))
    pair, language, cost = [], [], []
    for column, (key, own) in enumerate(models.items()):
        shares = singles[key]
        total: collections.Counter[int] = collections.Counter()
        for (left, _), n in own.items():
            total[left] += n
        for code in letters:
            share = max(UNKNOWN * shares.get(code, 0.0), least)
            single[number[code], column] = math.exp(-FOREIGN) if code and script(code) != key[1] else share
        for (left, right), n in sorted(own.items()):
            if n >= FEWEST and left in number and right in number:
                pair.append(number[left] * len(letters) + number[right])
                language.append(column)
                cost.append(max((n + PRIOR * shares[right]) / (total[left] + PRIOR), least))
    return {
        "letters": np.array(letters, np.uint16),
        "single": _stored(single),
        "pair": np.array(pair, np.uint32),
        "language": np.array(language, np.uint8),
        "cost": _stored(cost),
        "names": np.array([":".join(key) for key in models]),
    }


def _singles(pairs: Pairs) -> dict[int, float]:
    counts: collections.Counter[int] = collections.Counter()
    for (_, right), number in pairs.items():
        counts[right] += number
    total = sum(counts.values())
    return {code: number / total for code, number in counts.items()}


def _stored(shares: Any) -> Any:
    return np.clip(np.round(-np.log(shares) / UNIT), 0, 255).astype(np.uint8)
