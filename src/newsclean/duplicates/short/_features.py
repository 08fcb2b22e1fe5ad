"""Kernels that measure what two short texts have in common."""

from typing import NamedTuple

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.short._alignment import Side, common_subsequence, follow
from newsclean.duplicates.short._frames import compare_frames
from newsclean.duplicates.short.columns import ShortFeature
from newsclean.duplicates.short.lexicon import Lexicon
from newsclean.duplicates.tfidf import term_idf
from newsclean.duplicates.tokens import IDEOGRAPH, NUMBER, term

MOST_TOKENS = 160
LEAD_WORDS = 14.0  # words that hold a headline, or most of it; an ideograph counts as half a word
IDF_MOST = 8.5  # what is rarer than one in some thousand texts tells no more: large corpora count like small ones
_MOST_DAYS = 5.0  # days apart, above which all is one


class Texts(NamedTuple):
    """Texts, their words and their languages."""

    words: ReadOnlyColumn[np.uint32]
    spans: Table[np.int64]
    codes: Column[np.uint8]


class Tables(NamedTuple):
    """What is known of tokens."""

    weights: Column[np.float32]
    """Inverse document frequencies; see `tfidf.blend`."""
    frames: Column[np.uint32]
    """How many texts have the frames of each slot."""


class Meta(NamedTuple):
    """What else is known of each text."""

    days: Column[np.int32]
    sources: Column[np.uint32]


@kernel()
def look_up(keys: Column[np.uint32], value: int) -> int:
    """Where a value stands in sorted keys; -1 for nowhere."""
    at = np.searchsorted(keys, np.uint32(value))
    return int(at) if at < len(keys) and keys[at] == value else -1


@kernel()
def load_tokens(texts: Texts, text: int, lexicon: Lexicon, side: Side) -> None:
    """Fill one side with the tokens of a text."""
    start, end = texts.spans[text, 0], min(texts.spans[text, 1], texts.spans[text, 0] + MOST_TOKENS)
    side.lead[0], side.lead[1] = end - start, end - start
    for at in range(end - start):
        word = texts.words[start + at]
        value = term(texts.words, start + at, end)
        side.token[at], side.sort[at], side.term[at] = word >> np.uint32(2), word & np.uint32(3), value
        numeral = look_up(lexicon.numerals, side.token[at])
        if numeral >= 0:
            side.token[at], side.sort[at] = lexicon.values[numeral], np.uint32(NUMBER)
            side.term[at] = side.token[at]


@kernel()
def _load(texts: Texts, text: int, code: int, weights: Column[np.float32], lexicon: Lexicon, side: Side) -> None:
    """Fill one side with a text; terms are weighed as in texts of a language."""
    load_tokens(texts, text, lexicon, side)
    start, units = texts.spans[text, 0], 0.0
    for at in range(side.lead[1]):
        value = term(texts.words, start + at, start + side.lead[1])
        side.idf[at] = min(IDF_MOST, np.float64(term_idf(weights, code, side.term[at]))) if value != 0 else 0.0
        if units < LEAD_WORDS:
            units += 0.5 if side.sort[at] == IDEOGRAPH else 1.0
            if units >= LEAD_WORDS:
                side.lead[0] = at + 1


@kernel()
def mark_shared(side: Side, other: Side) -> None:
    """Note which tokens the other text has."""
    for at in range(side.lead[1]):
        side.shared[at] = 0
        for place in range(other.lead[1]):
            if other.token[place] == side.token[at]:
                side.shared[at] = 1
                break


@kernel()
def _place(side: Side, value: int, end: int) -> int:
    """Where a term stands first; -1 for nowhere."""
    for at in range(end):
        if side.term[at] == value:
            return at
    return -1


@kernel(entry=True)
def mark_short(words: ReadOnlyColumn[np.uint32], spans: Table[np.int64], most: int, short: Column[np.bool_]) -> None:
    """Note which texts have words, and at most `most`: an ideograph counts as half a one."""
    for text in range(len(spans)):
        start, end = spans[text, 0], spans[text, 1]
        halves = 2 * (end - start)
        if most < end - start <= MOST_TOKENS:
            for at in range(start, end):
                halves -= words[at] & np.uint32(3) == IDEOGRAPH
        short[text] = 0 < end - start <= MOST_TOKENS and halves <= 2 * most


class Sums(NamedTuple):
    """Sums over the different terms of the first tokens of a text."""

    square: float
    idf: float
    terms: int
    product: float
    """Of shared terms, of both idf."""
    shared: float
    both: int
    first: float
    second: float
    third: float


@kernel()
def _sum_terms(side: Side, size: int, other: Side, reach: int) -> Sums:
    """Sum up the terms of the first `size` tokens, and those among the other text's first `reach` tokens."""
    square, total, terms, product, shared, both = 0.0, 0.0, 0, 0.0, 0.0, 0
    first, second, third = 0.0, 0.0, 0.0
    for at in range(size):
        value, idf = side.term[at], side.idf[at]
        if value == 0 or _place(side, value, at) >= 0:
            continue
        square += idf * idf
        total += idf
        terms += 1
        place = _place(other, value, reach)
        if place >= 0:
            common = min(idf, other.idf[place])
            product += idf * other.idf[place]
            shared += common
            both += 1
            if common > first:
                first, second, third = common, first, second
            elif common > second:
                second, third = common, second
            elif common > third:
                third = common
    return Sums(square, total, terms, product, shared, both, first, second, third)


@kernel()
def _compare_terms(left: Side, right: Side, row: Column[np.float32]) -> None:
    """Write the features of terms: first those of the leads, looked for in the whole other text, then of all."""
    ours = _sum_terms(left, left.lead[0], right, right.lead[1])
    theirs = _sum_terms(right, right.lead[0], left, left.lead[1])
    shared = min(ours.shared, theirs.shared)
    least, most = min(ours.idf, theirs.idf), ours.idf + theirs.idf
    norm = max(np.sqrt(ours.square * theirs.square), 1e-6)
    row[ShortFeature.LEAD_COSINE] = min(1.0, min(ours.product, theirs.product) / norm)
    row[ShortFeature.LEAD_CONTAINMENT] = min(1.0, shared / max(least, 1e-6))
    row[ShortFeature.LEAD_RESEMBLANCE] = shared / max(most - shared, 1e-6)
    covered = min(1.0, ours.shared / max(ours.idf, 1e-6)), min(1.0, theirs.shared / max(theirs.idf, 1e-6))
    row[ShortFeature.LEAD_COVERED_LOW] = min(covered[0], covered[1])
    row[ShortFeature.LEAD_COVERED_HIGH] = max(covered[0], covered[1])
    row[ShortFeature.LEAD_FIRST] = max(ours.first, theirs.first)
    row[ShortFeature.LEAD_SECOND] = max(ours.second, theirs.second)
    row[ShortFeature.LEAD_THIRD] = max(ours.third, theirs.third)
    row[ShortFeature.LEAD_SHARED] = max(ours.shared, theirs.shared)
    row[ShortFeature.LEAD_TERMS] = max(ours.both, theirs.both) / max(1, min(ours.terms, theirs.terms))
    ours = _sum_terms(left, left.lead[1], right, right.lead[1])
    theirs = _sum_terms(right, right.lead[1], left, left.lead[1])
    row[ShortFeature.COSINE] = min(1.0, ours.product / max(np.sqrt(ours.square * theirs.square), 1e-6))
    row[ShortFeature.CONTAINMENT] = min(1.0, ours.shared / max(min(ours.idf, theirs.idf), 1e-6))
    row[ShortFeature.RESEMBLANCE] = ours.shared / max(ours.idf + theirs.idf - ours.shared, 1e-6)
    row[ShortFeature.SHARED] = ours.shared
    row[ShortFeature.TERMS] = ours.both / max(1, ours.terms + theirs.terms - ours.both)


class Own(NamedTuple):
    """What only one text of a pair has."""

    most: float
    total: float
    tokens: int
    numbers: int
    shared_numbers: int
    facts: int
    directions: int


@kernel()
def _own(side: Side, lexicon: Lexicon) -> Own:
    """Gather the tokens that the other text has not."""
    most, total, tokens, numbers, shared_numbers, facts = 0.0, 0.0, 0, 0, 0, 0
    directions = np.uint64(0)
    for at in range(side.lead[1]):
        number = side.sort[at] == NUMBER
        if side.shared[at]:
            shared_numbers += number
            continue
        most, total = max(most, side.idf[at]), total + side.idf[at]
        tokens += 1
        numbers += number
        facts += side.term[at] != 0 and look_up(lexicon.facts, side.term[at]) >= 0
        direction = look_up(lexicon.directed, side.token[at])
        if direction >= 0:
            directions |= lexicon.directions[direction]
    return Own(most, total, tokens, numbers, shared_numbers, facts, int(np.int64(directions)))


@kernel()
def _compare_own(left: Side, right: Side, lexicon: Lexicon, row: Column[np.float32]) -> None:
    """Write the features of what only one text has."""
    ours, theirs = _own(left, lexicon), _own(right, lexicon)
    row[ShortFeature.OWN_LOW] = min(ours.most, theirs.most)
    row[ShortFeature.OWN_HIGH] = max(ours.most, theirs.most)
    row[ShortFeature.OWN_SUM_LOW] = min(ours.total, theirs.total)
    row[ShortFeature.OWN_SUM_HIGH] = max(ours.total, theirs.total)
    row[ShortFeature.OWN_TOKENS_LOW] = min(ours.tokens, theirs.tokens)
    row[ShortFeature.OWN_TOKENS_HIGH] = max(ours.tokens, theirs.tokens)
    row[ShortFeature.NUMBERS_LOW] = min(ours.numbers, theirs.numbers)
    row[ShortFeature.NUMBERS_HIGH] = max(ours.numbers, theirs.numbers)
    row[ShortFeature.NUMBERS_SHARED] = min(ours.shared_numbers, theirs.shared_numbers)
    row[ShortFeature.FACTS_LOW] = min(ours.facts, theirs.facts)
    one, two, even = np.uint64(ours.directions), np.uint64(theirs.directions), np.uint64(0x5555555555555555)
    row[ShortFeature.TURNED] = ((one >> np.uint64(1)) & two | one & (two >> np.uint64(1))) & even != 0


@kernel()
def _compare_order(left: Side, right: Side, lengths: Table[np.int16], row: Column[np.float32]) -> None:
    """Write the features of the alignment."""
    ours, theirs = left.lead[0], right.lead[0]
    common = common_subsequence(left, right, ours, theirs, lengths)
    row[ShortFeature.LEAD_ALIGNED_SHORTER] = common / max(1, min(ours, theirs))
    row[ShortFeature.LEAD_ALIGNED_LONGER] = common / max(1, ours, theirs)
    ours, theirs = left.lead[1], right.lead[1]
    common = common_subsequence(left, right, ours, theirs, lengths)
    shorter, longer = max(1, min(ours, theirs)), max(1, ours, theirs)
    row[ShortFeature.ALIGNED_SHORTER] = common / shorter
    row[ShortFeature.ALIGNED_LONGER] = common / longer
    found = follow(left, right, lengths)
    row[ShortFeature.SWAPS] = found.swaps
    row[ShortFeature.SWAPPED] = found.swapped
    row[ShortFeature.INSERTIONS] = found.insertions
    row[ShortFeature.RUN] = found.run / shorter
    row[ShortFeature.PREFIX] = found.prefix / shorter
    row[ShortFeature.SHORTER] = shorter
    row[ShortFeature.LONGER] = longer
    row[ShortFeature.RATIO] = shorter / longer


@kernel()
def side() -> Side:
    """Room for one text."""
    token, sort, term = (
        np.empty(MOST_TOKENS, np.uint32), np.empty(MOST_TOKENS, np.uint32), np.empty(MOST_TOKENS, np.uint32),
    )  # fmt: skip
    return Side(token, sort, term, np.empty(MOST_TOKENS), np.empty(MOST_TOKENS, np.uint8), np.zeros(2, np.int64))


@kernel(entry=True)
def compare(
    texts: Texts,
    table: Tables,
    meta: Meta,
    lexicon: Lexicon,
    pairs: Table[np.int64],
    features: Table[np.float32],
) -> None:
    """Write a row of `ShortFeature` for each pair of texts that have tokens."""
    left, right = side(), side()
    lengths = np.empty((MOST_TOKENS + 1, MOST_TOKENS + 1), np.int16)
    for pair in range(len(pairs)):
        one, two = pairs[pair, 0], pairs[pair, 1]
        row = features[pair]
        # A language that only one of them is told by is that of both.
        _load(texts, one, texts.codes[one] if texts.codes[one] else texts.codes[two], table.weights, lexicon, left)
        _load(texts, two, texts.codes[two] if texts.codes[two] else texts.codes[one], table.weights, lexicon, right)
        mark_shared(left, right)
        mark_shared(right, left)
        _compare_terms(left, right, row)
        _compare_own(left, right, lexicon, row)
        _compare_order(left, right, lengths, row)
        compare_frames(texts.words, texts.spans[one], texts.spans[two], table.frames, row)
        dated = meta.days[one] != NO_DAY and meta.days[two] != NO_DAY
        row[ShortFeature.DAYS] = (
            min(_MOST_DAYS, abs(np.float64(meta.days[one]) - np.float64(meta.days[two]))) if dated else -1.0
        )
        known = meta.sources[one] != 0 and meta.sources[two] != 0
        row[ShortFeature.OUTLET] = (1.0 if meta.sources[one] == meta.sources[two] else 0.0) if known else -1.0
        ideographs = 0
        for at in range(left.lead[1]):
            ideographs += left.sort[at] == IDEOGRAPH
        row[ShortFeature.IDEOGRAPHS] = ideographs / max(1, left.lead[1])
