"""Clusters and named pairs of documents from verified pairs of texts."""

from newsclean.duplicates.clustering.average_linkage import average_link
from newsclean.duplicates.clustering.identical import Groups
from newsclean.duplicates.clustering.pairs import Row, name_pairs
from newsclean.duplicates.clustering.raw_pairs import shared_boilerplate

__all__ = [
    "Groups",
    "Row",
    "average_link",
    "name_pairs",
    "shared_boilerplate",
]
