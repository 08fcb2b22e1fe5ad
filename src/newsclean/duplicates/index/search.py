"""What new articles are to those of a `DuplicateIndex`: candidates, compared exactly."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Packed, columns, distinct, joined_columns
from newsclean.duplicates.candidates import AGREEING, KEY_TERMS, sampled_shingles, share_enough, story_candidates
from newsclean.duplicates.index import queries
from newsclean.duplicates.index.store import Store
from newsclean.duplicates.matching import (
    FAINT,
    Corpus,
    compare_terms,
    compare_words,
    meet,
    share_bands,
    surely,
    two_short,
)
from newsclean.duplicates.results import CONTAINED, IDENTICAL, NEAR_DUPLICATE, SAME_STORY, Pair
from newsclean.duplicates.scratch import IN_MEMORY
from newsclean.duplicates.short import Tables
from newsclean.duplicates.sketching import Sketches, band_keys, no_sketches, sign
from newsclean.duplicates.tfidf import select_salient, shareable
from newsclean.settings import DuplicateSettings

_TOGETHER = 500  # articles compared at once: with what they are compared with, about 100 MB
_SHARED_BAND = 8  # articles looked up for one band: the oldest, as in candidates.LEADERS
_SHARED_TERM = 256  # articles looked up for one salient term: the newest within the window
_REPORTS = 40  # articles compared exactly because of their salient terms, those that share most of them
_READ = 1 << 16  # pairs whose signatures are compared at once
_LOW = np.uint64(0xFFFFFFFF)


class Found(NamedTuple):
    """What a new article and one of the index are to each other."""

    row: int
    number: int
    score: float
    """Confidence that both report one event."""
    follows: bool
    """Whether it is a copy that counts for nothing in a story. Copies of headlines count, as in a batch."""
    pair: Pair | None
    """None where they are too unsure to be named; stories count them."""
    is_sure: bool = False
    """Whether one would be dropped for the other."""


class Search:
    """Looks up and compares articles in one file."""

    def __init__(self, store: Store, settings: DuplicateSettings) -> None:
        self._store = store
        self.settings = settings

    def bands(self, signatures: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Band keys, a row for each article."""
        keys = band_keys(signatures, np.arange(len(signatures)), self.settings.bands, self.settings.rows)
        return np.stack(list(keys), axis=1)

    def terms(self, new: Sketches, weights: NDArray[np.float32]) -> NDArray[np.uint32]:
        """The most salient terms, a row for each article, filled up with 0."""
        return select_salient(new.words, new.spans, new.languages, weights).terms[:, :KEY_TERMS]

    def found(
        self,
        names: Sequence[str],
        new: Sketches,
        tables: Tables,
        terms: NDArray[np.uint32],
        limits: NDArray[np.int64],
    ) -> list[Found]:
        """What articles are to those of the index whose numbers are below each one's limit."""
        found: list[Found] = []
        others: list[int] = []
        for row, (digest, limit) in enumerate(zip(new.digests.view(np.int64).tolist(), limits.tolist(), strict=True)):
            same = self._store.with_digest(digest, limit) if digest else None
            if same is not None:
                pair = Pair(self._store.name(same), names[row], IDENTICAL, 1.0, 1.0, 1.0)
                found.append(Found(row, same, 1.0, True, pair, is_sure=True))
            elif digest:
                others.append(row)
        rows = np.array(others, np.int64)
        met = self._copies(new, rows, limits)
        edges = distinct(np.concatenate([met, self._reports(new, terms, rows, limits)]))
        are_met = np.isin(edges, met)
        bounds = np.searchsorted(edges >> np.uint64(32), np.arange(0, new.size + _TOGETHER, _TOGETHER))
        for start, end in pairwise(bounds.tolist()):
            found += self._compared(edges[start:end], are_met[start:end], names, new, tables)
        return sorted(found, key=lambda each: each[:2])

    def stories_among(self, numbers: Sequence[int], tables: Tables) -> list[tuple[int, int, float, bool]]:
        """The pairs of some articles of the index, how surely they report one event, as a batch has them, and whether
        both are short."""
        known = np.array(numbers, np.int64)
        known = known[np.argsort(self._store.days(numbers), kind="stable")]
        corpus = self._corpus(known, known[:0], no_sketches(0, self.settings))._replace(frames=tables.frames)
        salient = select_salient(corpus.words, corpus.spans, corpus.languages, shareable(tables.weights))
        reports = story_candidates(salient, corpus.days, self.settings.story_days)
        signatures, _ = sign(corpus.words, np.append(0, corpus.spans[:, 1]), self.settings.bands * self.settings.rows)
        met = meet(corpus, share_bands(corpus._replace(signatures=signatures), self.settings))
        pairs = columns(distinct(np.concatenate([joined_columns(reports), joined_columns(met)])), IN_MEMORY)
        found = compare_terms(corpus, pairs, tables.weights, self.settings)
        scores = np.where(found.copy >= self.settings.copy_threshold, 1.0, found.story)
        rows = scores >= FAINT
        short = two_short(corpus, pairs[rows]).tolist()
        return list(zip(*known[pairs[rows]].T.tolist(), scores[rows].tolist(), short, strict=True))

    def _copies(self, new: Sketches, rows: NDArray[np.int64], limits: NDArray[np.int64]) -> Packed:
        """What some rows may be copies of, as row << 32 | number of an article of the index."""
        bands = self.bands(new.signatures)
        alike = queries.sharing_bands(self._store.segments, bands, rows, limits, _SHARED_BAND)
        return distinct(np.concatenate([alike[self._agree(new, alike)], self._containing(new, rows, limits)]))

    def _reports(
        self, new: Sketches, terms: NDArray[np.uint32], rows: NDArray[np.int64], limits: NDArray[np.int64]
    ) -> Packed:
        """What some rows may report the event of, likewise."""
        if not self.settings.stories:
            return np.empty(0, np.uint64)
        most, window = (_SHARED_TERM, _REPORTS), self.settings.story_days
        return queries.sharing_terms(self._store.segments, terms, new.days, window, rows, limits, most)

    def _containing(self, new: Sketches, rows: NDArray[np.int64], limits: NDArray[np.int64]) -> Packed:
        """The articles that share rare passages with some rows, however much longer one of both is."""
        keys, counts = sampled_shingles(new.words, new.spans[rows])
        keys = keys & ~_LOW | rows[keys & _LOW].astype(np.uint64)
        pairs, shared = queries.sharing_passages(self._store.segments, keys, limits)
        pairs, shared = pairs[shared > 1], shared[shared > 1]  # share_enough asks for more, and what articles have
        numbers = distinct(pairs & _LOW)
        others = self._store.sampled(numbers.tolist())[np.searchsorted(numbers, pairs & _LOW)]
        own = counts[np.searchsorted(rows, (pairs >> np.uint64(32)).astype(np.int64))]
        return pairs[share_enough(shared, np.minimum(own, others))]

    def _agree(self, new: Sketches, pairs: Packed) -> NDArray[np.bool_]:
        """Whether enough of the lowest bytes of both signatures is equal."""
        own, agree = new.signatures.astype(np.uint8), np.empty(len(pairs), np.bool_)
        order = np.argsort(pairs & _LOW, kind="stable")  # so that each old article is read once, and few at a time
        for start in range(0, len(pairs), _READ):
            part = pairs[order[start : start + _READ]]
            numbers = distinct(part & _LOW)
            marks = self._store.marks(numbers.tolist())
            same = own[part >> np.uint64(32)] == marks[np.searchsorted(numbers, part & _LOW)]
            enough = np.count_nonzero(same, axis=1) * 128 >= AGREEING * own.shape[1]
            agree[order[start : start + _READ]] = enough
        return agree

    def _compared(
        self, edges: Packed, met: NDArray[np.bool_], names: Sequence[str], new: Sketches, tables: Tables
    ) -> Iterator[Found]:
        """What candidates are, compared exactly."""
        if not len(edges):
            return
        numbers, rows = (edges & _LOW).astype(np.int64), (edges >> np.uint64(32)).astype(np.int64)
        olds, news = distinct(numbers), distinct(rows)
        order = np.lexsort((rows, numbers))  # so that each old article is looked at once
        numbers, rows = numbers[order], rows[order]
        corpus = self._corpus(olds, news, new)._replace(frames=tables.frames)
        pairs = np.stack([np.searchsorted(olds, numbers), len(olds) + np.searchsorted(news, rows)], axis=1)
        settings = self.settings
        if settings.stories:
            compare = compare_terms(corpus, pairs, tables.weights, settings, met[order])
        else:
            compare = compare_words(corpus, pairs, tables.weights)
        sure = surely(compare, settings)
        sizes, short = np.diff(corpus.spans)[:, 0], two_short(corpus, pairs)
        for at in np.flatnonzero((compare.copy >= settings.copy_threshold) | (compare.story >= FAINT)):
            number, row, is_copy = int(numbers[at]), int(rows[at]), bool(compare.copy[at] >= settings.copy_threshold)
            if not is_copy and compare.story[at] < settings.story_threshold:
                yield Found(row, number, float(compare.story[at]), False, None)
                continue
            ends = self._store.name(number), names[row]
            relation = SAME_STORY
            if is_copy:
                relation = CONTAINED if compare.contained[at] else NEAR_DUPLICATE
                if compare.contained[at] and sizes[pairs[at, 0]] > sizes[pairs[at, 1]]:
                    ends = ends[1], ends[0]
            scores = (compare.shared, compare.story, compare.copy)
            pair = Pair(*ends, relation, *(float(score[at]) for score in scores))
            follows, is_sure = is_copy and not short[at], bool(sure[at])
            yield Found(row, number, float(compare.story[at]), follows, pair, is_sure)

    def _corpus(self, numbers: NDArray[np.int64], rows: NDArray[np.int64], new: Sketches) -> Corpus:
        """Articles of the index, and rows of new ones behind them; without signatures, which are not compared."""
        old = self._store.load(numbers.tolist())
        words, shifted = np.concatenate([old.words, new.words]), new.spans[rows] + len(old.words)
        spans, days = np.concatenate([old.spans, shifted]), np.concatenate([old.days, new.days[rows]])
        languages, every = np.concatenate([old.languages, new.languages[rows]]), np.arange(len(spans))
        sources = np.concatenate([old.sources, new.sources[rows]])
        heads = np.concatenate([old.heads, new.heads[rows]]).astype(np.int64)
        return Corpus(words, spans, new.signatures[:0], every, days, languages, heads, every, sources)
