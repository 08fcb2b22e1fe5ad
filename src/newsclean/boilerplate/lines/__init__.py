"""Lines: where they are, what they are made of, and their words as hashes."""

from newsclean.boilerplate.lines.columns import (
    BEGINS,
    COLUMNS,
    CUE,
    ENDS,
    PLACE,
    SMALL,
    SPACE,
    CharKind,
    LineColumn,
    Lines,
    text_bounds,
)
from newsclean.boilerplate.lines.measures import PROSE, lengths, prose
from newsclean.boilerplate.lines.merging import merged
from newsclean.boilerplate.lines.rarity import PLACE_BITS, rarity
from newsclean.boilerplate.lines.scanner import characters, scan
from newsclean.boilerplate.lines.wrapping import unwrapped

__all__ = [
    "BEGINS",
    "COLUMNS",
    "CUE",
    "ENDS",
    "PLACE",
    "PLACE_BITS",
    "PROSE",
    "SMALL",
    "SPACE",
    "CharKind",
    "LineColumn",
    "Lines",
    "characters",
    "lengths",
    "merged",
    "prose",
    "rarity",
    "scan",
    "text_bounds",
    "unwrapped",
]
