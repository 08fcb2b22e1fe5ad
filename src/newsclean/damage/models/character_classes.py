"""The class and the script of a character, and what kernels know of each character."""

# mypy: disable-error-code="assignment, no-any-return"

import functools
import sys
import unicodedata
from enum import IntEnum
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Table, kernel
from newsclean.damage.codepoints import Codes
from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import Symbol


class Kind(IntEnum):
    """Columns of what kernels know of a character."""

    FLAGS = 0
    """1 once the character was looked up, and ALPHA to MET."""
    SCRIPT = 1
    """Number of its script."""


ALPHA, WORD, UPPER, LOWER, MET = 2, 4, 8, 16, 32  # letters, what words are written with, cases, met in training
JAPANESE = {"HANI", "HIRAGANA", "KATAKANA"}
KINDS = np.zeros((sys.maxunicode + 1, 2), np.uint8)
"""What kernels know of each character (columns: `Kind`), filled in as characters are met."""


def meet(codes: NDArray[np.uint32]) -> None:
    """Look up the characters that are met for the first time."""
    if any_unmet(codes, KINDS):
        for code in np.unique(codes[KINDS[codes, Kind.FLAGS] == 0]).tolist():
            character = chr(code)
            kind = 1 + ALPHA * character.isalpha() + UPPER * character.isupper()
            kind += LOWER * character.islower() + WORD * (unicodedata.category(character)[0] in "LMSN")
            kind += MET * met(character)
            KINDS[code] = kind, script_number(character)


@functools.cache
def script_number(character: str) -> int:
    """A number from 1 for the script of a character."""
    return scripts().index(script(character)) + 1


@functools.cache
def scripts() -> list[str]:
    """The scripts of all classes; `script_number` counts from 1."""
    return sorted({name.split(":")[0] if ":" in name else "" for name in class_names()} | {""})


@functools.cache
def script(character: str) -> str:
    """The script of a character's class; punctuation and symbols have none."""
    name = class_of(character)
    return name.split(":")[0] if ":" in name else ""


@kernel(entry=True, interpreted=True)
def any_unmet(codes: Codes, kinds: Table[np.uint8]) -> bool:
    """Whether some character was not looked up yet."""
    new = False
    for i in range(len(codes)):
        new |= kinds[codes[i], Kind.FLAGS] == 0
    return new


def met(character: str) -> bool:
    """Whether training met a character; others are judged by their classes."""
    known = bigrams.model()
    return int(known.symbol[ord(character)]) < len(known.symbols) - 1 - len(known.transitions)


@functools.cache
def class_names() -> tuple[str, ...]:
    """Names of the classes of characters, by number."""
    with resources.files(__package__).joinpath("data/plausibility.npz").open("rb") as file, np.load(file) as data:
        return tuple(data["names"].tolist())


def class_of(character: str) -> str:
    """Name of the class of a character.

    >>> class_of("é"), class_of("¿"), class_of("ж")
    ('LATIN:lower-accent', 'inverted', 'CYRILLIC:lower-more')
    """
    known = bigrams.model()
    return class_names()[int(known.symbols[known.symbol[ord(character)], Symbol.CLASS])]
