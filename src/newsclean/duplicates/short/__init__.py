"""Short texts (headlines, or headline and blurb): compared token by token, judged by models of their own."""

from newsclean.duplicates.short._features import MOST_TOKENS, Meta, Tables, Texts
from newsclean.duplicates.short.columns import ShortFeature
from newsclean.duplicates.short.features import are_short, have_other_facts, short_features
from newsclean.duplicates.short.frames import FRAME_SLOTS, count_frames, frame_slots
from newsclean.duplicates.short.models import short_copy_confidence, short_credits, short_story_confidence, vetoed

__all__ = [
    "FRAME_SLOTS",
    "MOST_TOKENS",
    "Meta",
    "ShortFeature",
    "Tables",
    "Texts",
    "are_short",
    "count_frames",
    "frame_slots",
    "have_other_facts",
    "short_copy_confidence",
    "short_credits",
    "short_features",
    "short_story_confidence",
    "vetoed",
]
