"""From probabilities to edits: which segments go, and what goes with them."""

from newsclean.boilerplate.decision.decide import decide, removable
from newsclean.boilerplate.decision.edits import WHO, Removals, deciders, edits_of, removals, rest, spans
from newsclean.boilerplate.decision.selection import POINTS, Point

__all__ = [
    "POINTS",
    "WHO",
    "Point",
    "Removals",
    "decide",
    "deciders",
    "edits_of",
    "removable",
    "removals",
    "rest",
    "spans",
]
