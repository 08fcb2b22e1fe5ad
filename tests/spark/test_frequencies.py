"""Tables over all texts: those of the local engine, whatever the partitions."""

from typing import Any

import numpy as np
import pyarrow as pa

from newsclean.duplicates import sketch_batch
from newsclean.duplicates.short import are_short, count_frames
from newsclean.duplicates.tfidf import learn_weights
from newsclean.spark import frequencies
from newsclean.spark.documents import rows_of
from tests.duplicates.articles import article


def test_weights_and_frames_equal_those_of_the_local_engine(session: Any) -> None:
    texts = [article(seed, 200) for seed in range(4)] + [f"Port of {name} closed after a storm" for name in "abcde"]
    sketches = sketch_batch(texts)
    numbers = pa.array(range(len(texts)))
    frame = session.createDataFrame(pa.Table.from_batches([rows_of(sketches, numbers, numbers)])).repartition(3)
    wanted = learn_weights(sketches.words, sketches.spans, sketches.languages)
    assert np.array_equal(frequencies.learn_weights(frame, len(texts)), wanted)
    short = are_short(sketches.words, sketches.spans)
    assert np.array_equal(frequencies.learn_frames(frame), count_frames(sketches.words, sketches.spans[short]))
    assert len(frequencies.learn_frames(frame.where("size > 100"))) == 0
