"""The Arrow functions on a real Spark, where it is installed (`pip install 'newsclean[spark]'` and a Java)."""

import os
import shutil
import sys
from collections.abc import Iterator

import pyarrow as pa
import pytest

import newsclean
from tests.paths import SEEDS

pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")

EDITS = "array<struct<start:bigint,before:string,after:string,rule:string,confidence:double>>"


def clean_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield newsclean.arrow.clean_batch(batch)


@pytest.mark.filterwarnings("ignore")
def test_map_in_arrow_gives_what_clean_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PYSPARK_PYTHON", sys.executable)
    monkeypatch.setitem(os.environ, "PYTHONPATH", os.pathsep.join(sys.path))
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        texts = [seed.read_bytes().decode() for seed in SEEDS]
        frame = spark.createDataFrame(list(enumerate(texts)), "n int, text string")
        rows = frame.mapInArrow(clean_batches, f"n int, text string, edits {EDITS}, flags array<string>").collect()
        assert {row["n"]: row["text"] for row in rows} == {
            number: newsclean.clean(text).text for number, text in enumerate(texts)
        }
    finally:
        spark.stop()
