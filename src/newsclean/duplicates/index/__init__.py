"""A persistent index of sketches in one SQLite file."""

from newsclean.duplicates.index.index import DuplicateIndex, IndexInfo
from newsclean.duplicates.index.stories import Added, Story, StoryEvent

__all__ = [
    "Added",
    "DuplicateIndex",
    "IndexInfo",
    "Story",
    "StoryEvent",
]
