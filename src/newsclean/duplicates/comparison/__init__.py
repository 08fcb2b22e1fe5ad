"""Exact comparison of candidate pairs, and the models that turn it into confidences."""

from newsclean.duplicates.comparison.copies import CopyFeature, copy_features
from newsclean.duplicates.comparison.models import copy_confidence, story_among_competitors, story_confidence
from newsclean.duplicates.comparison.stories import story_features

__all__ = [
    "CopyFeature",
    "copy_confidence",
    "copy_features",
    "story_among_competitors",
    "story_confidence",
    "story_features",
]
