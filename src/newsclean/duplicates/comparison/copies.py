"""Exact comparison of two texts word by word: shingles, names and numbers they share.

Of each text one hash table is made, which all texts it is compared with are looked up in, and each text is hashed and
counted once, not once a pair.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison.leads import write_openings
from newsclean.duplicates.sketching.minhash import SHINGLE, pair_shingle, shingle, whole_shingle
from newsclean.duplicates.tokens.tokenizer import NAME, NUMBER
from newsclean.kernels import kernel

FEATURES = (
    "containment",  # shingles of five words that both have, of those of the article with fewer
    "containment2",  # of two words
    "resemblance2",  # of those that either has: Jaccard
    "names",  # names of the article with fewer that the other has, too
    "numbers",
    "streak",  # longest run of shared shingles, of the length of the shorter article, up to `_LONG`
    "ratio",  # of their lengths
    "lead_low",  # two-word shingles that an article begins with and the other one has: the lower share of the two
    "lead_high",  # the higher one; low where all that two articles share is a feed, a menu or a footer
    "aligned",  # words of the shorter article in passages of the other, in order, whatever is changed in between,
    # less `_CHANCE`: in few words, little is known
    "steady",  # the same less twice the words by which passages shift: edits replace words, rewriting moves them
    "opening",  # how much of what the articles begin with occurs again; see openings.py
)
_LEAD = 60  # shingles that an article begins with
_GAP = 16  # words between shared pairs of words in one passage
_DRIFT = 4  # words by which a passage may shift between them
_LONG = 0.3  # runs above it say no more: only short runs tell a misread text from a template with other facts
_LINKS = 4  # shared pairs of words that make a passage
_CHANCE = 10  # words in passages that do not count: short reports on one event have some, and were taken for copies
_BLOCK = 1 << 14  # pairs whose features are computed at once: what that needs stays in the cache
_STEP = np.uint64(1)
_FIVES, _TWOS, _NAMES, _NUMBERS = range(4)  # what is compared, one after the other, and columns of counts
_STREAK, _LEFT_LEAD, _RIGHT_LEAD, _ALIGNED, _SHIFTED = range(4, 9)  # further columns


@kernel()
def _gather(words: Any, start: Any, end: Any, kind: Any, values: Any) -> Any:
    """Write a text's shingles of five or two words, its names or its numbers to `values`; returns how many."""
    length = end - start
    if kind >= _NAMES:
        count = 0
        sort = np.uint32(NAME if kind == _NAMES else NUMBER)
        for at in range(length):
            word = words[np.uint64(start + at)]
            values[count] = word
            count += word & 3 == sort  # a branch could not be predicted
        return count
    size = SHINGLE if kind == _FIVES else 2
    if length < size:
        if length > 0:
            values[0] = shingle(words, start, end)
        return min(length, 1)
    if kind == _FIVES:
        for at in range(length - SHINGLE + 1):
            values[at] = whole_shingle(words, np.uint64(start + at))
    else:
        for at in range(length - 1):
            values[at] = pair_shingle(words, np.uint64(start + at))
    return length - size + 1


@kernel()
def _slot(value: Any, keys: Any, places: Any, bits: Any) -> Any:
    """Where in the hash table a value stands, or would."""
    slot = np.uint64(np.uint32(value * np.uint32(0x9E3779B1)) >> np.uint32(32 - bits))
    while places[slot] != 0 and keys[slot] != value:
        slot = (slot + _STEP) & ((_STEP << np.uint64(bits)) - _STEP)
    return slot


@kernel()
def _enter(values: Any, size: Any, keys: Any, places: Any, bits: Any, firsts: Any) -> Any:
    """Fill the hash table: values and, from 1, where each stands first, which is also written to `firsts` by place.

    Returns how many different values there are. A quarter of the slots is used at most: what costs is a slot taken.
    """
    distinct = 0
    for slot in range(1 << bits):
        places[slot] = 0
    for at in range(size):
        slot = _slot(values[at], keys, places, bits)
        if places[slot] == 0:
            keys[slot], places[slot] = values[at], at + 1
            distinct += 1
        firsts[at] = places[slot]
    return distinct


@kernel()
def _look_up(values: Any, size: Any, left: Any, count: Any, bits: Any, stamp: Any, found: Any) -> Any:
    """Write to `found`, from 1, where each of the values of the right text stands first in the left; 0 for nowhere.

    Returns how many different ones are shared. `stamp` marks them in the left text; no other pair or kind has the same.
    Passages are followed: what stands in the next place on both sides need not be looked for.
    """
    own, firsts, keys, places, seen = left
    shared, guess = 0, np.uint64(0)
    for at in range(size):
        if guess < count and own[guess] == values[at]:
            place = firsts[guess]
        else:
            place = places[_slot(values[at], keys, places, bits)]
            if place != 0:
                guess = np.uint64(place - 1)
        guess += _STEP
        found[at] = place
        shared += place != 0 and seen[place] != stamp
        seen[place] = stamp
    return shared


@kernel()
def _align(found: Any, size: Any) -> tuple[Any, Any]:
    """Words of the right text in passages of the left, and by how many words these shift altogether.

    A passage is a chain of shared pairs of words at nearly one offset. It survives what breaks longer shingles (misread
    letters, every fifth word replaced), while independent reports share no passages beyond quotations. `found` says
    where in the left text the pairs of words stand.
    """
    covered, begin, last, links = 0, 0, -_GAP - 1, 0
    offset, stray, shift, shifted = np.int64(0), np.int64(1 << 40), np.int64(0), np.int64(0)
    place = 0
    while place < size:
        if found[np.uint64(place)] == 0:
            place += 1
            continue
        away = np.int64(found[np.uint64(place)]) - 1 - place
        if place - last <= _GAP and abs(away - offset) <= _DRIFT:
            shift += abs(away - offset)
            last, offset, links = place, away, links + 1
        else:
            if place - last > _GAP or abs(away - stray) <= _DRIFT:
                if links >= _LINKS:
                    covered, shifted = covered + last - begin + 2, shifted + shift
                begin, last, offset, links, shift = place, place, away, 1, np.int64(0)
            stray = away
        place += 1
        if offset == away:  # most of what follows does so without a gap
            start = place
            while place < size and found[np.uint64(place)] == place + 1 + away:
                place += 1
            links += place - start
            last = place - 1 if place > start else last
    if links >= _LINKS:
        covered, shifted = covered + last - begin + 2, shifted + shift
    return covered, shifted


@kernel()
def _streak(found: Any, size: Any) -> Any:
    """The longest run of shared shingles."""
    longest, streak = 0, 0
    for place in range(size):
        streak = streak + 1 if found[place] else 0
        longest = max(longest, streak)
    return longest


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], int64[::1], int64[:, ::1], int64[:, ::1], int64[:, ::1])"
)
def _measure(words: Any, spans: Any, texts: Any, pairs: Any, totals: Any, counts: Any) -> None:
    """Write to `totals` how many different shingles, names and numbers each of `texts` has, and the counts of `pairs`.

    Texts and pairs are sorted.
    """
    longest: Any = 1
    for text in texts:
        longest = max(longest, spans[text, 1] - spans[text, 0])
    room = 64
    while room < 4 * longest:
        room *= 2
    own, firsts, seen = (
        np.empty(longest + 1, np.uint32),
        np.empty(longest + 1, np.uint32),
        np.zeros(longest + 1, np.uint32),
    )
    left = own, firsts, np.empty(room, np.uint32), np.empty(room, np.uint32), seen
    values, found = np.empty(longest + 1, np.uint32), np.empty(longest + 1, np.uint32)
    first = 0
    for at in range(len(texts)):
        text = texts[at]
        last = first
        while last < len(pairs) and pairs[last, 0] == text:
            last += 1
        for kind in range(4):
            size = _gather(words, spans[text, 0], spans[text, 1], kind, own)
            bits = 6
            while 1 << bits < 4 * size:
                bits += 1
            totals[at, kind] = _enter(own, size, left[2], left[3], bits, firsts)
            for row in range(first, last):
                stamp = np.uint32(4 * row + kind + 1)
                other = pairs[row, 1]
                count = _gather(words, spans[other, 0], spans[other, 1], kind, values)
                counts[row, kind] = _look_up(values, count, left, size, bits, stamp, found)
                if kind == _FIVES:
                    counts[row, _STREAK] = _streak(found, count)
                elif kind == _TWOS:
                    for place in range(min(size, _LEAD)):
                        counts[row, _LEFT_LEAD] += seen[firsts[place]] == stamp
                    for place in range(min(count, _LEAD)):
                        counts[row, _RIGHT_LEAD] += found[place] != 0
                    counts[row, _ALIGNED], counts[row, _SHIFTED] = _align(found, count)
        first = last


def copy_features(
    words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8], pairs: NDArray[np.int64]
) -> NDArray[np.float32]:
    """How much each pair of articles (rows of `pairs`) has in common, word by word: one row of FEATURES a pair.

    `codes` are languages of articles. The order of two articles does not matter: passages are looked for in the longer
    one, and what they cover is counted in the shorter one.
    """
    sizes = spans[:, 1] - spans[:, 0]
    lengths = sizes[pairs]
    swapped = (lengths[:, 0] < lengths[:, 1]) | ((lengths[:, 0] == lengths[:, 1]) & (pairs[:, 0] > pairs[:, 1]))
    pairs = np.where(swapped[:, None], pairs[:, ::-1], pairs)
    order = np.argsort(pairs[:, 0] << 32 | pairs[:, 1])  # a third of the time of `lexsort`
    ordered = np.ascontiguousarray(pairs[order])
    present = np.zeros(len(spans), np.bool_)
    present[ordered] = True
    texts, places = np.flatnonzero(present), (np.cumsum(present) - 1)[ordered]
    totals, counts = np.zeros((len(texts), 4), np.int64), np.zeros((len(pairs), 9), np.int64)
    _measure(words, spans, texts, ordered, totals, counts)
    found = np.empty((len(pairs), len(FEATURES)), np.float32)
    for start in range(0, len(pairs), _BLOCK):
        rows = slice(start, start + _BLOCK)
        found[rows] = _features(counts[rows], totals[places[rows]], sizes[ordered[rows]])
    write_openings(words, spans, codes, ordered, found, FEATURES.index("opening"))
    features = np.empty_like(found)
    features[order] = found
    return features


def _features(counts: NDArray[np.int64], totals: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
    """FEATURES but the last of pairs, from their counts, and counts (n x 2 x 4) and lengths (n x 2) of both texts."""
    shared = counts[:, :4]
    least = totals.min(axis=1)
    # One shared name and number is imagined: a single one that differs says less than five of them.
    extra = np.array([0, 0, 1, 1])
    shorter, longer = lengths.min(axis=1), lengths.max(axis=1)
    leads = counts[:, [_LEFT_LEAD, _RIGHT_LEAD]] / np.clip(lengths - 1, 1, _LEAD)
    steady = counts[:, _ALIGNED] - 2 * counts[:, _SHIFTED]
    columns = np.empty((len(counts), len(FEATURES)), np.float32)
    columns[:, [0, 1, 3, 4]] = (shared + extra) / np.maximum(least + extra, 1)
    columns[:, 2] = shared[:, _TWOS] / np.maximum(totals[:, :, _TWOS].sum(axis=1) - shared[:, _TWOS], 1)
    columns[:, 5] = np.minimum(_LONG, counts[:, _STREAK] / np.maximum(shorter - SHINGLE + 1, 1))
    columns[:, 6] = shorter / np.maximum(longer, 1)
    columns[:, 7], columns[:, 8] = leads.min(axis=1), leads.max(axis=1)
    for column, covered in ((9, counts[:, _ALIGNED]), (10, steady)):
        columns[:, column] = np.maximum(-1.0, (np.minimum(covered, shorter) - _CHANCE) / np.maximum(shorter, 1))
    return columns
