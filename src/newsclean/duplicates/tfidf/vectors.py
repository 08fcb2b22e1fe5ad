"""Articles as weighted terms: their most salient ones, and how much of two articles' terms agree."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.comparison.entities import add_by_sort, agreement
from newsclean.duplicates.tfidf.idf import STORY_WORDS
from newsclean.duplicates.tokens._simd import fetch
from newsclean.duplicates.tokens.terms import COUNT, NAMED, NUMERIC, PLACE, TELLS, term
from newsclean.duplicates.tokens.tokenizer import NAME, NUMBER, mix
from newsclean.kernels import kernel

LEAD_WORDS = 80  # whose terms are more salient
FADING = 100  # words into an article at which a term counts for half
TELLING = 1.5  # inverse document frequency from which a term says something: fewer than a fifth of the articles hold it
SALIENT = 48  # terms of an article that candidates are compared by; their cosine is within .03 of the exact one
LEAD_BOOST = 1.5
NAME_BOOST = 1.3
NUMBER_BOOST = 1.5  # in "early": other news of one market has other figures (average precision ECB+ .926 -> .932)
SLOTS = 4 * STORY_WORDS  # of the hash table that the terms of one article are gathered in
_LEVELS = 512  # of weights, to find the heaviest ones without sorting them all
_AHEAD = 8  # terms whose weights are asked for before they are needed
FEATURES = (
    "full",  # cosine of all terms, (1 + ln count) idf each
    "early",  # the same of sqrt(1 + ln count) idf^.75, more of numbers, faded with the place where a term stands first
    "rest",  # cosine of (1 + ln count) idf, faded, without the term that adds most: one rare name makes no story
    "breadth",  # log of the number of telling terms that both have, less the mean log of both lengths in words
    "opening",  # share that the other has of the idf of the names and numbers an article begins with, the lower one
    "template",  # square of how far the share of names and numbers is behind that of other words
)
_KNOWN = 6  # column of what is kept for a text: squares of its three lengths, idf by sort, and whether this is known


class Salient(NamedTuple):
    """The terms of n articles with the highest weights, heaviest first; unused places hold term 0 and weight 0."""

    terms: NDArray[np.uint32]
    """n x SALIENT."""
    weights: NDArray[np.float32]
    """n x SALIENT, divided by the length of the article's whole vector."""


@kernel()
def _mark(word: Any) -> Any:
    """What a word's sort says of its term."""
    sort = word & np.uint32(3)
    return np.uint32(NAMED | NUMERIC if sort == NUMBER else NAMED if sort == NAME else 0)


@kernel()
def _idf(weights: Any, code: Any, value: Any) -> Any:
    """The inverse document frequency of a term in the texts of a language."""
    rows = len(weights) - 256
    salt = np.uint32(code) * np.uint32(0x9E3779B1)
    return max(weights[rows + code] - weights[mix(value ^ salt) & np.uint32(rows - 1)], np.float32(0))


@kernel()
def _scale(marks: Any) -> Any:
    """How much more a term weighs for standing more often than once."""
    times = marks & np.uint32(COUNT)
    return np.float32(1) + np.log(np.float32(times)) if times > 1 else np.float32(1)  # most terms stand once


@kernel()
def _fade(idf: Any, scale: Any, marks: Any) -> tuple[Any, Any]:
    """The two weights of a term, damped and not, that its place makes smaller."""
    fading = FADING / np.float64(FADING + (marks >> np.uint32(PLACE)))
    boost = NUMBER_BOOST if marks & np.uint32(NUMERIC) else 1.0
    return boost * fading * np.sqrt(idf * np.sqrt(idf) * scale), fading * idf * scale


@kernel(
    "int64(Array(uint32, 1, 'C', readonly=True), int64, int64, int64, float32[::1], uint32[:, ::1], float32[:, ::1])",
)
def fill(words: Any, start: Any, end: Any, code: Any, weights: Any, slots: Any, values: Any) -> Any:
    """Gather the terms of one article in a hash table; returns how many there are.

    Rows of `slots`: term (0 is empty), marks and count, and the list of slots in use; of
    `values`, by slot: weight and inverse document frequency.
    """
    end = min(end, start + STORY_WORDS)
    mask = np.uint32(63)
    while mask < 2 * (end - start):
        mask = np.uint32(2 * mask + 1)
    slots[0, : mask + 1] = 0
    count = 0
    for at in range(start, end):
        value = term(words, at, end)
        if value == 0:
            continue
        slot = mix(value) & mask
        while slots[0, slot] != value and slots[0, slot] != 0:
            slot = (slot + np.uint32(1)) & mask
        if slots[0, slot] == 0:
            slots[0, slot] = value
            slots[1, slot] = np.uint32(at - start) << np.uint32(PLACE)
            slots[2, count] = slot
            count += 1
        slots[1, slot] = (slots[1, slot] | _mark(words[at])) + np.uint32(1)
    rows = len(weights) - 256
    salt = np.uint32(code) * np.uint32(0x9E3779B1)
    for at in range(count):
        ahead = slots[0, slots[2, min(at + _AHEAD, count - 1)]]
        fetch(weights, np.int64(mix(ahead ^ salt) & np.uint32(rows - 1)))
        slot = slots[2, at]
        idf = _idf(weights, code, slots[0, slot])
        slots[1, slot] |= np.uint32(TELLS if idf > TELLING else 0)
        values[0, slot], values[1, slot] = idf * _scale(slots[1, slot]), idf
    return count


@kernel()
def _level(bits: Any) -> Any:
    """Weights by size: the bits of a float32 that is not negative, 16 levels for each power of two from 2^-10."""
    return min(max(np.int64(bits >> np.uint32(19)) - ((127 - 10) << 4), 0), _LEVELS - 1)


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], Array(uint8, 1, 'C', readonly=True), float32[::1],"
    " uint32[:, ::1], float32[:, ::1])"
)
def _select(words: Any, spans: Any, codes: Any, weights: Any, terms: Any, values: Any) -> None:
    """Write every article's heaviest terms; names, numbers and the lead count more here than in the exact cosine."""
    slots, table = np.empty((3, SLOTS), np.uint32), np.empty((2, SLOTS), np.float32)
    boosted, tally = np.empty(STORY_WORDS, np.float32), np.empty(_LEVELS, np.int64)
    bits = boosted.view(np.uint32)
    for text in range(len(spans)):
        count = fill(words, spans[text, 0], spans[text, 1], codes[text], weights, slots, table)
        for rank in range(SALIENT):  # slices would double the time that this takes to compile
            terms[text, rank], values[text, rank] = 0, 0
        for level in range(_LEVELS):
            tally[level] = 0
        total = np.float32(0)
        for at in range(count):
            slot = slots[2, at]
            weight, marks = table[0, slot], slots[1, slot]
            if marks >> np.uint32(PLACE) < LEAD_WORDS:
                weight *= np.float32(LEAD_BOOST)
            if marks & np.uint32(NAMED):
                weight *= np.float32(NAME_BOOST)
            total += weight * weight
            boosted[at] = weight
            tally[_level(bits[at])] += 1
        least, above = _LEVELS, 0  # terms of lower levels are not among the heaviest
        while least > 0 and above < SALIENT:
            least -= 1
            above += tally[least]
        for at in range(count):
            weight = boosted[at]
            if _level(bits[at]) >= least and weight > values[text, SALIENT - 1]:
                rank = SALIENT - 1
                while rank > 0 and values[text, rank - 1] < weight:
                    values[text, rank], terms[text, rank] = values[text, rank - 1], terms[text, rank - 1]
                    rank -= 1
                values[text, rank], terms[text, rank] = weight, slots[0, slots[2, at]]
        norm = np.sqrt(max(total, np.float32(1e-9)))
        for rank in range(SALIENT):
            values[text, rank] /= norm


@kernel()
def _total(slots: Any, values: Any, count: Any, faded: Any, totals: Any) -> None:
    """Write both faded weights of every term to rows of `faded`, and to `totals` the squares of these and of all
    weights, idf by sort, and a 1."""
    totals[:] = 0
    for at in range(count):
        slot = slots[2, at]
        marks, weight = slots[1, slot], np.float64(values[0, slot])
        scale = np.float64(_scale(marks))
        early, whole = _fade(weight / scale, scale, marks)
        faded[0, slot], faded[1, slot] = early, whole
        totals[0] += weight * weight
        totals[1] += early * early
        totals[2] += whole * whole
        add_by_sort(totals[3:], values[1, slot], marks)
    totals[_KNOWN] = 1


@kernel()
def _look_up(words: Any, start: Any, end: Any, slots: Any, mask: Any, marks: Any, shared: Any) -> Any:
    """Find the terms of a text in the table of another: places and counts by slot, and in `shared` the slots in order.

    Returns how many terms are shared."""
    end = min(end, start + STORY_WORDS)
    count = 0
    for at in range(start, end):
        value = term(words, at, end)
        place = mix(value) & mask
        while slots[0, place] != value and slots[0, place] != 0:
            place = (place + np.uint32(1)) & mask
        if slots[0, place] == 0:  # of no term, too
            continue
        if marks[place] == 0:
            marks[place] = np.uint32(at - start) << np.uint32(PLACE)
            shared[count] = place
            count += 1
        marks[place] = (marks[place] | _mark(words[at])) + np.uint32(1)
    return count


@kernel(
    "void(Array(uint32, 1, 'C', readonly=True), int64[:, ::1], Array(uint8, 1, 'C', readonly=True), float32[::1],"
    " int64[:, ::1], float64[:, ::1], float32[:, ::1])"
)
def _compare(words: Any, spans: Any, codes: Any, weights: Any, pairs: Any, totals: Any, features: Any) -> None:
    """Write the FEATURES of every pair. `totals` has a row of zeros for each text.

    Each text is gathered once, as the left one of its pairs, if these are sorted and the right text is the later one:
    the last pairs come first, so that what is to be known of right texts alone is known.
    """
    slots, faded = np.empty((3, SLOTS), np.uint32), np.empty((2, SLOTS))
    table = np.empty((2, SLOTS), np.float32)
    marks, found = np.zeros(SLOTS, np.uint32), np.empty(STORY_WORDS, np.uint32)
    sums, ours, theirs = np.zeros(5), np.zeros(3), np.zeros(3)
    last, mask = -1, np.uint32(0)
    for row in range(len(pairs) - 1, -1, -1):
        left, right = pairs[row, 0], pairs[row, 1]
        size, other = (
            min(spans[left, 1] - spans[left, 0], STORY_WORDS),
            min(spans[right, 1] - spans[right, 0], STORY_WORDS),
        )
        if totals[right, _KNOWN] == 0:
            last = -1
            count = fill(words, spans[right, 0], spans[right, 1], codes[right], weights, slots, table)
            _total(slots, table, count, faded, totals[right])
        if left != last:
            count = fill(words, spans[left, 0], spans[left, 1], codes[left], weights, slots, table)
            _total(slots, table, count, faded, totals[left])
            last, mask = left, np.uint32(63)
            while mask < 2 * size:
                mask = np.uint32(2 * mask + 1)
        shared = _look_up(words, spans[right, 0], spans[right, 1], slots, mask, marks, found)
        sums[:], ours[:], theirs[:] = 0, 0, 0
        for at in range(shared):
            place = found[at]
            # The left text's frequency is at hand; another one is far away in memory.
            idf, scale = np.float64(table[1, place]), np.float64(_scale(marks[place]))
            if codes[left] != codes[right]:
                idf = np.float64(_idf(weights, codes[right], slots[0, place]))
            early, whole = _fade(idf, scale, marks[place])
            sums[0] += idf * scale * table[0, place]
            sums[1] += early * faded[0, place]
            sums[2] += whole * faded[1, place]
            sums[3] = max(sums[3], whole * faded[1, place])
            sums[4] += idf > TELLING and slots[1, place] & np.uint32(TELLS) != 0
            add_by_sort(ours, table[1, place], slots[1, place])
            add_by_sort(theirs, idf, marks[place])
            marks[place] = 0
        sums[2] -= sums[3]
        for column in range(3):
            norm = np.sqrt(totals[left, column] * totals[right, column])
            features[row, column] = min(1.0, sums[column] / norm) if norm > 0 else 0.0
        features[row, 3] = np.log1p(sums[4]) - (np.log1p(size) + np.log1p(other)) / 2
        features[row, 4], features[row, 5] = agreement(ours, theirs, totals[left, 3:], totals[right, 3:])


def select_salient(
    words: NDArray[np.uint32], spans: NDArray[np.int64], codes: NDArray[np.uint8], weights: NDArray[np.float32]
) -> Salient:
    """The most salient terms of every article."""
    count = len(spans)
    salient = Salient(np.empty((count, SALIENT), np.uint32), np.empty((count, SALIENT), np.float32))
    _select(words, spans, codes, weights, *salient)
    return salient


def story_features(
    words: NDArray[np.uint32],
    spans: NDArray[np.int64],
    codes: NDArray[np.uint8],
    weights: NDArray[np.float32],
    pairs: NDArray[np.int64],
) -> NDArray[np.float32]:
    """How much the terms of each pair of articles (rows of `pairs`) agree: one row of FEATURES a pair."""
    features = np.empty((len(pairs), len(FEATURES)), np.float32)
    _compare(words, spans, codes, weights, pairs, np.zeros((len(spans), _KNOWN + 1)), features)
    return features
