"""Columns of the tables, and the arrays, that the kernels of this folder share."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, Table
from newsclean.damage.codepoints import Codes


class Task(IntEnum):
    """A text that is decoded in a code page, together with what fits beside that code page's runs."""

    TEXT = 0
    CODEPAGE = 1


class Attempt(IntEnum):
    """What came out of a task."""

    FIRST = 0
    """The first of its runs, and the end of them."""
    LAST = 1
    READ_FROM = 2
    """Where what they mean begins and ends."""
    READ_TO = 3
    SAME_AS = 4
    """An earlier task of the same text whose runs are and mean the same; -1 if there is none."""
    AMBIGUOUS = 5
    """Whether windows-1252 fills a byte in the runs of a code page in which a character of them stands for two
    bytes."""


class Span(IntEnum):
    """What a run means: where that begins and ends in `DecodedRuns.read`, whether windows-1252 fills a byte of it."""

    START = 0
    END = 1
    FILLED = 2


class Splice(IntEnum):
    """A run that was decoded: where it stands before and after, its code page, whether windows-1252 fills a byte of
    it."""

    START = 0
    END = 1
    NEW_START = 2
    NEW_END = 3
    CODEPAGE = 4
    FILLED = 5


class Made(IntEnum):
    """What a task makes of its text."""

    FIRST = 0
    """The first of its decoded runs, and the end of them."""
    LAST = 1
    TEXT = 2
    """The number of the text that it makes; -1 if nothing is decoded."""
    GAIN = 3
    """What the decoded runs gain (cost units)."""


class Support(IntEnum):
    """Nats that speak for a code page in a text."""

    RUNS = 0
    """What all its runs gain together."""
    KNOWN = 1
    """What is known beforehand."""
    SURE_RUNS = 2
    """What its runs gain that are no coincidence."""


class Whole(IntEnum):
    """What is made of a text that is decoded at once: its runs, and its code points; none if it is not decoded."""

    FIRST = 0
    LAST = 1
    START = 2
    END = 3


class RunFeature(IntEnum):
    """Features of a run, as `confidence.WEIGHTS` weighs them."""

    CONSTANT = 0
    GAIN = 1
    LOG_UNITS = 2
    GAIN_PER_UNIT = 3
    SUPPORT = 4
    TOUCHES = 5
    AGREES = 6
    DISAGREES = 7
    WORD = 8
    LOWERED = 9
    UNCOVERED = 10
    ENDS_BLANK = 11
    LENGTH = 12
    BLANK_APART = 13
    BEGINS = 14
    CAPITALS = 15


class Picked(IntEnum):
    """The code page that a likely run is worth most in, and what it is worth."""

    CODEPAGE = 0
    SCORE = 1


class Texts(NamedTuple):
    """The code points of some texts, and where each begins and ends in them. Shape of the places (texts, 2)."""

    codes: Codes
    places: Table[np.int64]


class LikelyRuns(NamedTuple):
    """The likely runs of some texts (columns: `LikelyRun`); those of text `t` begin at `starts[t]`."""

    runs: Table[np.int64]
    starts: Column[np.int64]


class CodePageTables(NamedTuple):
    """What is known of code pages."""

    units: Table[np.uint16]
    """`encodings.tables.utf8_tables`."""
    alike: Column[np.int64]
    """A number for each code page: only those of the same number are compared, as half of them differ in name only."""
    ambiguous: Column[np.int64]
    """The code pages (bits) in which each character below 65536 stands for two bytes."""


class Attempts(NamedTuple):
    """Tasks (columns: `Task`), those of a text one after the other, and what came out of each (columns: `Attempt`)."""

    tasks: Table[np.int64]
    found: Table[np.int64]


class DecodedRuns(NamedTuple):
    """Runs that do not overlap (columns: `Run`), where what each means stands (columns: `Span`), and what they mean."""

    rows: Table[np.int64]
    spans: Table[np.int64]
    read: Column[np.uint32]


class Order(IntEnum):
    """Columns of runs in order: the number of each, and that in the order that is being merged."""

    RUN = 0
    MERGED = 1


class Choice(NamedTuple):
    """Scratch of choosing runs: a row for each likely run of a text (columns: `Order`), and a number for each code
    point, zero. The last array says what each code page is worth."""

    order: Table[np.int64]
    chosen: Column[np.int64]
    value: Column[np.int64]
    picked: Table[np.int64]
    """For each likely run of a text (columns: `Picked`)."""
    levels: Column[np.int64]
    """The code pages (bits) that are worth the same, those that are worth most first."""
    numbers: Column[np.uint8]
    """`encodings.tables.codepage_numbers`."""


class Priors(NamedTuple):
    """What speaks for each code page before a text is seen: nats of support, and how rare it is (eighths of a cost
    unit)."""

    known: Column[np.float64]
    rarity: Column[np.int64]


class Weights(NamedTuple):
    """What runs are weighed by."""

    kinds: Table[np.uint8]
    """`models.character_classes.KINDS`."""
    features: Column[np.float64]
    """The weight of each `RunFeature`."""
    support: Table[np.float64]
    """What speaks for each code page (columns: `Support`)."""
    expected: Column[np.uint8]
    """1 for scripts (by number) that the texts are known to be in."""


class Doubts(NamedTuple):
    """Scratch of weighing runs. `covered` is 1 for each code point of the text in a run, and zero before and after.
    `bare` are the places of what is not ASCII and in no run. `coincidence` says whether each run is what correct text
    has by chance."""

    covered: Column[np.uint8]
    bare: Column[np.int32]
    coincidence: Column[np.uint8]


class Scores(NamedTuple):
    """The features of runs, and the probability that each run is mojibake, -1 if that is out of the question.

    Features that are not wanted have one row for all runs: they would take 8 MB a batch.
    """

    values: Table[np.float64]
    sure: Column[np.float64]


class Spliced(NamedTuple):
    """The texts that tasks make, one after the other, each once, and where each ends, after a zero. `runs` are the
    decoded runs of all tasks (columns: `Splice`), and `made` is what each task makes (columns: `Made`)."""

    codes: Column[np.uint32]
    ends: Column[np.int64]
    runs: Table[np.int64]
    made: Table[np.int64]


class UnitForms(NamedTuple):
    """Which bytes of UTF-8 characters stand for."""

    bits: Column[np.int64]
    """At `FORMS * c` and behind it: the code pages (bits) in which a character is a continuation byte. Then those in
    which it begins a unit of two, three or four bytes."""
    units: Column[np.uint16]
    """As in `screening.columns.CodePageMaps`."""
    ambiguous: Column[np.int64]
    """As in `CodePageTables`."""
    numbers: Column[np.uint8]
    """As in `CodePageMaps`, and so are `rows` and `alike`."""
    rows: Column[np.uint16]
    alike: Column[np.int64]


class WholeTexts(NamedTuple):
    """Texts that are decoded at once, one after the other, their runs (columns: `Splice`), and what is made of each
    (columns: `Whole`)."""

    codes: Column[np.uint32]
    runs: Table[np.int64]
    made: Table[np.int64]
