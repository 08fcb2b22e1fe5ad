"""Tables over all texts, by aggregation: document frequencies of terms, and how many short texts have a frame.

The tables are those that the local engine holds, of bounded size; they come to the driver and go to every executor.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.duplicates.short import are_short, count_frames, frame_slots
from newsclean.duplicates.tfidf import blend, count_terms
from newsclean.spark.blocks import corpus_of
from newsclean.spark.session import mapped

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COUNTS = pa.schema([("slot", pa.int64()), ("texts", pa.int64())])
_SIZES = pa.schema([("words", pa.int64())])


def learn_weights(texts: "DataFrame", count: int) -> NDArray[np.float32]:
    """The table that terms of `count` texts are weighed by: see `tfidf.learn_weights`."""
    size = min(1 << 24, max(1 << 18, 1 << (count * 16).bit_length()))

    def counted(batch: pa.RecordBatch) -> NDArray[np.uint32]:
        corpus = corpus_of(batch)
        return count_terms(corpus.words, corpus.spans, corpus.languages, size)

    languages = np.zeros(256, np.int64)
    for code, of_it in texts.groupBy("language").count().collect():
        languages[code] = of_it
    return blend(_summed(texts.select("language", "words"), counted, size), languages)


def learn_frames(texts: "DataFrame") -> NDArray[np.uint32]:
    """How many short texts have the frames of each slot; nothing where there are no short texts."""
    from pyspark.sql import functions as F

    short = texts.select("words").where(F.length("words") <= 4 * _MOST_WORDS)
    sizes = mapped(short, _short_words, _SIZES).agg(F.sum("words")).collect()[0][0]
    if sizes is None:
        return np.empty(0, np.uint32)
    size = frame_slots(int(sizes))

    def counted(batch: pa.RecordBatch) -> NDArray[np.uint32]:
        corpus = corpus_of(batch)
        return count_frames(corpus.words, corpus.spans[are_short(corpus.words, corpus.spans)], size)

    return _summed(short, counted, size)


_MOST_WORDS = 1 << 12  # words of texts that may be short, by far


def _short_words(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Words of the short texts of a batch, if there are any."""
    corpus = corpus_of(batch)
    spans = corpus.spans[are_short(corpus.words, corpus.spans)]
    words = [int((spans[:, 1] - spans[:, 0]).sum())] if len(spans) else []
    return pa.RecordBatch.from_arrays([pa.array(words, pa.int64())], _SIZES.names)


def _summed(
    texts: "DataFrame", counted: Callable[[pa.RecordBatch], NDArray[np.uint32]], size: int
) -> NDArray[np.uint32]:
    """The counts of all batches, added up by slot."""
    from pyspark.sql import functions as F

    def rows(batch: pa.RecordBatch) -> pa.RecordBatch:
        counts = counted(batch)
        slots = np.flatnonzero(counts)
        return pa.RecordBatch.from_arrays([pa.array(slots), pa.array(counts[slots].astype(np.int64))], _COUNTS.names)

    sums = mapped(texts, rows, _COUNTS).groupBy("slot").agg(F.sum("texts").alias("texts")).toArrow()
    total = np.zeros(size, np.uint32)
    total[sums["slot"].to_numpy()] = sums["texts"].to_numpy().astype(np.uint32)
    return total
