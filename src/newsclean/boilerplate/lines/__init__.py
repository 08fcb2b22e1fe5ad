"""Lines: where they are, what they are made of, and their words as hashes."""

from newsclean.boilerplate.lines.columns import COLUMNS, PLACE, SPACE, CharKind, LineColumn, Lines, text_bounds
from newsclean.boilerplate.lines.measures import PROSE, lengths, prose
from newsclean.boilerplate.lines.scanner import characters, scan

__all__ = [
    "COLUMNS",
    "PLACE",
    "PROSE",
    "SPACE",
    "CharKind",
    "LineColumn",
    "Lines",
    "characters",
    "lengths",
    "prose",
    "scan",
    "text_bounds",
]
