"""The kernel that looks for a headline's terms in both articles."""

import numpy as np

from newsclean.compilation import ReadOnlyColumn, Table, kernel
from newsclean.duplicates.comparison._copies import Texts
from newsclean.duplicates.comparison.openings._leads import occurs
from newsclean.duplicates.tokens import term

_LONGEST_HEADLINE = 40  # words of a headline that are looked at: a longer one is a paragraph


@kernel()
def _stands_before(words: ReadOnlyColumn[np.uint32], at: int, start: int, end: int) -> bool:
    """Whether the term at `at`, in an article that ends at `end`, stands between `start` and itself, too."""
    value, found = term(words, at, end), False
    for place in range(start, at):
        found |= bool(term(words, place, end) == value)
    return found


@kernel(entry=True)
def share_own_terms(
    texts: Texts,
    codes: ReadOnlyColumn[np.uint8],
    cues: ReadOnlyColumn[np.uint64],
    pairs: Table[np.int64],
    shares: Table[np.float32],
) -> None:
    """Write, for both articles of each pair, the share of the headline's telling terms that are its own. Its body has
    them, too, and the other article has not."""
    words = texts.words
    for row in range(len(pairs)):
        for side in range(2):
            text, other = pairs[row, side], pairs[row, 1 - side]
            start, end = int(texts.spans[text, 0]), int(texts.spans[text, 1])
            body = start + int(texts.heads[text])
            language = np.uint64(1) << np.uint64(codes[text] - 1) if codes[text] else np.uint64(0)
            telling, own = 0, 0
            for at in range(start, min(body, start + _LONGEST_HEADLINE)):
                value = term(words, at, end)
                frequent = cues[value & np.uint32(len(cues) - 1)] & language
                if value and frequent == 0 and not _stands_before(words, at, start, end):
                    telling += 1
                    own += occurs(words, at, end, body, end) and not occurs(
                        words, at, end, int(texts.spans[other, 0]), int(texts.spans[other, 1])
                    )
            shares[row, side] = own / max(telling, 1)
