"""Clusters and named pairs of documents from verified pairs of texts."""

from newsclean.duplicates.clustering.average_linkage import Linked, average_link, link_groups
from newsclean.duplicates.clustering.identical import Groups
from newsclean.duplicates.clustering.pairs import Row, name_pairs
from newsclean.duplicates.clustering.raw_pairs import shared_boilerplate

__all__ = [
    "Groups",
    "Linked",
    "Row",
    "average_link",
    "link_groups",
    "name_pairs",
    "shared_boilerplate",
]
