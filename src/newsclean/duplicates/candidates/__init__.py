"""Candidate pairs: texts with equal bands of their signatures, and texts that share key terms."""

from newsclean.duplicates.candidates._key_terms import KEY_TERMS
from newsclean.duplicates.candidates._lsh import AGREEING
from newsclean.duplicates.candidates.key_terms import story_candidates
from newsclean.duplicates.candidates.lsh import copy_candidates
from newsclean.duplicates.candidates.passages import RARE, passage_candidates, sampled_shingles, share_enough

__all__ = [
    "AGREEING",
    "KEY_TERMS",
    "RARE",
    "copy_candidates",
    "passage_candidates",
    "sampled_shingles",
    "share_enough",
    "story_candidates",
]
