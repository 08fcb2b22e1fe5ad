"""Columns of the tables, and the arrays, that the search for damaged units works with."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, Table


class Head(IntEnum):
    """Where the forms of lead bytes and of continuation bytes that begin with a character begin."""

    LEADS = 0
    CONTINUATIONS = 1


class Form(IntEnum):
    """Columns of the forms of bytes. TAIL is where the characters behind the first begin in `ByteForms.tails`. BYTE of
    a continuation byte is its six bits. PENALTY is in nats."""

    LENGTH = 0
    TAIL = 1
    BYTE = 2
    PENALTY = 3


class Absent(IntEnum):
    """A continuation byte that may have vanished: its six bits, the penalty, whether it was a blank."""

    BITS = 0
    PENALTY = 1
    BLANK = 2


class Partial(IntEnum):
    """A unit of which some bytes are read: where the next one begins, how many are left, the value so far, whether one
    is gone."""

    AT = 0
    LEFT = 1
    VALUE = 2
    GONE = 3


class Option(IntEnum):
    """What a unit may be: where it ends, and what is read (a code point, or STRINGS + the number of a string)."""

    END = 0
    READ = 1


class Hypothesis(IntEnum):
    """Columns of ways through the line so far: what was READ last, its LAST code point, and where it starts. DECODED
    says whether it was decoded. PARENT is the hypothesis before."""

    READ = 0
    LAST = 1
    START = 2
    DECODED = 3
    PARENT = 4


class Slot(IntEnum):
    """Columns of the lists of hypotheses that end at a place. NEXT is the number of the next slot, from 1; 0: there is
    none. TAKEN says whether the hypothesis was taken already."""

    HYPOTHESIS = 0
    NEXT = 1
    TAKEN = 2


class Chain(IntEnum):
    """The first and the last slot of the list of a place; 0: none."""

    FIRST = 0
    LAST = 1


class DecodedUnit(IntEnum):
    """A unit that was decoded: what was read, where it starts and ends."""

    READ = 0
    START = 1
    END = 2


class ByteForms(NamedTuple):
    """How damaged bytes look, for the kernels."""

    number: Column[np.uint16]
    """The number of each character below 65536; 0 for those that begin no form."""
    heads: Table[np.int64]
    """Columns: `Head`, a row for each number and one more."""
    leads: Table[np.float64]
    """Columns: `Form`."""
    continuations: Table[np.float64]
    """Columns: `Form`."""
    tails: Column[np.uint32]
    absent: Table[np.float64]
    """Columns: `Absent`."""
    cased: Column[np.uint32]
    """What a change of case makes of each character: a code point, or STRINGS + a row of `strings`."""
    strings: Table[np.uint32]
    assigned: Column[np.uint8]
    """Whether a code point is one that text may have (1), or only where none of its bytes is lost (2)."""


class UnitRoom(NamedTuple):
    """Scratch of reading one unit: unfinished readings (columns: `Partial`), their penalties, finished ones (columns:
    `Option`), and theirs."""

    stack: Table[np.int64]
    owed: Column[np.float64]
    options: Table[np.int64]
    prices: Column[np.float64]


class Beam(NamedTuple):
    """The hypotheses (columns: `Hypothesis`), what each costs (nats), and the lists of those that end at each place
    (columns: `Slot` and `Chain`)."""

    states: Table[np.int64]
    paid: Column[np.float64]
    slots: Table[np.int64]
    ends: Table[np.int64]
