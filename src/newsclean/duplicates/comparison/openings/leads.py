"""Does an article begin with what it is about? A page under which a site hangs other articles does not.

Endless pages, feeds and registration walls share all they have with each other but the headline. An edited copy may
have a new headline, too, but its words occur in the text. Those of a headline above somebody else's articles do not.
Those of a byline or a trail of links above a copy hardly do, but then the other article begins right below them.
"""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison._copies import Texts
from newsclean.duplicates.comparison.openings._leads import score_leads
from newsclean.duplicates.tokens import background


def write_openings(
    texts: Texts,
    codes: NDArray[np.uint8],
    pairs: NDArray[np.int64],
    features: NDArray[np.float32],
    column: int,
) -> None:
    """Fill a column: how much of the beginning of each article of a pair occurs in the rest of it or in the other."""
    score_leads(texts.words, texts.spans, codes, background().cues, pairs, features, column)
