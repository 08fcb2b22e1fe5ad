"""A kernel that tells brief texts of one frame with other facts."""

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.duplicates.short._alignment import common_subsequence
from newsclean.duplicates.short._features import MOST_TOKENS, Texts, load_tokens, mark_shared, own_tokens, side
from newsclean.duplicates.short.lexicon import Lexicon

FRAMED = 0.8  # share of the shorter text in the alignment, from which two texts are one frame
OTHER_FACTS = 2  # numbers, or places and days, that each has alone: one is a counter, or a slip of a letter
_EVEN = np.uint64(0x5555555555555555)


@kernel(entry=True)
def mark_other_facts(texts: Texts, lexicon: Lexicon, pairs: Table[np.int64], found: Column[np.bool_]) -> None:
    """Note which pairs of texts are one frame with other facts. Each has numbers, places or days, or an opposite
    direction, that the other has not. What has more than `MOST_TOKENS` is not looked at."""
    left, right = side(), side()
    lengths = np.empty((MOST_TOKENS + 1, MOST_TOKENS + 1), np.int16)
    for pair in range(len(pairs)):
        one, two = pairs[pair, 0], pairs[pair, 1]
        sizes = texts.spans[one, 1] - texts.spans[one, 0], texts.spans[two, 1] - texts.spans[two, 0]
        found[pair] = False
        if max(sizes[0], sizes[1]) > MOST_TOKENS:
            continue
        load_tokens(texts, one, lexicon, left)
        load_tokens(texts, two, lexicon, right)
        left.idf[:], right.idf[:] = 0.0, 0.0
        mark_shared(left, right)
        mark_shared(right, left)
        ours, theirs = own_tokens(left, lexicon), own_tokens(right, lexicon)
        up, down = np.uint64(ours.directions), np.uint64(theirs.directions)
        turned = ((up >> np.uint64(1)) & down | up & (down >> np.uint64(1))) & _EVEN != 0
        facts = max(min(ours.numbers, theirs.numbers), min(ours.facts, theirs.facts))  # a day of a month is both
        if turned or facts >= OTHER_FACTS:
            common = common_subsequence(left, right, left.lead[1], right.lead[1], lengths)
            found[pair] = common >= FRAMED * min(sizes[0], sizes[1])
