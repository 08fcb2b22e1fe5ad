"""Arrow batches: what pipelines of other libraries call."""

import pyarrow as pa
import pytest

import newsclean
from newsclean.duplicates import sketch_batch
from tests.paths import SEEDS

TEXTS = [seed.read_bytes().decode() for seed in SEEDS]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_clean_batch_cleans_the_column_and_says_how(kind: pa.DataType) -> None:
    batch = pa.record_batch({"n": range(6), "text": pa.array([*TEXTS, None], kind), "source": ["a"] * 6})
    cleaned = newsclean.arrow.clean_batch(batch)
    assert cleaned.schema.names == ["n", "text", "source", "edits", "flags"]
    assert cleaned.schema.field("text").type == kind
    for raw, row in zip(TEXTS, cleaned.to_pylist(), strict=False):
        assert row["text"] == newsclean.clean(raw).text
        assert newsclean.revert(row["text"], [newsclean.Edit(**edit) for edit in row["edits"]]) == raw
    assert cleaned.to_pylist()[5] == {"n": 5, "text": None, "source": "a", "edits": None, "flags": None}


def test_signature_batch_adds_the_signatures() -> None:
    batch = pa.record_batch({"text": pa.array([TEXTS[0], None, TEXTS[1]])})
    column = newsclean.arrow.signature_batch(batch)["signature"]
    expected = sketch_batch([TEXTS[0], TEXTS[1]]).signatures
    assert column.type == pa.list_(pa.uint32(), expected.shape[1])
    assert column.to_pylist() == [expected[0].tolist(), None, expected[1].tolist()]


def test_empty_batches() -> None:
    batch = pa.record_batch({"text": pa.array([], pa.string())})
    assert newsclean.arrow.clean_batch(batch).num_rows == 0
    assert newsclean.arrow.signature_batch(batch).num_rows == 0


def test_wrong_columns_are_named() -> None:
    batch = pa.record_batch({"body": ["a"], "text": [1]})
    with pytest.raises(KeyError, match="body"):
        newsclean.arrow.clean_batch(batch, text="missing")
    with pytest.raises(TypeError, match="int64"):
        newsclean.arrow.clean_batch(batch)
