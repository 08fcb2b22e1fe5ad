"""What articles begin with: whether it is what they are about, and whether the other one knows of it."""

from newsclean.duplicates.comparison.openings.headlines import own_terms
from newsclean.duplicates.comparison.openings.leads import write_openings

__all__ = ["own_terms", "write_openings"]
