"""What every part of the engine needs of Spark: that it is there, functions over batches, values for all tasks."""

import importlib.util
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from newsclean.errors import NewscleanError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MISSING = "the Spark engine needs pyspark and a Java: pip install 'newsclean[spark]'"


class MissingSparkError(NewscleanError, ImportError):
    """pyspark is not installed."""


def require() -> None:
    """Raise MissingSparkError where pyspark is not installed."""
    if importlib.util.find_spec("pyspark") is None:
        raise MissingSparkError(MISSING)


def checked(frame: Any, *columns: str) -> None:
    """Refuse what is no data frame of Spark, or lacks a column.

    Raises:
        MissingSparkError: pyspark is not installed.
        TypeError: `frame` is no data frame of Spark.
        KeyError: a column is missing.
    """
    require()
    if not (hasattr(frame, "mapInArrow") and hasattr(frame, "sparkSession")):
        raise TypeError(f"newsclean.spark takes data frames of Spark, not {type(frame).__name__}; see clean_frame")
    for name in columns:
        if name not in frame.columns:
            raise KeyError(f"no column {name!r}; there are: {', '.join(frame.columns)}")


def mapped(
    frame: "DataFrame", function: Callable[[pa.RecordBatch], pa.RecordBatch | None], schema: pa.Schema
) -> "DataFrame":
    """What `function` makes of each batch of rows; its columns have the types of `schema`."""

    def batches(rows: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in rows:
            found = function(batch)
            if found is not None and found.num_rows:
                yield found.cast(schema)

    return streamed(frame, batches, schema)


def streamed(
    frame: "DataFrame", function: Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]], schema: pa.Schema
) -> "DataFrame":
    """What `function` makes of all batches of each partition."""
    return frame.mapInArrow(function, spark_schema(schema))


def spark_schema(schema: pa.Schema) -> Any:
    """A schema of Arrow as one of Spark."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def arrow_schema(frame: "DataFrame") -> pa.Schema:
    """The types of the batches that functions over a frame get."""
    from pyspark.sql.pandas.types import to_arrow_schema

    return to_arrow_schema(frame.schema)


def checkpoint(frame: "DataFrame") -> "DataFrame":
    """The frame computed and saved: what is made of it does not compute it again.

    In the checkpoint directory of the session, if there is one; then an executor may be lost. Else on the executors.
    """
    context = getattr(frame.sparkSession, "_sc", None)
    if context is not None and context.getCheckpointDir() is None:
        return frame.localCheckpoint()
    return frame.checkpoint()


class Broadcast:
    """A value that all tasks need: sent once to each executor, where Spark can do that."""

    def __init__(self, session: "SparkSession", value: Any) -> None:
        context = getattr(session, "_sc", None)  # Spark Connect has none: the value travels with the function
        self._sent = context.broadcast(value) if context is not None else None
        self._value = None if context is not None else value

    @property
    def value(self) -> Any:
        """The value, in any process."""
        return self._value if self._sent is None else self._sent.value
