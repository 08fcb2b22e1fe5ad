"""Exact comparison of two texts word by word: shingles, passages, names and numbers they share.

Each text is hashed and counted once, not once a pair. Its hash table is one that all texts it is compared with are
looked up in.
"""

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.duplicates.arrays import distinct
from newsclean.duplicates.comparison._arrangement import put_longer_first
from newsclean.duplicates.comparison._copies import (
    BEGINNING,
    LEAD_SHINGLES,
    SHORT_BODY,
    Count,
    Kind,
    Texts,
    count_shared,
)
from newsclean.duplicates.comparison.openings import own_terms, write_openings
from newsclean.duplicates.tokens import SHINGLE


class CopyFeature(IntEnum):
    """Columns of what two texts share word by word. The body is what follows the headline."""

    CONTAINMENT = 0
    """Shingles of five words that both have, of those of the text with fewer."""
    CONTAINMENT2 = 1
    """The same of two words."""
    RESEMBLANCE2 = 2
    """Shingles of two words that both have, of those that either has (Jaccard)."""
    NAMES = 3
    """Names that both have, of those of the text with fewer."""
    NUMBERS = 4
    STREAK = 5
    """Longest run of shared shingles, of the length of the shorter text, up to `_LONG`."""
    RATIO = 6
    """Ratio of the lengths."""
    LEAD_LOW = 7
    """Two-word shingles of a text's first words that the other one has: the lower share of the two."""
    LEAD_HIGH = 8
    """The higher share; low where all that two texts share is a feed, a menu or a footer."""
    ALIGNED = 9
    """Words of the shorter text in passages of the other one, in order, less `_CHANCE`."""
    STEADY = 10
    """The same, less twice the words by which passages shift: edits replace words, rewriting moves them."""
    OPENING = 11
    """How much of what the texts begin with occurs again; see leads.py."""
    COVERED = 12
    """Words of the shorter body in shared passages of four and more words."""
    COVERED_LONGER = 13
    """The same of the longer body."""
    BEGINNING = 14
    """The same of the first words of the shorter body."""
    BEGINNING_LONGER = 15
    PASSAGE = 16
    """Longest shared passage, of the length of the shorter body."""
    PASSAGES = 17
    """Number of shared passages for every `_PAGE` words that they cover."""
    SLOTS = 18
    """Number of places between shared passages where a few words differ, likewise."""
    FACTS = 19
    """Number of such places that hold a name or a number, likewise: a frame that other facts are filled in."""
    NUMBERS_LOST = 20
    """Numbers of the shorter text that the other one has not."""
    NUMBERS_LOST_RATE = 21
    """The same for every `_PAGE` words that shared passages cover."""
    HEADLINE = 22
    """Resemblance of the headlines' words; -1 where one has none."""
    WORDS = 23
    """Log of the length of the shorter body in words."""
    SHARED = 24
    """Words of the shorter body in shared passages."""
    HEADLINE_OWN = 25
    """Terms of the shorter text's headline that its own body has and the other text has not."""
    HEADLINE_OWN_LONGER = 26
    """The same of the longer text: that of a round-up names what it holds beside a copy."""
    START = 27
    """Log of the words of the shorter body before the first shared passage: the lead of a follow-up."""
    START_LONGER = 28
    """The same of the longer body."""
    GAP = 29
    """Log of the most words in a row of the shorter body that no shared passage holds."""
    TAIL = 30
    """Log of the words of the shorter body behind the last shared passage."""
    TAIL_LONGER = 31


_SHARES = [CopyFeature.CONTAINMENT, CopyFeature.CONTAINMENT2, CopyFeature.NAMES, CopyFeature.NUMBERS]
_OWN = slice(CopyFeature.HEADLINE_OWN, CopyFeature.HEADLINE_OWN_LONGER + 1)
_LONG = 0.3  # runs above it say no more: only short runs tell a misread text from a template with other facts
_CHANCE = 10  # words in passages that do not count: short reports on one event have some, and were taken for copies
_PAGE = 50  # words
_WORTH = 0.2  # of the shorter text in shared passages, on either side, below which headlines are not looked for
_BLOCK = 1 << 14  # pairs whose features are computed at once: what that needs stays in the cache


def texts_of(words: NDArray[np.uint32], spans: NDArray[np.int64], heads: NDArray[Any]) -> Texts:
    """The texts as kernels take them."""
    return Texts(read_only(words), spans, heads.astype(np.int64, copy=False))


def copy_features(texts: Texts, codes: NDArray[np.uint8], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """How much each pair of texts (rows of `pairs`) has in common, word by word: one row of `CopyFeature` a pair.
    `codes` are languages of texts. The order of two texts does not matter. Passages are looked for in the longer one,
    and what they cover is counted in the shorter one."""
    order, ordered, rows = _arranged(texts, pairs)
    places = np.searchsorted(rows, ordered)
    sizes, heads = texts.spans[rows, 1] - texts.spans[rows, 0], texts.heads[rows]
    totals, counts = np.zeros((len(rows), len(Kind)), np.int64), np.zeros((len(pairs), len(Count)), np.int64)
    count_shared(texts, rows, ordered, totals, counts, len(Kind))
    bodies = np.where(sizes - heads >= SHORT_BODY, sizes - heads, sizes)
    found = np.empty((len(pairs), len(CopyFeature)), np.float32)
    for start in range(0, len(pairs), _BLOCK):
        block = slice(start, start + _BLOCK)
        _write_shares(counts[block], totals[places[block]], sizes[places[block]], found[block])
        _write_passages(counts[block], totals[places[block]], bodies[places[block]], found[block])
    write_openings(texts, codes, ordered, found, CopyFeature.OPENING)
    covered = counts[:, [Count.LEFT_COVERED, Count.RIGHT_COVERED]].max(axis=1)
    worth = np.flatnonzero(covered >= _WORTH * np.maximum(sizes[places[:, 1]], 1))
    found[:, _OWN] = 0
    found[worth, _OWN] = _by_length(own_terms(texts, codes, ordered[worth]), bodies[places[worth]])
    features = np.empty_like(found)
    features[order] = found
    return features


def containment(texts: Texts, pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """`CopyFeature.CONTAINMENT` of each pair, and nothing else."""
    order, ordered, rows = _arranged(texts, pairs)
    totals, counts = np.zeros((len(rows), len(Kind)), np.int64), np.zeros((len(pairs), len(Count)), np.int64)
    count_shared(texts, rows, ordered, totals, counts, Kind.FIVES + 1)
    least = totals[np.searchsorted(rows, ordered), Kind.FIVES].min(axis=1)
    shares = np.empty(len(pairs), np.float32)
    shares[order] = counts[:, Count.FIVES] / np.maximum(least, 1)
    return shares


def _arranged(texts: Texts, pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The order in which pairs are compared; pairs in that order, the longer text first; and all their texts."""
    pairs = np.array(pairs, np.int64, order="C")
    put_longer_first(texts.words, texts.spans, pairs)
    order = np.argsort(pairs[:, 0] << 32 | pairs[:, 1])  # a third of the time of `lexsort`
    ordered = np.ascontiguousarray(pairs[order])
    return order, ordered, distinct(ordered.ravel())


def _write_shares(
    counts: NDArray[np.int64], totals: NDArray[np.int64], lengths: NDArray[np.int64], features: NDArray[np.float32]
) -> None:
    """Fill the features of whole texts, from the counts of pairs and the counts and lengths of both their texts."""
    shared, kinds = counts[:, :4], totals[:, :, :4]
    least = kinds.min(axis=1)
    # One shared name and number is imagined: a single one that differs says less than five of them.
    extra = np.array([0, 0, 1, 1])
    shorter, longer = lengths.min(axis=1), lengths.max(axis=1)
    leads = counts[:, [Count.LEFT_LEAD, Count.RIGHT_LEAD]] / np.clip(lengths - 1, 1, LEAD_SHINGLES)
    steady = counts[:, Count.ALIGNED] - 2 * counts[:, Count.SHIFTED]
    features[:, _SHARES] = (shared + extra) / np.maximum(least + extra, 1)
    either = kinds[:, :, Kind.TWOS].sum(axis=1) - shared[:, Kind.TWOS]
    features[:, CopyFeature.RESEMBLANCE2] = shared[:, Kind.TWOS] / np.maximum(either, 1)
    streak = counts[:, Count.STREAK] / np.maximum(shorter - SHINGLE + 1, 1)
    features[:, CopyFeature.STREAK] = np.minimum(_LONG, streak)
    features[:, CopyFeature.RATIO] = shorter / np.maximum(longer, 1)
    features[:, CopyFeature.LEAD_LOW], features[:, CopyFeature.LEAD_HIGH] = leads.min(axis=1), leads.max(axis=1)
    for column, covered in ((CopyFeature.ALIGNED, counts[:, Count.ALIGNED]), (CopyFeature.STEADY, steady)):
        features[:, column] = np.maximum(-1.0, (np.minimum(covered, shorter) - _CHANCE) / np.maximum(shorter, 1))


def _write_passages(
    counts: NDArray[np.int64], totals: NDArray[np.int64], bodies: NDArray[np.int64], features: NDArray[np.float32]
) -> None:
    """Fill the features of bodies and headlines, from the counts of pairs and the lengths of both their bodies."""
    covered = counts[:, [Count.LEFT_COVERED, Count.RIGHT_COVERED]]
    size, words = _by_length(bodies, bodies)[:, 0], _by_length(covered, bodies)[:, 0]
    shares = _by_length(covered / np.maximum(bodies, 1), bodies)
    begun = counts[:, [Count.LEFT_BEGINNING, Count.RIGHT_BEGINNING]] / np.clip(bodies, 1, BEGINNING)
    pages = words / _PAGE + 1
    features[:, CopyFeature.COVERED : CopyFeature.COVERED_LONGER + 1] = shares
    features[:, CopyFeature.BEGINNING : CopyFeature.BEGINNING_LONGER + 1] = _by_length(begun, bodies)
    features[:, CopyFeature.PASSAGE] = counts[:, Count.LONGEST] / np.maximum(size, 1)
    for feature, count in (
        (CopyFeature.PASSAGES, Count.PASSAGES), (CopyFeature.SLOTS, Count.SLOTS), (CopyFeature.FACTS, Count.FACTS),
    ):  # fmt: skip
        features[:, feature] = counts[:, count] / pages
    lost = totals[:, 1, Kind.NUMBERS] - counts[:, Count.NUMBERS]
    features[:, CopyFeature.NUMBERS_LOST], features[:, CopyFeature.NUMBERS_LOST_RATE] = lost, lost / pages
    alike = counts[:, Count.HEADLINE] / np.maximum(counts[:, Count.HEADLINES], 1)
    features[:, CopyFeature.HEADLINE] = np.where(counts[:, Count.TITLED] == 1, alike, -1)
    features[:, CopyFeature.WORDS] = np.log(np.maximum(size, 1))
    features[:, CopyFeature.SHARED] = words
    starts, tails = (
        np.log1p(counts[:, sides])
        for sides in ([Count.LEFT_START, Count.RIGHT_START], [Count.LEFT_TAIL, Count.RIGHT_TAIL])
    )
    features[:, CopyFeature.START : CopyFeature.START_LONGER + 1] = _by_length(starts, bodies)
    features[:, CopyFeature.TAIL : CopyFeature.TAIL_LONGER + 1] = _by_length(tails, bodies)
    gaps = _by_length(counts[:, [Count.LEFT_GAP, Count.RIGHT_GAP]], bodies)
    features[:, CopyFeature.GAP] = np.log1p(gaps[:, 0])


def _by_length(sides: NDArray[Any], bodies: NDArray[np.int64]) -> NDArray[Any]:
    """What is known of both texts of pairs, that of the shorter body first; of equally long ones, the lower first."""
    left, right = bodies[:, 0], bodies[:, 1]
    turned = (left > right) | ((left == right) & (sides[:, 0] > sides[:, 1]))
    return np.where(turned[:, None], sides[:, ::-1], sides)  # a third of the time of sorting
