"""From candidates to verified pairs, and stars of copies around the article that is kept."""

from newsclean.duplicates.matching.compare import FAINT, compare_terms, compare_words, containments
from newsclean.duplicates.matching.corpus import BORDER, Corpus, Found, Verified
from newsclean.duplicates.matching.match import meet, share_bands, surely, verify
from newsclean.duplicates.matching.short_pairs import two_short, with_frames
from newsclean.duplicates.matching.stars import stars

__all__ = [
    "BORDER",
    "FAINT",
    "Corpus",
    "Found",
    "Verified",
    "compare_terms",
    "compare_words",
    "containments",
    "meet",
    "share_bands",
    "stars",
    "surely",
    "two_short",
    "verify",
    "with_frames",
]
