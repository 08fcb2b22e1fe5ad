"""Made-up articles that tests of duplicates share."""

import random

SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "yo")


def words(seed: int, count: int) -> list[str]:
    """Made-up words, others for every seed."""
    chooser = random.Random(seed)
    return ["".join(chooser.choices(SYLLABLES, k=3)) for _ in range(count)]


def article(seed: int, count: int = 120) -> str:
    """A made-up text of so many words."""
    return " ".join(words(seed, count))
