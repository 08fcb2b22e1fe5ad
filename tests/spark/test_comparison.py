"""The comparison of a block: that of the local engine."""

import numpy as np
import pyarrow as pa
import pytest

from newsclean.duplicates import sketch_batch
from newsclean.duplicates.comparison import rivals_confidence, story_confidence, story_features
from newsclean.duplicates.comparison.competitors import competitor_features
from newsclean.duplicates.matching import compare_words
from newsclean.duplicates.tfidf import learn_weights
from newsclean.spark import comparison
from newsclean.spark.blocks import _block
from newsclean.spark.documents import rows_of
from tests.duplicates.articles import article, words


def texts() -> list[str]:
    base = [article(seed) for seed in range(5)]
    return [*base, f"{base[0]} {article(9, 20)}", " ".join([*words(1, 70), *words(2, 60)])]


def test_pairs_of_a_block() -> None:
    sketches = sketch_batch(texts())
    numbers = pa.array([10 * number for number in range(sketches.size)])
    members = pa.Table.from_batches([rows_of(sketches, numbers, numbers).append_column("text", numbers)])
    ends = np.ascontiguousarray(np.array(np.triu_indices(sketches.size, 1)).T)
    table = pa.table({"left": 10 * ends[:, 0], "right": 10 * ends[:, 1], "met": np.ones(len(ends), np.bool_)})
    block = _block(table, members.take(list(range(sketches.size))[::-1]))  # texts may come in any order
    by_words = comparison.by_words(block)
    wanted = compare_words(block.corpus, ends)
    assert by_words["copy"].to_pylist() == wanted.copy.tolist()
    assert by_words["right"].to_pylist() == (10 * ends[:, 1]).tolist()
    weights = learn_weights(sketches.words, sketches.spans, sketches.languages)
    found = comparison.by_terms(block, (weights, np.empty(0, np.uint32)), 3)
    features = story_features(sketches.words, sketches.spans, sketches.languages, weights, ends)
    assert found["first"].to_pylist() == story_confidence(features).tolist()


def test_rivals_told_one_by_one() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2], [3, 4]])
    first = np.array([0.9, 0.4, 0.9, 0.5], np.float32)
    rivals = np.array([[0.4, 0.9], [0.9, 0.9], [0.9, 0.4], [-1, -1]], np.float32)
    zeros, no = np.zeros(4, np.float32), np.zeros(4, np.bool_)
    columns = dict.fromkeys(("copy", "story", "shared", "words"), zeros) | {"contained": no}
    columns |= {"first": first, "short": no, "apart": no, "left_rival": rivals[:, 0], "right_rival": rivals[:, 1]}
    batch = pa.RecordBatch.from_pydict({"left": pairs[:, 0], "right": pairs[:, 1], **columns})
    wanted = rivals_confidence(competitor_features(pairs, first))
    assert comparison.among_rivals(batch)["story"].to_pylist() == pytest.approx(wanted[wanted >= 0.1].tolist())
