"""A persistent index of sketches in one SQLite file."""

from newsclean.duplicates.index.index import DuplicateIndex, IndexInfo

__all__ = [
    "DuplicateIndex",
    "IndexInfo",
]
