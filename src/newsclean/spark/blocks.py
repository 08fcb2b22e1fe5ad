"""Pairs of texts with the words of both: each block of pairs comes with its texts, every one once.

A block holds the pairs between so many texts in order of their numbers, and sixteen times as many that come later.
Numbers follow dates, and most pairs are of one week: few texts are in many blocks. However often one text is paired, a
block stays small.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.compilation import uncollected
from newsclean.duplicates.matching import Corpus
from newsclean.spark.session import checkpoint, spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

WIDTH = 4096  # texts that the left ones of a block's pairs are among
_LATER = 16  # times as many that the right ones are among
_NUMBERS = np.empty(0, np.int64)
WORDS = ("text", "day", "language", "head", "source", "words")
"""Columns of texts that a comparison needs."""


class Block(NamedTuple):
    """Some pairs, and the texts that they are of, in order of their numbers."""

    corpus: Corpus
    numbers: NDArray[np.int64]
    """By place in the corpus: the number of the text."""
    pairs: NDArray[np.int64]
    """n x 2: places in the corpus."""
    rows: pa.Table
    """The pairs as they came: `left`, `right` and whatever else is known of them."""

    def named(self, pairs: NDArray[np.int64], **columns: Any) -> pa.Table:
        """A table of pairs of places, as pairs of numbers, with other columns."""
        left, right = self.numbers[pairs[:, 0]], self.numbers[pairs[:, 1]]
        return pa.table({"left": left, "right": right, **columns})


def in_blocks(pairs: "DataFrame") -> "DataFrame":
    """Pairs (`left`, `right`) with the `block` that each belongs to."""
    from pyspark.sql import functions as F

    left, right = F.floor(F.col("left") / WIDTH), F.floor(F.col("right") / (_LATER * WIDTH))
    return pairs.withColumn("block", left * F.lit(1 << 31) + right)


def compared(
    pairs: "DataFrame", texts: "DataFrame", function: Callable[[Block], pa.Table], schema: pa.Schema
) -> "DataFrame":
    """What `function` makes of every block of `pairs`, which have a column `block`."""
    from pyspark.sql import functions as F

    pairs = pairs.transform(checkpoint)
    wanted = pairs.select(F.col("block").alias("of"), F.explode(F.array("left", "right")).alias("text")).distinct()
    carried = wanted.join(texts, "text")

    def of_block(rows: pa.Table, members: pa.Table) -> pa.Table:
        with uncollected():
            return function(_block(rows, members)).select(schema.names).cast(schema)

    return pairs.groupBy("block").cogroup(carried.groupBy("of")).applyInArrow(of_block, spark_schema(schema))


def _block(rows: pa.Table, members: pa.Table) -> Block:
    members = members.take(pa.array(np.argsort(members["text"].to_numpy(), kind="stable"))).combine_chunks()
    numbers = members["text"].to_numpy()
    ends = np.stack([rows["left"].to_numpy(), rows["right"].to_numpy()], axis=1).reshape(-1, 2)
    return Block(corpus_of(members), numbers, np.searchsorted(numbers, ends), rows)


def corpus_of(members: pa.Table | pa.RecordBatch) -> Corpus:
    """Texts as kernels take them: those of the columns that there are."""
    count, names = members.num_rows, members.schema.names

    def column(name: str, kind: Any) -> NDArray[Any]:
        values = members.column(name) if name in names else None
        return np.zeros(count, kind) if values is None else values.to_numpy(zero_copy_only=False).astype(kind)

    words, bounds = (
        pieces(members.column("words")) if "words" in names else (np.empty(0, np.uint32), np.zeros(count + 1))
    )
    bounds = bounds.astype(np.int64)
    return Corpus(
        words,
        np.stack([bounds[:-1], bounds[1:]], axis=1),
        signatures_of(members) if "signature" in names else np.empty((0, 0), np.uint32),
        np.arange(count),
        column("day", np.int32),
        column("language", np.uint8),
        column("head", np.int64),
        _NUMBERS,
        column("source", np.uint32),
    )


def pieces(column: Any) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The numbers that binary values hold, one after the other, and where each value begins."""
    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(values, pa.ChunkedArray):  # of several chunks still, or none
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], pa.binary())
    kind = np.int64 if pa.types.is_large_binary(values.type) else np.int32
    if not len(values):
        return np.empty(0, np.uint32), np.zeros(1, np.int64)
    _, offsets, data = values.buffers()
    bounds = np.frombuffer(offsets, kind)[values.offset : values.offset + len(values) + 1].astype(np.int64)
    whole = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]] if data is not None else np.empty(0, np.uint8)
    return np.ascontiguousarray(whole).view(np.uint32), (bounds - bounds[0]) // 4


def signatures_of(members: pa.Table | pa.RecordBatch) -> NDArray[np.uint32]:
    """Signatures, a row a text."""
    values, _ = pieces(members.column("signature"))
    return values.reshape(members.num_rows, -1) if members.num_rows else np.empty((0, 1), np.uint32)
