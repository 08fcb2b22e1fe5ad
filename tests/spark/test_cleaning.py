"""Cleaning on Spark: row by row what the local engine gives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import newsclean
from newsclean import spark
from tests.spark.articles import SCHEMA, articles


def rows_of(frame: Any) -> dict[str, dict[str, Any]]:
    return {row["id"]: row.asDict(recursive=True) for row in frame.collect()}


@pytest.mark.parametrize("partitions", [1, 7])
def test_rows_equal_those_of_the_local_engine(session: Any, partitions: int) -> None:
    rows = articles()
    known = newsclean.learn_templates([row for row in rows if row["text"] is not None])
    evidence = newsclean.learn_damage([row for row in rows if row["text"] is not None])
    frame = session.createDataFrame(rows, SCHEMA).repartition(partitions)
    cleaned = rows_of(spark.clean(frame, templates=known, evidence=evidence, mode="thorough"))
    settings = newsclean.Settings().changed({"boilerplate": {"mode": "thorough"}})
    local = newsclean.clean_frame(pa.Table.from_pylist(rows), settings, templates=known, evidence=evidence)
    assert cleaned == {row["id"]: row for row in local.to_pylist()}


def test_null_and_empty_partitions_and_other_columns(session: Any) -> None:
    frame = session.createDataFrame([(1, None, 2.5), (2, "The cafÃ© is open.", None)], "id int, body string, x double")
    cleaned = rows_of(spark.clean(frame.repartition(5), text="body"))
    assert cleaned[1] == {"id": 1, "body": None, "x": 2.5, "edits": None, "flags": None}
    assert cleaned[2]["body"] == "The café is open."


def test_a_second_call_replaces_edits(session: Any) -> None:
    frame = session.createDataFrame([(1, "The cafÃ© is open.")], "id int, text string")
    twice = spark.clean(spark.clean(frame))
    assert twice.columns == ["id", "text", "edits", "flags"]
    assert twice.collect()[0]["edits"] == []


def test_a_task_that_fails_once_is_done_again(session: Any, tmp_path: Path) -> None:
    failed = tmp_path / "failed"

    def fails_once(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield batch
            if batch.num_rows and not failed.exists():
                failed.touch()
                raise OSError("a disk is gone")

    frame = session.createDataFrame([(at, "The cafÃ© is open.") for at in range(50)], "id int, text string")
    shaky = frame.repartition(3).mapInArrow(fails_once, frame.schema)
    assert len(rows_of(spark.clean(shaky))) == 50
    assert failed.exists()


def test_what_is_no_frame_of_spark_is_refused(session: Any) -> None:
    with pytest.raises(TypeError, match="data frames of Spark, not Table"):
        spark.clean(pa.table({"text": ["a"]}))
    with pytest.raises(KeyError, match="no column 'body'"):
        spark.clean(session.createDataFrame([("a",)], "text string"), text="body")
