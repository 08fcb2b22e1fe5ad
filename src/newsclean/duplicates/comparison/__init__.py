"""Exact comparison of candidate pairs, and the models that turn it into confidences."""

from newsclean.duplicates.comparison._copies import (
    Kind,
    Lookup,
    Texts,
    fill_table,
    gather_values,
    look_up,
    lookup_for,
)
from newsclean.duplicates.comparison._stories import StoryFeature
from newsclean.duplicates.comparison.competitors import Rivals
from newsclean.duplicates.comparison.copies import CopyFeature, containment, copy_features, texts_of
from newsclean.duplicates.comparison.models import (
    copy_confidence,
    copy_credits,
    has_other_figures,
    has_own_passage,
    rivals_confidence,
    story_confidence,
    story_credits,
)
from newsclean.duplicates.comparison.stories import story_features, story_totals

__all__ = [
    "CopyFeature",
    "Kind",
    "Lookup",
    "Rivals",
    "StoryFeature",
    "Texts",
    "containment",
    "copy_confidence",
    "copy_credits",
    "copy_features",
    "fill_table",
    "gather_values",
    "has_other_figures",
    "has_own_passage",
    "look_up",
    "lookup_for",
    "rivals_confidence",
    "story_confidence",
    "story_credits",
    "story_features",
    "story_totals",
    "texts_of",
]
