"""Clusters and named pairs of documents from verified pairs of texts."""

from newsclean.duplicates.clustering.average_linkage import Linked, average_link, link_groups, link_texts
from newsclean.duplicates.clustering.identical import Groups
from newsclean.duplicates.clustering.pairs import name_pairs
from newsclean.duplicates.clustering.raw_pairs import Raw, shared_boilerplate

__all__ = [
    "Groups",
    "Linked",
    "Raw",
    "average_link",
    "link_groups",
    "link_texts",
    "name_pairs",
    "shared_boilerplate",
]
