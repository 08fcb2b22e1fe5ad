"""The columns of the table of features: their names, in order. What each one is, the module that fills it says."""

from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SHIFTS = (-2, -1, 1, 2)  # lines above and below whose own features a line has as well:
NEAR = ("length", "end", "capitalised", "score", "shared", "begin", "digits")


class Feature(IntEnum):
    """Columns that kernels fill by name. `NAMES` has the names of all columns."""

    # What the line is made of (`line`), shares with paragraphs (`vocabulary`), and says again (`repetition`).
    LENGTH = 0
    WORD_LENGTH = auto()
    END = auto()
    CLOSED = auto()
    BEGIN = auto()
    CAPITALISED = auto()
    CAPITALS = auto()
    DIGITS = auto()
    NUMBERS = auto()
    SENTENCES = auto()
    COMMAS = auto()
    SEPARATORS = auto()
    COLONS = auto()
    QUOTES = auto()
    SYMBOLS = auto()
    SHARE_WORDS = auto()
    SCORE = auto()
    RULE = auto()
    BLANKS = auto()
    BLANKS_AFTER = auto()
    INDENT = auto()
    PROSE = auto()
    SHARED = auto()
    CONTENT = auto()
    REPEATS = auto()
    GRAMS = auto()
    LEAD = auto()
    THEMES = auto()
    THEME = auto()
    WORDS = auto()
    STOPS = auto()
    STOP_DENSITY = auto()
    RULE_NUMBER = auto()
    ECHO = auto()
    # What is above, below and next to it (`neighbourhood`). Before them stand the columns of its neighbours.
    SCORE_AFTER = ECHO + 1 + len(SHIFTS) * len(NEAR)  # type: ignore[operator]  # `auto` is a number by now
    SCORE_BEFORE = auto()
    PROSE_SHARE_AFTER = auto()
    RULES_AFTER = auto()
    RULES_BEFORE = auto()
    SCORE_NEAR = auto()
    LENGTH_NEAR = auto()
    SHARED_NEAR = auto()
    SINCE_LONG = auto()
    UNTIL_LONG = auto()
    SHARED_AFTER = auto()
    PROSE_NEAR = auto()
    END_NEAR = auto()
    LEAD_NEAR = auto()
    LEAD_AFTER = auto()
    # Its text, its place in it, and its run of lines that are no paragraphs (`neighbourhood`, `sections`).
    LINES = auto()
    LETTERS = auto()
    PROSE_LINES = auto()
    PROSE_SHARE = auto()
    TEXT_SCORE = auto()
    ROW = auto()
    ROW_FROM_END = auto()
    SHARE_BEFORE = auto()
    PROSE_BEFORE = auto()
    PROSE_AFTER = auto()
    SINCE_PROSE = auto()
    UNTIL_PROSE = auto()
    RUN = auto()
    RUN_LENGTH = auto()
    RUN_SCORE = auto()
    RUN_ENDS = auto()
    RUN_SHARED = auto()
    RUN_RULES = auto()
    SINCE_RULE = auto()
    UNTIL_RULE = auto()
    RUN_SPREAD = auto()
    SINCE_LETTERS = auto()
    UNTIL_LETTERS = auto()
    RUN_CAPS = auto()
    SPREAD = auto()
    DEVIATION = auto()
    PROSE_LENGTH = auto()
    SINCE_COMMENTS = auto()
    PROSE_SINCE_HEAD = auto()
    # How it is written, and what is above, below and near it (`style`).
    ROUGH = auto()
    ROUGH_ABOVE = auto()
    ROUGH_BELOW = auto()
    ROUGH_NEAR = auto()
    CALLS = auto()
    CALLS_ABOVE = auto()
    CALLS_BELOW = auto()
    CALLS_NEAR = auto()
    MARKS = auto()
    MARKS_BELOW = auto()
    DASHES = auto()
    DASHES_BELOW = auto()
    WIDE = auto()
    WIDE_BELOW = auto()
    STAMPS_NEAR = auto()
    NAMES_BELOW = auto()
    TURNS_BELOW = auto()
    # How it stands in its block, and how much of the text does not stand alone (`line`).
    BEGINS_INSIDE = auto()
    ENDS_INSIDE = auto()
    CUE = auto()
    INSIDE_SHARE = auto()
    # How much it speaks to the reader, and what is above, below and near it (`wording`).
    INTERFACE = auto()
    INTERFACE_ABOVE = auto()
    INTERFACE_BELOW = auto()
    INTERFACE_NEAR = auto()
    SPOKEN = auto()
    SPOKEN_ABOVE = auto()
    SPOKEN_BELOW = auto()
    SPOKEN_NEAR = auto()


NEIGHBOURS = Feature.ECHO + 1  # the first column of those of neighbours
NEAR_COLUMNS = tuple(int(Feature[name.upper()]) for name in NEAR)
_NAMED = tuple(feature.name.lower() for feature in Feature)
NAMES = (
    *_NAMED[:NEIGHBOURS],
    *(f"{name}{shift:+d}" for shift in SHIFTS for name in NEAR),
    *_NAMED[NEIGHBOURS:],
)
