"""Signs of damage: what a look at every character once says about which repairs are worth a try."""

import functools
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import plausibility, search
from newsclean.damage.tables import utf8_tables

SUSPICIOUS = 10  # excess in cost units (0.8 nats) of a stretch of a very short text above which recodings are tried
PER_CHARACTER = 0.12  # more for each code point of the text: the worst of many correct stretches is worse
MOST = 220  # excess that is suspicious in a text of any length
AMPERSAND, PLUS, CONTROL, DEBRIS, MARK = (1 << bit for bit in range(5))
FLAGS = (  # flag, code points that raise it
    (AMPERSAND, ((0x26, 0x26),)),
    (PLUS, ((0x2B, 0x2B),)),
    (CONTROL, ((0x00, 0x08), (0x0B, 0x0B), (0x0E, 0x1F), (0x7F, 0x7F))),
    (DEBRIS, (
        (0x80, 0x9F), (0xAD, 0xAD), (0x200B, 0x200F), (0x2060, 0x2060), (0x206A, 0x206F), (0xD800, 0xDFFF),
        (0xFB00, 0xFB06), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    )),
    (MARK, ((0x0300, 0x036F), (0x3099, 0x309A), (0x1100, 0x11FF))),
)  # fmt: skip


class Signs(NamedTuple):
    """Flags of the characters of a text, code pages (bits) that it has UTF-8 units of, its worst excess and length."""

    flags: int
    pages: int
    excess: int
    length: int

    @property
    def least(self) -> float:
        """The excess that is suspicious in a text of this length."""
        return min(MOST, SUSPICIOUS + PER_CHARACTER * self.length)

    @property
    def suspicious(self) -> bool:
        """Whether some stretch is so implausible that more than code pages is worth a try."""
        return self.excess >= self.least

    @property
    def misread(self) -> bool:
        """Whether decoding is worth a try."""
        return bool(self.pages) or self.suspicious


@functools.cache
def _marks() -> NDArray[np.uint64]:
    marks = np.zeros((65536, 4), np.uint64)
    for flag, ranges in FLAGS:
        for low, high in ranges:
            marks[low : high + 1, 0] |= np.uint64(flag)
    for page, table in enumerate(utf8_tables()):
        bit = np.uint64(1 << page)
        lead, continuation = table & 0xFF, table >> 8
        marks[(lead > 0) & (lead < 0xE0), 1] |= bit
        marks[lead >= 0xE0, 2] |= bit
        marks[continuation > 0, 3] |= bit
    return marks


def signs(text: str) -> Signs:
    """The signs of damage in a text.

    >>> signs("Grüße").misread, signs("GrÃ¼ÃŸe").misread
    (False, True)
    """
    out = np.empty(3, np.uint64)
    model: Any = tuple(plausibility.model())
    search.screen(plausibility.code_points(text), _marks(), model, out)
    flags, pages, excess = out.tolist()
    return Signs(flags, pages, excess, len(text))
