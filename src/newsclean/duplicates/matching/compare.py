"""What exact comparison says of pairs of texts, as many at once as memory holds."""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, blocks, each_block, shares
from newsclean.duplicates.comparison import (
    CopyFeature,
    Rivals,
    StoryFeature,
    containment,
    copy_confidence,
    copy_features,
    rivals_confidence,
    story_confidence,
    story_features,
    story_totals,
    texts_of,
)
from newsclean.duplicates.matching.corpus import Corpus, Verified
from newsclean.duplicates.matching.short_pairs import Judged, are_other_reports, judge_short
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.scratch import Scratch
from newsclean.settings import DuplicateSettings

ALIKE = 0.25  # cosine of terms from which reports are compared word by word, too: .35 missed 1 % of the copies
CONTAINED_RATIO = 0.8  # of lengths, up to which a copy is called contained in the longer article
CONTAINED_SHARE = 0.8  # of the shorter article's shingles that the longer one then holds
FAINT = 0.1  # confidence below which a pair says nothing to a story's average link
_PAIR = 64  # bytes that each array of a comparison takes for a pair, about


def compare_words(corpus: Corpus, pairs: Pairs, weights: NDArray[np.float32] | None = None) -> Verified:
    """Pairs, compared word by word; two short texts token by token, if the `weights` of terms are given."""
    found = Verified.of(pairs, corpus.scratch)

    def compare(block: slice, _: Scratch) -> None:
        _compare_block(corpus, pairs[block], weights, found, block)

    each_block(compare, len(pairs), _PAIR, corpus.scratch)
    return found


def containments(corpus: Corpus, pairs: Pairs) -> NDArray[np.float32]:
    """`Verified.shared` of pairs, without what else a comparison word by word tells."""
    found = np.empty(len(pairs), np.float32)
    texts = texts_of(corpus.words, corpus.spans, corpus.heads)
    for block in blocks(len(pairs), corpus.scratch.rows(_PAIR)):
        found[block] = containment(texts, pairs[block])
    return found


def _compare_block(
    corpus: Corpus, pairs: Pairs, weights: NDArray[np.float32] | None, found: Verified, block: slice
) -> None:
    words = copy_features(texts_of(corpus.words, corpus.spans, corpus.heads), corpus.languages, pairs)
    share, ratio = words[:, CopyFeature.CONTAINMENT], words[:, CopyFeature.RATIO]
    copy = copy_confidence(words)
    copy[are_other_reports(corpus, pairs, copy)] = 0
    # What a story's terms would say of copies is not asked: they report one event as surely as they are copies.
    found.story[block], found.short[block] = copy, False
    if weights is not None:
        judged = judge_short(corpus, pairs, weights)
        copy[judged.rows] = judged.copy
        found.story[block][judged.rows] = np.maximum(judged.story, judged.copy)
        found.short[block][judged.rows] = True
    found.copy[block], found.shared[block], found.words[block] = copy, share, words[:, CopyFeature.SHARED]
    found.contained[block] = (share >= CONTAINED_SHARE) & (ratio <= CONTAINED_RATIO)


def compare_terms(
    corpus: Corpus,
    pairs: Pairs,
    weights: NDArray[np.float32],
    settings: DuplicateSettings,
    met: NDArray[np.bool_] | None = None,
) -> Verified:
    """Pairs, compared by their terms, and word by word where these are alike, or where texts have `met` as possible
    copies.

    `pairs` are all that there are: how a pair stands among the others of both its texts counts. They are gone through
    twice.
    """
    scratch = corpus.scratch
    found = Verified.of(pairs, scratch)
    alike = scratch.empty(len(pairs), np.bool_)
    rivals = Rivals(len(corpus.spans), scratch)

    def agree(share: slice, room: Scratch) -> None:
        totals = story_totals(len(corpus.spans), room)
        # The last ones first, as what is to be known of right texts alone is known then.
        for block in reversed(list(blocks(share.stop, room.rows(_PAIR), share.start))):
            own = pairs[block]
            terms = story_features(corpus.words, corpus.spans, corpus.languages, weights, own, totals)
            story = story_confidence(terms)
            story[_apart(corpus.days, own, settings.story_days)] = 0
            found.story[block], alike[block] = story, terms[:, StoryFeature.FULL] >= ALIKE

    def judge(block: slice, room: Scratch) -> None:
        own = pairs[block]
        found.story[block] = rivals_confidence(rivals.features(own, found.story[block]))
        judged = judge_short(corpus, own, weights)
        found.story[block][judged.rows] = judged.story
        found.story[block][_apart(corpus.days, own, settings.story_days)] = 0
        alike[block] |= False if met is None else met[block]
        alike[block][judged.rows] = np.maximum(judged.copy, judged.story) >= FAINT
        _compare_alike(corpus._replace(scratch=room), own, np.flatnonzero(alike[block]), judged, found.part(block))

    list(scratch.at_once(agree, shares(len(pairs), scratch)))
    for block in blocks(len(pairs), scratch.rows(_PAIR)):
        rivals.add(pairs[block], found.story[block])
    each_block(judge, len(pairs), _PAIR, scratch)
    return found


def _compare_alike(corpus: Corpus, pairs: Pairs, alike: NDArray[np.int64], judged: Judged, found: Verified) -> None:
    """Compare word by word the pairs that are worth it, and put down what all pairs of a block are. Worth it are long
    texts that are alike, and short ones that are something."""
    close = compare_words(corpus, pairs[alike])
    for column, values in ((found.copy, close.copy), (found.shared, close.shared), (found.words, close.words)):
        column[:] = 0
        column[alike] = values
    found.contained[:] = False
    found.contained[alike] = close.contained
    found.copy[judged.rows] = judged.copy
    found.short[:] = False
    found.short[judged.rows] = True
    np.maximum(found.story, found.copy, out=found.story)


def _apart(days: NDArray[np.int32], pairs: Pairs, window: int) -> NDArray[np.bool_]:
    """Whether both articles of a pair have a date, and these are more than `window` days apart."""
    left, right = days[pairs[:, 0]].astype(np.int64), days[pairs[:, 1]].astype(np.int64)
    distant: NDArray[np.bool_] = (left != NO_DAY) & (right != NO_DAY) & (np.abs(right - left) > window)
    return distant
