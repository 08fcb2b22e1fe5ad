"""Columns of the tables that screening fills, and the arrays that its kernels share."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, Table


class Run(IntEnum):
    """A run of UTF-8 units in a code page."""

    START = 0
    END = 1
    UNITS = 2
    GAIN = 3
    """How much cheaper it is decoded (cost units)."""
    CODEPAGE = 4


class LikelyRun(IntEnum):
    """A run of UTF-8 units that is the same in some code pages. Each stands in one row: most text is misread alike in
    a dozen of code pages."""

    START = 0
    END = 1
    UNITS = 2
    GAIN = 3
    """How much cheaper it is decoded (cost units)."""
    CODEPAGES = 4
    """The code pages (a bit each)."""
    HIT = 5
    """Where the first unit ends, as `Hit` has it: rows of one hit are in order of their first code pages."""


class Sign(IntEnum):
    """What screening says about a text."""

    FLAGS = 0
    CODEPAGES = 1
    """Code pages (a bit each) in which a run is likely."""
    EXCESS = 2
    RUNS = 3
    """Number of rows of likely runs."""
    GAIN = 4
    """The most that the likely runs of a code page gain together (cost units)."""
    UNITS = 5
    """The most units of a likely run."""


class Hit(IntEnum):
    """Columns of ends of UTF-8 units that may be in likely runs, and of the code pages (bits) in which they are units.
    Units of three bytes or more and those of two stand side by side in one table."""

    THREE_END = 0
    THREE_CODEPAGES = 1
    TWO_END = 2
    TWO_CODEPAGES = 3


class Progress(IntEnum):
    """How far runs of a code page were followed in a text, and what the likely ones gain."""

    REACH = 0
    GAIN = 1


class Mark(IntEnum):
    """What a character below 65536 is: the code pages (bits) in which it is such a byte of UTF-8.

    The first number holds its flags, too, above bit `_context.FLAGS`.
    """

    CONTINUATION = 0
    LEAD_OF_TWO = 1
    LEAD_OF_MORE = 2


MARKS = 4  # numbers of a character: one more, so that they begin at a multiple of four


class CodePageMaps(NamedTuple):
    """Which bytes characters stand for in the code pages."""

    marks: Column[np.int64]
    """At `MARKS * c + Mark`: what a character is."""
    units: Column[np.uint16]
    """At `CODEPAGES * c + codepage`: `continuation byte << 8 | lead byte` of the character, 0 where it is neither."""
    numbers: Column[np.uint8]
    """`encodings.tables.codepage_numbers`."""
    rows: Column[np.uint16]
    """The row of `alike` for a character below 65536: characters that are the same bytes in all code pages share
    one."""
    alike: Column[np.int64]
    """At `CODEPAGES * row + codepage`: the code pages (bits) in which a character is the same bytes as in that code
    page."""


class Bounds(NamedTuple):
    """The code pages (bits) that are looked at, and what a run must gain to be likely (cost units)."""

    codepages: int
    gain: int


class Room(NamedTuple):
    """What is noted of a text. `spans` are where stretches beyond ASCII start and end, and `paid` is what each
    character costs. `threes` and `twos` are where units of three and of two bytes end. Those that are kept are `hits`
    (columns: `Hit`). `progress` is that of each code page."""

    spans: Column[np.uint32]
    paid: Column[np.int64]
    threes: Column[np.uint32]
    twos: Column[np.uint32]
    hits: Table[np.int64]
    progress: Table[np.int64]


class Found(NamedTuple):
    """What screening finds: a row for each text (columns: `Sign`), and the likely runs (columns: `LikelyRun`), as many
    as there is room for."""

    signs: Table[np.int64]
    runs: Table[np.int64]
