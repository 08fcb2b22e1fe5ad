"""A line under suspicion, the stretches of it that change, and the chain that explains them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.encodings.codepages import CODEPAGES

COMMON = (  # code pages that whole texts were written in and later misread, beside UTF-8
    "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-874", "iso-8859-2", "cp437", "cp737", "cp850", "cp852", "cp866", "koi8-r", "mac-roman",
)  # fmt: skip
UNCOMMON = 6.0  # nats that a recoding from another code page must gain more
RARITY = {codepage.name: 0.0 if codepage.name in COMMON else UNCOMMON for codepage in CODEPAGES}
FEWEST_WIDE = 4  # characters beyond ASCII: a degree sign and a superscript are a Korean syllable, too


class Stretch(NamedTuple):
    """A stretch of text, what it becomes, and what that gains (nats)."""

    start: int
    end: int
    before: str
    after: str
    gain: float


class Recoding(NamedTuple):
    """A chain and where it applies."""

    chain: str
    kind: str
    stretches: tuple[Stretch, ...]

    @property
    def gain(self) -> float:
        return sum(stretch.gain for stretch in self.stretches)


class Candidate(NamedTuple):
    """A recoding that is made when it is asked for: of fifty that are tried in a line, some six are."""

    chain: str
    kind: str
    gain: float
    make: Callable[[], Recoding]


class Line(NamedTuple):
    """A line under suspicion: text, code points, cost of each character after the one before it."""

    text: str
    codes: NDArray[np.uint32]
    costs: NDArray[np.int64]
