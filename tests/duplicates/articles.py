"""Made-up articles that tests of duplicates share."""

import random
from typing import Any

SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "yo")


def words(seed: int, count: int) -> list[str]:
    """Made-up words, others for every seed."""
    chooser = random.Random(seed)
    return ["".join(chooser.choices(SYLLABLES, k=3)) for _ in range(count)]


def article(seed: int, count: int = 120) -> str:
    """A made-up text of so many words."""
    return " ".join(words(seed, count))


def sentences(seed: int, count: int = 150) -> str:
    """The same in sentences of twelve words."""
    made = words(seed, count)
    return ". ".join(" ".join(made[at : at + 12]) for at in range(0, count, 12))


def edited(text: str, seed: int, share: float = 1 / 15) -> str:
    """The text with some words replaced."""
    chooser = random.Random(seed)
    return " ".join("edited" if chooser.random() < share else word for word in text.split())


def mixed() -> list[dict[str, Any]]:
    """Articles, copies of some, and texts without words."""
    made: list[dict[str, Any]] = [
        {"id": f"a{seed}", "text": sentences(seed), "date": f"2024-05-{seed % 28 + 1:02}", "source": f"s{seed % 3}"}
        for seed in range(60)
    ]
    for seed in range(0, 40, 2):
        copy = edited(made[seed]["text"], seed)
        made.append({"id": f"b{seed}", "text": copy, "date": "2024-05-29", "source": "s1"})
        made.append({"id": f"c{seed}", "text": made[seed]["text"].upper(), "source": "s2"})
    made += [{"id": f"e{at}", "text": text} for at, text in enumerate(("", " … ", "\ud83d", "!?", ""))]
    return made
