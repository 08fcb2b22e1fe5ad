"""Names of chains of encodings, such as `utf-8>windows-1251,utf-8>latin-1`, and the code pages in them."""

import functools
from collections.abc import Sequence

from newsclean.damage.encodings.codepages import CODEPAGES

ROWS = {codepage.name: row for row, codepage in enumerate(CODEPAGES)}
MOST_CODEPAGES = 2  # code pages in which a line is searched for damaged mojibake


@functools.lru_cache(maxsize=1 << 10)
def chain(rule: str) -> str:
    """The name of a chain from the rules of its layers, which are numbered: the encoding that came first goes first.

    >>> chain("0 utf-8>latin-1 + 1 utf-8>windows-1251")
    'utf-8>windows-1251,utf-8>latin-1'
    """
    layers = {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in rule.split(" + ")}
    return ",".join(layers[number] for number in sorted(layers, reverse=True))


@functools.lru_cache(maxsize=1 << 10)
def codepages_in(rule: str) -> list[int]:
    """Rows of the code pages in which a chain misread UTF-8."""
    return [ROWS[name] for name in misread_in(rule) if name in ROWS]


def most(codepages: list[int]) -> list[int]:
    """The most frequent ones of some code pages; of those that are as frequent the first ones go first."""
    if len(set(codepages)) < 2:
        return codepages[:1]
    return sorted(set(codepages), key=lambda codepage: (-codepages.count(codepage), codepages.index(codepage)))


def misread_in(chain: str) -> list[str]:
    """The code pages in which a chain misread UTF-8.

    >>> misread_in("utf-8>windows-1257+1252,utf-8>latin-1")
    ['windows-1257', 'latin-1']
    """
    steps = (part.split(">", 1) for part in chain.split(","))
    return [step[1].split("+")[0] for step in steps if len(step) == 2 and step[0] == "utf-8"]


def bits(codepages: Sequence[int]) -> int:
    """Code pages as bits."""
    return sum(1 << codepage for codepage in codepages)
