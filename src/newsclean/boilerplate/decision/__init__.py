"""From probabilities to edits: which segments go, and what goes with them."""

from newsclean.boilerplate.decision.decide import decide, removable
from newsclean.boilerplate.decision.edits import WHO, RemovalEdits, Removals, deciders, removals, rest, spans
from newsclean.boilerplate.decision.selection import POINTS, Point

__all__ = [
    "POINTS",
    "WHO",
    "Point",
    "RemovalEdits",
    "Removals",
    "decide",
    "deciders",
    "removable",
    "removals",
    "rest",
    "spans",
]
