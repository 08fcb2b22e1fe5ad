"""Looking up many articles at once in the segments of a `DuplicateIndex`."""

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Packed, distinct, fresh, places, runs
from newsclean.duplicates.candidates import RARE
from newsclean.duplicates.index._queries import PostingColumns, newest_postings
from newsclean.duplicates.index.postings import (
    BANDS,
    PASSAGE_PARTS,
    PASSAGES,
    TERM_PARTS,
    TERMS,
    Postings,
    Segments,
    numbers_of,
)
from newsclean.duplicates.metadata import NO_DAY

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_TOGETHER = 500  # rows whose pairs are counted at once


def term_orders(terms: NDArray[np.uint32], days: NDArray[np.int64]) -> NDArray[np.uint64]:
    """What postings of terms are in order of: key << 32 | day from 0. The lowest bits of a term choose its part."""
    shifted = np.clip(days - NO_DAY, 0, (1 << 32) - 1).astype(np.uint64)
    return (terms.astype(np.uint64) << np.uint64(34)) | shifted


def band_postings(keys: NDArray[np.uint32], numbers: NDArray[np.int64]) -> list[Postings]:
    """The postings, by part, of articles with these keys (a column for each band)."""
    return [column.astype(np.uint64) << _HALF | numbers.astype(np.uint64) for column in keys.T]


def term_postings(terms: NDArray[np.uint32], days: NDArray[np.int32], numbers: NDArray[np.int64]) -> list[Postings]:
    """The postings, by part, of articles with these salient terms (a row for each article; 0 is none)."""
    rows, columns = np.nonzero(terms)
    values = terms[rows, columns]
    postings = np.empty(len(rows), TERMS.dtype)
    postings["order"], postings["number"] = term_orders(values, days[rows].astype(np.int64)), numbers[rows]
    return [postings[values % TERM_PARTS == part] for part in range(TERM_PARTS)]


def passage_postings(keys: Packed, numbers: NDArray[np.int64]) -> list[Postings]:
    """The postings, by part, of articles with these sampled shingles (each as hash << 32 | row)."""
    postings = keys & ~_LOW | numbers[keys & _LOW].astype(np.uint64)
    part = _passage_part(keys)
    return [postings[part == each] for each in range(PASSAGE_PARTS)]


def _passage_part(keys: Packed) -> NDArray[np.uint64]:
    """The parts of sampled shingles: the lowest bits of these are all the same."""
    return keys >> np.uint64(35) & np.uint64(PASSAGE_PARTS - 1)


def sharing_bands(
    segments: Segments, keys: NDArray[np.uint32], rows: NDArray[np.int64], limits: NDArray[np.int64], most: int
) -> Packed:
    """For each of `rows` and each band, the first few articles below its limit with its key: row << 32 | number."""
    present, alive = segments.all(), segments.alive(int(limits.max()))
    some_dead = not alive.all()
    found = [np.empty(0, np.uint64)]
    for band in range(keys.shape[1]):
        order = rows[np.argsort(keys[rows, band])].astype(np.uint64)
        wanted = keys[order, band].astype(np.uint64)
        met = []
        for segment in present:
            postings = segments.read(BANDS, segment, band, wanted)
            if some_dead:
                postings = postings[alive[numbers_of(postings)] != 0]
            low, high = (np.searchsorted(postings, wanted << _HALF | end) for end in (np.uint64(0), _LOW))
            query, place = runs(np.minimum(high - low, most))
            met.append(order[query] << _HALF | postings[low[query] + place] & _LOW)
        packed = np.sort(np.concatenate(met)) if met else found[0]
        below = (packed & _LOW).astype(np.int64) < limits[packed >> _HALF]
        found.append(packed[(places(packed >> _HALF) < most) & below])
    return distinct(np.concatenate(found))


def sharing_passages(segments: Segments, keys: Packed, limits: NDArray[np.int64]) -> tuple[Packed, NDArray[np.int64]]:
    """The articles below a row's limit that have sampled shingles of it, as row << 32 | number, and how many each has.

    `keys` are the shingles, as hash << 32 | row. What `RARE` articles below the limit have is no passage of theirs."""
    present, alive = segments.all(), segments.alive(int(limits.max()))
    some_dead = not alive.all()
    met = [np.empty(0, np.uint64)]
    part = _passage_part(keys)
    for each in range(PASSAGE_PARTS):
        own = np.sort(keys[part == each])
        wanted, row = own >> _HALF, own & _LOW
        lists, holders = [], np.zeros(len(own), np.int64)
        for segment in present:
            postings = segments.read(PASSAGES, segment, each, wanted)
            if some_dead:
                postings = postings[alive[numbers_of(postings)] != 0]
            low = np.searchsorted(postings, own & ~_LOW)
            high = np.searchsorted(postings, own & ~_LOW | limits[row].astype(np.uint64))
            lists.append((postings, low, high - low))
            holders += high - low
        for postings, low, count in lists:
            query, place = runs(np.where(holders < RARE, count, 0))
            met.append(row[query] << _HALF | postings[low[query] + place] & _LOW)
    pairs = np.sort(np.concatenate(met))
    starts = np.flatnonzero(fresh(pairs))
    return pairs[starts], np.diff(np.append(starts, len(pairs)))


def sharing_terms(
    segments: Segments,
    terms: NDArray[np.uint32],
    days: NDArray[np.int32],
    window: int,
    rows: NDArray[np.int64],
    limits: NDArray[np.int64],
    most: tuple[int, int],
) -> Packed:
    """For each of `rows`, the articles below its limit that share most, and at least two, of its terms.

    For each term the newest are looked at, within `window` days or without a date; of all days for a row without one.
    `most` bounds how many are looked at for each term, and found for each row.
    """
    alive = segments.alive(int(limits.max()))
    found = []
    for part in range(TERM_PARTS):
        chosen, column = np.nonzero((terms[rows] % TERM_PARTS == part) & (terms[rows] != 0))
        queries = rows[chosen]
        values, when = terms[queries, column], days[queries].astype(np.int64)
        undated = when == NO_DAY
        low, high = (
            np.where(undated, NO_DAY, np.maximum(when - window, NO_DAY + 1)),
            np.where(undated, 1 << 31, when + window),
        )
        early = np.full(int((~undated).sum()), NO_DAY)
        found.append(
            _look_up(
                segments,
                part,
                np.concatenate([term_orders(values, low), term_orders(values[~undated], early)]),
                np.concatenate([term_orders(values, high), term_orders(values[~undated], early)]),
                np.concatenate([queries, queries[~undated]]),
                limits,
                alive,
                most[0],
            )
        )
    return _most_shared(found, len(terms), most[1])


def _look_up(
    segments: Segments,
    part: int,
    low: NDArray[np.uint64],
    high: NDArray[np.uint64],
    rows: NDArray[np.int64],
    limits: NDArray[np.int64],
    alive: NDArray[np.uint8],
    most: int,
) -> Packed:
    """The newest articles with a posting from `low` to `high`, by row."""
    orders, numbers, lows, tops, size = [], [], [], [], 0
    for segment in segments.all():
        postings = segments.read(TERMS, segment, part, low >> _HALF)
        order = np.ascontiguousarray(postings["order"])
        orders.append(order)
        numbers.append(numbers_of(postings))
        lows.append(size + np.searchsorted(order, low))
        tops.append(size + np.searchsorted(order, high, "right"))
        size += len(order)
    if size == 0:
        return np.empty(0, np.uint64)
    bounds = np.stack(lows, axis=1), np.stack(tops, axis=1)
    found = np.empty(int(np.minimum((bounds[1] - bounds[0]).sum(axis=1), most).sum()), np.uint64)
    columns = PostingColumns(np.concatenate(orders), np.concatenate(numbers))
    count = newest_postings(columns, *bounds, rows, limits, alive, most, found)
    return found[:count].copy()


def _most_shared(parts: list[Packed], rows: int, best: int) -> Packed:
    """Of pairs row << 32 | number, those that stand there most often, and at least twice; `best` of each row.

    Of those that stand there equally often, the newest. Some rows after the other, so that memory holds pairs once.
    """
    found = [np.empty(0, np.uint64)]
    for part in parts:
        part.sort()
    for start in range(0, rows, _TOGETHER):
        bounds = np.array([start, start + _TOGETHER], np.uint64) << _HALF
        met = np.sort(np.concatenate([part[slice(*np.searchsorted(part, bounds))] for part in parts]))
        starts = np.flatnonzero(fresh(met))
        counts = np.diff(np.append(starts, len(met)))
        pairs, counts = met[starts[counts > 1]], counts[counts > 1]
        ranked = pairs[np.lexsort((~(pairs & _LOW), -counts, pairs >> _HALF))]
        found.append(ranked[places(ranked >> _HALF) < best])
    return np.concatenate(found)
