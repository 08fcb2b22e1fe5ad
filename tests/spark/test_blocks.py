"""Blocks: texts as kernels take them, from rows that Arrow has cut."""

import numpy as np
import pyarrow as pa

from newsclean.duplicates import sketch_batch
from newsclean.spark.blocks import corpus_of, pieces, signatures_of
from newsclean.spark.documents import rows_of

TEXTS = ["Stocks fell on Monday in Lisbon.", "", "A storm sank four boats.", "Nothing happened in the port of Faro."]


def test_pieces_of_a_slice() -> None:
    values = pa.array([b"\1\0\0\0", b"", b"\2\0\0\0\3\0\0\0", b"\4\0\0\0"], pa.binary())
    words, bounds = pieces(values.slice(1, 2))
    assert words.tolist() == [2, 3]
    assert bounds.tolist() == [0, 0, 2]
    assert pieces(pa.chunked_array([values, values]))[1].tolist() == [0, 1, 1, 3, 4, 5, 5, 7, 8]
    assert pieces(pa.chunked_array([], pa.binary()))[1].tolist() == [0]


def test_rows_hold_what_sketches_hold() -> None:
    sketches = sketch_batch(TEXTS)
    ids = pa.array(["a", "b", "c", "d"])
    rows = rows_of(sketches, pa.array(range(4)), ids)
    for start in (0, 1):
        cut, taken = rows.slice(start), sketches.take(range(start, 4))
        corpus = corpus_of(cut)
        assert np.array_equal(corpus.words, taken.words)
        assert np.array_equal(corpus.spans, taken.spans)
        assert np.array_equal(corpus.languages, taken.languages)
        assert np.array_equal(corpus.heads, taken.heads)
        assert np.array_equal(signatures_of(cut), taken.signatures)
