"""What the pairs of a block are: the comparison of the local engine, on the texts of the block."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.duplicates.arrays import columns, distinct, joined_columns
from newsclean.duplicates.candidates._key_terms import agreeing_pairs
from newsclean.duplicates.comparison import (
    Rivals,
    StoryFeature,
    rivals_confidence,
    story_confidence,
    story_features,
    texts_of,
)
from newsclean.duplicates.matching import FAINT, Corpus, compare_words
from newsclean.duplicates.matching._shared_passages import Partners, count_own_words
from newsclean.duplicates.matching.compare import ALIKE
from newsclean.duplicates.matching.short_pairs import judge_short, two_short
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.scratch import IN_MEMORY
from newsclean.duplicates.tfidf import select_salient, shareable
from newsclean.spark.blocks import Block
from newsclean.spark.candidates import PAIRS

_FLOAT = pa.float32()
_SCORES = [(name, _FLOAT) for name in ("copy", "story", "shared", "words")]
VERIFIED = pa.schema([*PAIRS, *_SCORES, ("contained", pa.bool_()), ("short", pa.bool_())])
"""Columns of `Verified`."""
OWN = pa.schema([*PAIRS, ("shared", pa.int64()), ("own", pa.int64())])
TERMS = pa.schema([*VERIFIED, ("first", _FLOAT), ("apart", pa.bool_())])
"""`Verified`, but `story` is what models of short texts say; `first` is what terms alone say of a story."""
Pairs = NDArray[np.int64]


def by_words(block: Block, long_only: bool = True) -> pa.Table:
    """Pairs of which not both are short texts, or all pairs, compared word by word."""
    pairs = block.pairs[~two_short(block.corpus, block.pairs)] if long_only else block.pairs
    return _table(block, compare_words(block.corpus, pairs))


def by_tokens(block: Block, weights: NDArray[np.float32], frames: NDArray[np.uint32]) -> pa.Table:
    """Pairs of two short texts, compared token by token."""
    corpus = block.corpus._replace(frames=frames)
    pairs = block.pairs[two_short(corpus, block.pairs)]
    return _table(block, compare_words(corpus, pairs, weights))


def _table(block: Block, verified: Any) -> pa.Table:
    fields = verified._asdict()
    return block.named(fields.pop("pairs"), **fields)


def own_words(block: Block) -> pa.Table:
    """For each pair that is not `unlike`, as it is directed: what its left text shares with the right one.

    `shared` counts the words of the left text in passages that the right one has. `own` counts those in passages that
    no unlike text has.
    """
    unlike, count = block.rows["unlike"].to_numpy(zero_copy_only=False), len(block.numbers)
    likely = _ordered(block.pairs[~unlike])
    found = np.zeros((len(likely), 2), np.int64)
    texts = texts_of(block.corpus.words, block.corpus.spans, block.corpus.heads)
    others = _partners(_ordered(block.pairs[unlike]), count)
    count_own_words(texts, others, _partners(likely, count), found)
    return block.named(likely, shared=found[:, 0], own=found[:, 1])


def _ordered(pairs: Pairs) -> Pairs:
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _partners(pairs: Pairs, count: int) -> Partners:
    return Partners(np.searchsorted(pairs[:, 0], np.arange(count + 1)), np.ascontiguousarray(pairs[:, 1]))


def by_terms(block: Block, tables: tuple[NDArray[np.float32], NDArray[np.uint32]], window: int) -> pa.Table:
    """Pairs compared by their terms, and word by word where these are alike.

    Of pairs that only key terms make meet (not `met`), those are compared whose salient terms agree.
    """
    weights, frames = tables
    corpus = block.corpus._replace(frames=frames)
    pairs = _agreeing(block, corpus, weights)
    terms = story_features(corpus.words, corpus.spans, corpus.languages, weights, pairs)
    apart = _apart(corpus.days, pairs, window)
    first = np.where(apart, np.float32(0), story_confidence(terms))
    judged = judge_short(corpus, pairs, weights)
    alike = terms[:, StoryFeature.FULL] >= ALIKE
    alike[judged.rows] = np.maximum(judged.copy, judged.story) >= FAINT
    close = compare_words(corpus, pairs[alike])
    columns: dict[str, NDArray[Any]] = {}
    for name in ("copy", "shared", "words", "contained"):
        values = getattr(close, name)
        columns[name] = np.zeros(len(pairs), values.dtype)
        columns[name][alike] = values
    columns["copy"][judged.rows] = judged.copy
    columns["story"], columns["short"] = np.zeros(len(pairs), np.float32), np.zeros(len(pairs), np.bool_)
    columns["story"][judged.rows], columns["short"][judged.rows] = judged.story, True
    return block.named(pairs, **columns, first=first, apart=apart)


def _agreeing(block: Block, corpus: Corpus, weights: NDArray[np.float32]) -> Pairs:
    """The pairs of a block that are compared: that have met as copies, or whose salient terms agree."""
    met = block.rows["met"].to_numpy(zero_copy_only=False)
    salient = select_salient(corpus.words, corpus.spans, corpus.languages, shareable(weights))
    terms = np.ascontiguousarray(salient.terms).reshape(-1)
    values = np.ascontiguousarray(salient.weights).reshape(-1)
    asked = distinct(joined_columns(block.pairs[:, ::-1])[~met])
    kept = asked[: agreeing_pairs(terms, values, asked)]
    return columns(distinct(np.concatenate([kept, joined_columns(block.pairs)[met]])), IN_MEMORY)


def _apart(days: NDArray[np.int32], pairs: Pairs, window: int) -> NDArray[np.bool_]:
    """Whether both texts of a pair have a date, and these are more than `window` days apart."""
    left, right = days[pairs].astype(np.int64).T
    distant: NDArray[np.bool_] = (left != NO_DAY) & (right != NO_DAY) & (np.abs(right - left) > window)
    return distant


def among_rivals(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of `TERMS` as rows of `VERIFIED`; those that say nothing are left out.

    `left_rival` and `right_rival` are the best confidence that each text has with a third one; -1 for none.
    """
    first, short, copy = (batch.column(name).to_numpy(zero_copy_only=False) for name in ("first", "short", "copy"))
    rivals = np.stack([batch.column(f"{side}_rival").to_numpy() for side in ("left", "right")], axis=1)
    story = rivals_confidence(_rival_features(first, rivals))
    story = np.where(short, batch.column("story").to_numpy(), story)
    story[batch.column("apart").to_numpy(zero_copy_only=False)] = 0
    story = np.maximum(story, copy)
    index = batch.schema.get_field_index("story")
    told = batch.set_column(index, "story", pa.array(story, _FLOAT)).select(VERIFIED.names)
    return told.filter(pa.array(story >= FAINT))


def _rival_features(first: NDArray[np.float32], rivals: NDArray[np.float32]) -> NDArray[np.float64]:
    """How pairs stand among others: each has two texts of its own, which have one other pair each, with the rival."""
    ends = np.arange(2 * len(first)).reshape(-1, 2)
    texts = Rivals(2 * ends.size)
    texts.add(ends, first)
    known = rivals >= 0
    texts.add(np.stack([ends[known], ends[known] + ends.size], axis=1), rivals[known])
    return texts.features(ends, first)
