"""Which document of several is kept."""

import random
from typing import Any

import pytest

from newsclean.duplicates import DuplicateSettings, find_duplicates

SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]


def article(seed: int, length: int = 150) -> str:
    """A made-up text, different for every seed."""
    chooser = random.Random(seed)
    words = ["".join(chooser.choices(SYLLABLES, k=3)) for _ in range(length)]
    return ". ".join(" ".join(words[at : at + 12]) for at in range(0, length, 12))


def edited(text: str, seed: int, share: float = 1 / 15) -> str:
    """The text with some words replaced."""
    chooser = random.Random(seed)
    return " ".join("edited" if chooser.random() < share else word for word in text.split())


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    """Articles, and copies of some."""
    made: list[dict[str, Any]] = [
        {"id": f"a{seed}", "text": article(seed), "date": f"2024-05-{seed % 28 + 1:02}", "source": f"s{seed % 3}"}
        for seed in range(60)
    ]
    for seed in range(0, 40, 2):
        copy = edited(made[seed]["text"], seed)
        made.append({"id": f"b{seed}", "text": copy, "date": "2024-05-29", "source": "s1"})
        made.append({"id": f"c{seed}", "text": made[seed]["text"].upper(), "source": "s2"})
    made += [{"id": f"e{at}", "text": text} for at, text in enumerate(("", " … ", "\ud83d", "!?", ""))]
    return made


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (DuplicateSettings(keep="earliest"), "a4"),
        (DuplicateSettings(keep="newest"), "b4"),
        (DuplicateSettings(preferred_sources=("s2",)), "c4"),
        (DuplicateSettings(preferred_sources=("nobody", "s1", "s2")), "a4"),
    ],
)
def test_keep_policies(documents: list[dict[str, Any]], chosen: DuplicateSettings, kept: str) -> None:
    found = find_duplicates(documents, chosen)
    assert [cluster.keep for cluster in found.clusters() if "a4" in cluster.members] == [kept]
