"""A kernel that tells brief texts of one frame with other facts."""

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.duplicates.short._alignment import Side, common_subsequence
from newsclean.duplicates.short._features import MOST_TOKENS, Texts, load_tokens, look_up, mark_shared, side
from newsclean.duplicates.short.lexicon import Lexicon
from newsclean.duplicates.tokens import NUMBER

FRAMED = 0.8  # share of the shorter text in the alignment, from which two texts are one frame
OTHER_FACTS = 3  # places of the frame with other facts, at least: one is a counter, two are figures written otherwise
_GAP = 3  # tokens between two aligned ones, at most, that are a place of the frame


@kernel()
def _is_fact(side: Side, at: int, lexicon: Lexicon) -> bool:
    """Whether a token is a number, or names a place or day, and the other text has it nowhere."""
    known = side.sort[at] == NUMBER or (side.term[at] != 0 and look_up(lexicon.facts, side.term[at]) >= 0)
    return bool(side.shared[at] == 0 and known)


@kernel()
def _count_facts(side: Side, lexicon: Lexicon) -> int:
    """How many facts a text has that the other one has nowhere."""
    count = 0
    for at in range(side.lead[1]):
        count += _is_fact(side, at, lexicon)
    return count


@kernel()
def _other_facts(left: Side, right: Side, lengths: Table[np.int16], lexicon: Lexicon) -> int:
    """Count the places of the alignment (`common_subsequence` of whole texts) where one fact stands for another.

    Facts are numbers, places and days that the other text has nowhere. `23 000` has two words, and does not stand for
    `23.000`.
    """
    size, other = left.lead[1], right.lead[1]
    i, j, ours, theirs, count = 0, 0, 0, 0, 0
    while i < size and j < other:
        if left.token[i] == right.token[j]:
            if i - ours == j - theirs and i - ours <= _GAP:
                for step in range(i - ours):
                    count += _is_fact(left, ours + step, lexicon) & _is_fact(right, theirs + step, lexicon)
            i, j = i + 1, j + 1
            ours, theirs = i, j
        elif lengths[i + 1, j] >= lengths[i, j + 1]:
            i += 1
        else:
            j += 1
    return count


@kernel(entry=True)
def mark_other_facts(texts: Texts, lexicon: Lexicon, pairs: Table[np.int64], found: Column[np.bool_]) -> None:
    """Note which pairs of texts are one frame with other facts in several places. What has more than `MOST_TOKENS` is
    not looked at."""
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
        mark_shared(left, right)
        if _count_facts(left, lexicon) < OTHER_FACTS:  # of most pairs, before the alignment
            continue
        mark_shared(right, left)
        if _count_facts(right, lexicon) < OTHER_FACTS:
            continue
        common = common_subsequence(left, right, left.lead[1], right.lead[1], lengths)
        if common >= FRAMED * min(sizes[0], sizes[1]):
            found[pair] = _other_facts(left, right, lengths, lexicon) >= OTHER_FACTS
