"""Names of chains of encodings, such as `utf-8>windows-1251,utf-8>latin-1`, and the code pages in them."""

import functools
from collections.abc import Sequence

from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.edits import Edit

ROWS = {page.name: row for row, page in enumerate(CODEPAGES)}
MOST_PAGES = 2  # code pages in which a line is searched for damaged mojibake


@functools.lru_cache(maxsize=1 << 10)
def chain(rule: str) -> str:
    """The name of a chain from the rules of its layers, which are numbered: the encoding that came first goes first.

    >>> chain("0 utf-8>latin-1 + 1 utf-8>windows-1251")
    'utf-8>windows-1251,utf-8>latin-1'
    """
    layers = {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in rule.split(" + ")}
    return ",".join(layers[number] for number in sorted(layers, reverse=True))


@functools.lru_cache(maxsize=1 << 10)
def pages_in(rule: str) -> list[int]:
    """Rows of the code pages in which a chain misread UTF-8."""
    return [ROWS[name] for name in misread_in(rule) if name in ROWS]


def most(pages: list[int]) -> list[int]:
    """The most frequent ones of some code pages; of those that are as frequent the first ones go first."""
    return sorted(set(pages), key=lambda page: (-pages.count(page), pages.index(page)))


def misread_in(chain: str) -> list[str]:
    """The code pages in which a chain misread UTF-8.

    >>> misread_in("utf-8>windows-1257+1252,utf-8>latin-1")
    ['windows-1257', 'latin-1']
    """
    steps = (part.split(">", 1) for part in chain.split(","))
    return [step[1].split("+")[0] for step in steps if len(step) == 2 and step[0] == "utf-8"]


def pages_of(edits: Sequence[Edit]) -> list[int]:
    """The MOST_PAGES code pages that most of some edits decode from, most first."""
    return most([page for edit in edits for page in pages_in(edit[3])])[:MOST_PAGES]


def bits(pages: Sequence[int]) -> int:
    """Code pages as bits."""
    return sum(1 << page for page in pages)
