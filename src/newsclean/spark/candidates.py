"""Candidate pairs by joins on keys: bands of signatures, sampled passages, pairs of key terms.

A key's texts come side by side and in order, whole runs at once, to the kernels of the local engine. How many pairs a
run gives is bounded there, so that a key that all texts have costs no more than others.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.duplicates.arrays import columns, distinct, fresh, joined_columns, runs
from newsclean.duplicates.candidates import passages
from newsclean.duplicates.candidates._key_terms import KEY_TERMS, meeting_pairs
from newsclean.duplicates.candidates._lsh import RECENT, colliding_pairs, filter_pairs
from newsclean.duplicates.candidates._passages import sample_shingles
from newsclean.duplicates.candidates.key_terms import key_ranges
from newsclean.duplicates.scratch import IN_MEMORY
from newsclean.duplicates.sketching import band_keys
from newsclean.duplicates.tfidf import select_salient, shareable
from newsclean.duplicates.tokens import mix_array
from newsclean.spark.blocks import Block, compared, corpus_of, in_blocks, signatures_of
from newsclean.spark.session import Broadcast, mapped, streamed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

LEAST_ROWS = 1 << 20  # rows of whole runs that are looked at together, if there are as many
BUCKETS = 1 << 13  # of keys: a batch of 10,000 packed rows then has some 40 MB
_BUFFER = 1 << 16  # pairs per call of a kernel
_MIX = np.uint64(0x9E3779B97F4A7C15)
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
_INT = pa.int64()
PAIRS = pa.schema([("left", _INT), ("right", _INT)])
_PACKED = pa.schema([("bucket", pa.int32()), ("rows", pa.binary())])
Numbers = NDArray[np.int64]


def by_runs(
    keyed: "DataFrame", order: list[str], function: Callable[[pa.Table, Numbers], pa.Table], schema: pa.Schema
) -> "DataFrame":
    """What `function` makes of whole runs of rows with one `key`, in `order` within it; it gets their numbers, too."""

    def partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in _whole_runs(batches):
            keys = table["key"].to_numpy()
            found = function(table, np.cumsum(fresh(keys)) - 1)
            yield from found.select(schema.names).cast(schema).to_batches()

    together = keyed.repartition("key").sortWithinPartitions("key", *order)
    return streamed(together, partition, schema)


def _whole_runs(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Rows in pieces that are cut between runs of one key only."""
    held: list[pa.RecordBatch] = []
    rows, least = 0, LEAST_ROWS
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows < least:
            continue
        table = pa.Table.from_batches(held).combine_chunks()
        keys = table["key"].to_numpy()
        last = int(np.searchsorted(keys, keys[-1]))
        if last:
            yield table.slice(0, last)
        held, rows = table.slice(last).to_batches(), len(keys) - last
        least = rows + LEAST_ROWS
    if rows:
        yield pa.Table.from_batches(held).combine_chunks()


def by_keys(
    texts: "DataFrame",
    keys_of: Callable[[pa.RecordBatch], list[NDArray[Any]]],
    names: list[str],
    function: Callable[[pa.Table, Numbers], pa.Table],
    schema: pa.Schema,
) -> "DataFrame":
    """The same of the rows that `keys_of` gives for texts: columns of numbers, first the key, then what orders a run.

    Rows of a bucket of keys travel as one, packed: there may be a hundred for each text, and each row costs Spark some
    microseconds.
    """

    def unpacked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for rows in _whole_buckets(batches, len(names)):
            rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
            table = pa.table(list(map(np.ascontiguousarray, rows.T)), names)
            found = function(table, np.cumsum(fresh(table["key"].to_numpy())) - 1)
            yield from found.select(schema.names).cast(schema).to_batches()

    rows = mapped(texts, lambda batch: _packed(np.stack(keys_of(batch), axis=1, dtype=np.int64)), _PACKED)
    return streamed(rows.repartition("bucket").sortWithinPartitions("bucket"), unpacked, schema)


def _packed(rows: Numbers) -> pa.RecordBatch:
    """Rows by the bucket of their key, those of each in one binary value."""
    bucket = (rows[:, 0].astype(np.uint64) * _MIX >> np.uint64(40)) % np.uint64(BUCKETS)
    order = np.argsort(bucket.astype(np.uint16), kind="stable")
    starts = np.flatnonzero(fresh(bucket[order]))
    bounds = (np.append(starts, len(rows)) * rows.strides[0]).astype(np.int32)
    data = [None, pa.py_buffer(bounds), pa.py_buffer(rows[order])]
    values = pa.Array.from_buffers(pa.binary(), len(starts), data)
    return pa.RecordBatch.from_arrays([pa.array(bucket[order[starts]].astype(np.int32)), values], _PACKED.names)


def _whole_buckets(batches: Iterator[pa.RecordBatch], width: int) -> Iterator[Numbers]:
    """The rows of packed ones, in pieces that are cut between buckets only."""
    held: list[Numbers] = []
    rows, last = 0, -1
    for batch in batches:
        for bucket, packed in zip(batch.column("bucket").to_pylist(), batch.column("rows"), strict=True):
            if bucket != last and rows >= LEAST_ROWS:
                yield np.concatenate(held)
                held, rows = [], 0
            held.append(np.frombuffer(packed.as_buffer(), np.int64).reshape(-1, width))
            rows, last = rows + len(held[-1]), bucket
    if held:
        yield np.concatenate(held)


def copy_candidates(texts: "DataFrame", bands: int, rows: int) -> "DataFrame":
    """Pairs that may be copies: texts that share a band, and enough of their minima."""
    from pyspark.sql import functions as F

    def keys_of(batch: pa.RecordBatch) -> list[NDArray[Any]]:
        signatures = signatures_of(batch)
        keys = band_keys(signatures, np.arange(len(signatures)), bands, rows)
        packed = [of_band.astype(np.int64) + (band << 32) for band, of_band in enumerate(keys)]
        return [np.concatenate(packed), *(np.tile(batch.column(name).to_numpy(), bands) for name in ("rank", "text"))]

    signed, names = texts.select("rank", "text", "signature"), ["key", "rank", "text"]
    met = by_keys(signed, keys_of, names, _colliding, pa.schema([*PAIRS, ("band", pa.int32())]))
    first = met.groupBy("left", "right").agg(F.min("band").alias("band"))  # where a pair is judged
    return compared(in_blocks(first), signed.drop("rank"), lambda block: _agreeing(block, rows), PAIRS)


def _colliding(table: pa.Table, run: Numbers) -> pa.Table:
    """Each text of a run with the first ones and the last ones before it."""
    keys, count = run.astype(np.uint32), len(run)
    slots = np.zeros((1 << (3 * count // 2 + 1).bit_length(), 4), np.uint32)
    state, before, buffer = np.zeros(1, np.int64), np.empty(count, np.uint32), np.empty(_BUFFER, np.uint64)
    found = [np.empty(0, np.uint64)]
    while state[0] < count:
        found.append(buffer[: colliding_pairs(keys, state, slots, before, buffer)].copy())
    packed = np.concatenate(found)
    text, left = table["text"].to_numpy(), (packed >> _HALF).astype(np.int64)
    one, two = text[left], text[(packed & _LOW).astype(np.int64)]
    band = (table["key"].to_numpy()[left] >> 32).astype(np.int32)
    return pa.table({"left": np.minimum(one, two), "right": np.maximum(one, two), "band": band})


def _agreeing(block: Block, rows: int) -> pa.Table:
    """The pairs whose signatures agree and that share no band before the one in which they met."""
    signatures, everything = block.corpus.signatures, np.arange(len(block.numbers))
    marks, bands = signatures.astype(np.uint8), block.rows["band"].to_numpy()
    packed = joined_columns(block.pairs)
    found = [np.empty(0, np.uint64)]
    for band in distinct(bands).tolist():
        met = packed[bands == band]
        kept = filter_pairs(signatures, everything, marks, np.zeros((1, RECENT), np.uint64), band, rows, met)
        found.append(met[:kept])
    return block.named(columns(np.concatenate(found), IN_MEMORY))


def passage_candidates(texts: "DataFrame") -> "DataFrame":
    """Pairs that may be contained in each other: texts that share enough of their rare sampled shingles."""
    from pyspark.sql import functions as F

    names, schema = ["key", "text", "held"], pa.schema([*PAIRS, ("held", _INT)])
    met = by_keys(texts.select("text", "words"), _sampled, names, _rare, schema)
    shared = met.groupBy("left", "right").agg(F.count("*").alias("shared"), F.first("held").alias("held"))
    enough = (F.col("shared") >= passages.TOGETHER) & (F.col("shared") >= F.lit(passages.SHARE) * F.col("held"))
    return shared.where(enough).select("left", "right")


def _sampled(batch: pa.RecordBatch) -> list[NDArray[Any]]:
    """A key for every sampled shingle of every text, and how many the text has."""
    corpus = corpus_of(batch)
    keys, counts = np.empty(len(corpus.words), np.uint64), np.empty(batch.num_rows, np.int64)
    slots = passages.slots_for(corpus.spans)
    keys = keys[: sample_shingles(corpus.words, corpus.spans, slots, counts, keys)]
    row = (keys & _LOW).astype(np.int64)
    return [(keys >> _HALF).astype(np.int64), batch.column("text").to_numpy()[row], counts[row]]


def _rare(table: pa.Table, run: Numbers) -> pa.Table:
    """All pairs of the texts of a run that is not too long, and how many shingles the one with fewer has."""
    starts = np.flatnonzero(fresh(run))
    sizes = np.diff(np.append(starts, len(run)))
    starts, sizes = starts[sizes <= passages.RARE], sizes[sizes <= passages.RARE]
    ends = [np.empty((0, 2), np.int64)]
    for distance in range(1, passages.RARE):
        of, place = runs(np.maximum(sizes - distance, 0))
        ends.append(np.stack([starts[of] + place, starts[of] + place + distance], axis=1))
    pairs = np.concatenate(ends)
    text, held = table["text"].to_numpy()[pairs], table["held"].to_numpy()[pairs]
    return pa.table({"left": text[:, 0], "right": text[:, 1], "held": held.min(axis=1)})


def story_candidates(texts: "DataFrame", weights: Broadcast, count: int, window: int) -> "DataFrame":
    """Pairs of `count` texts that share two of their key terms, and are not more than `window` days apart.

    A text without a date is near all others. What the other terms say is not asked yet.
    """
    parts = key_ranges(count)
    return by_keys(
        texts.select("text", "day", "language", "words"),
        lambda batch: _term_keys(batch, weights.value, parts),
        ["key", "text", "day"],
        lambda table, run: _meeting(table, run, window),
        PAIRS,
    ).distinct()


def _term_keys(batch: pa.RecordBatch, weights: NDArray[np.float32], parts: int) -> list[NDArray[Any]]:
    """A key for every two key terms of every text."""
    corpus = corpus_of(batch)
    salient = select_salient(corpus.words, corpus.spans, corpus.languages, shareable(weights))
    terms = np.sort(salient.terms[:, :KEY_TERMS], axis=1)
    low, high = np.triu_indices(KEY_TERMS, 1)
    one, two = terms[:, low].ravel(), terms[:, high].ravel()
    key = mix_array(one * np.uint32(0x9E3779B1) + two).astype(np.int64)
    part = (mix_array(one).astype(np.uint64) * np.uint64(parts) >> _HALF).astype(np.int64)
    others = (np.repeat(batch.column(name).to_numpy(), len(low)) for name in ("text", "day"))
    return [column[one != 0] for column in (part << 32 | key, *others)]


def _meeting(table: pa.Table, run: Numbers, window: int) -> pa.Table:
    """Each text of a run with those before it, within so many days; in a long run with dated ones only."""
    keys = run.astype(np.uint64) << _HALF | np.arange(len(run), dtype=np.uint64)
    days = read_only(table["day"].to_numpy().astype(np.int32))
    state, buffer, found = np.array([0, 0, 0, window]), np.empty(_BUFFER, np.uint64), [np.empty(0, np.uint64)]
    while state[0] < len(keys):
        found.append(distinct(buffer[: meeting_pairs(keys, days, state, buffer)]))
    pairs = columns(np.concatenate(found), IN_MEMORY)
    text = table["text"].to_numpy()
    return pa.table({"left": text[pairs[:, 1]], "right": text[pairs[:, 0]]})
