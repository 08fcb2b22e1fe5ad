"""Documents on Spark: numbers follow an order, whatever the partitions."""

from typing import Any

from newsclean.spark.documents import numbered


def test_numbers_count_rows_in_order(session: Any) -> None:
    from pyspark.sql import functions as F

    values = [(value,) for value in (5, -3, 9, 0, 7, 2, 8, 1)]
    frame = session.createDataFrame(values, "value long").repartition(5)
    rows = numbered(frame, [F.col("value")], "number").collect()
    assert sorted((row["number"], row["value"]) for row in rows) == list(enumerate(sorted(v for (v,) in values)))
    assert numbered(frame.limit(0), [F.col("value")], "number").count() == 0
