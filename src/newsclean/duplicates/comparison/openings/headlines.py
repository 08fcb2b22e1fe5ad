"""Does a headline name what only its own article is about?

Some words of a headline stand in its body, too, but not in the other article. They are the names of another place, case
or company: a frame filled with other facts, or a later event above the same background. An editor who puts another
headline above a copy takes its words from the copy, or uses them once.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.duplicates.comparison._copies import Texts
from newsclean.duplicates.comparison.openings._headlines import share_own_terms
from newsclean.duplicates.tokens import background


def own_terms(texts: Texts, codes: NDArray[np.uint8], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """The share of a headline's terms that its own body has, and the other article has not; 0 without a headline. There
    is one for both articles of each pair."""
    shares = np.zeros((len(pairs), 2), np.float32)
    share_own_terms(texts, read_only(codes), read_only(background().cues), np.ascontiguousarray(pairs), shares)
    return shares
