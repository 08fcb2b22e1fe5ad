"""From probabilities to edits: which lines go, and what goes with them."""

from newsclean.boilerplate.decision.calibration import PAGE
from newsclean.boilerplate.decision.decide import decide, removable
from newsclean.boilerplate.decision.edits import WHO, confidences, deciders, line_edits, rest, spans
from newsclean.boilerplate.decision.glued import Glued
from newsclean.boilerplate.decision.selection import POINTS, Point

__all__ = [
    "PAGE",
    "POINTS",
    "WHO",
    "Glued",
    "Point",
    "confidences",
    "decide",
    "deciders",
    "line_edits",
    "removable",
    "rest",
    "spans",
]
