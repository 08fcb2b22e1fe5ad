"""Features of lines, by which the tagger judges them."""

from newsclean.boilerplate.features.columns import NAMES, NEAR, NEAR_COLUMNS, NEIGHBOURS, SHIFTS, Feature, Floats
from newsclean.boilerplate.features.table import features

__all__ = ["NAMES", "NEAR", "NEAR_COLUMNS", "NEIGHBOURS", "SHIFTS", "Feature", "Floats", "features"]
