"""What screening says about a text, and what a stage of repair made of it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.edits import Edit

SUSPICIOUS = 10  # excess in cost units (0.8 nats) of a stretch of a very short text above which recodings are tried
PER_CHARACTER = 0.12  # more for each code point of the text: the worst of many correct stretches is worse
MOST_EXCESS = 220  # excess that is suspicious in a text of any length
AMPERSAND, PLUS, CONTROL, DEBRIS, MARK, SURROGATE = (
    1 << bit for bit in range(6)
)  # the first three, of ASCII, are raised by the kernels themselves
LOST = 1 << 8  # a character that was lost, or may begin a leftover of misread UTF-8
MISREAD_WORD = 1 << 9  # a word that is known only if another code page was read as windows-1252


class ScreeningReport(NamedTuple):
    """What screening says of a text.

    Flags of its characters; the code pages (bits) of its likely runs of UTF-8 units; its worst excess; its length. Then
    the most that the runs of one code page gain together (nats), and the most units of a run.
    """

    flags: int
    codepages: int
    excess: int
    length: int
    gain: float
    units: int
    runs: NDArray[np.int64] | None
    """The likely runs, as `_scan.scan` finds them; None: there are so many that they were not kept."""

    @property
    def least(self) -> float:
        """The excess that is suspicious in a text of this length."""
        return min(MOST_EXCESS, SUSPICIOUS + PER_CHARACTER * self.length)

    @property
    def suspicious(self) -> bool:
        """Whether some stretch is so implausible that more than code pages is worth a try."""
        return self.excess >= self.least

    @property
    def misread(self) -> bool:
        """Whether decoding is worth a try."""
        return bool(self.codepages) or self.suspicious or bool(self.flags & MISREAD_WORD)

    @property
    def damaged(self) -> bool:
        """Whether anything is worth a look."""
        return bool(self.flags) or self.misread


class Step(NamedTuple):
    """What a stage of repair made of a text, by which edits, and the signs of that, if it knows them."""

    text: str
    edits: Sequence[Edit] = ()
    signs: ScreeningReport | None = None
