"""Cleaning the texts of a data frame of Spark."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from newsclean import arrow
from newsclean.pipeline import CLEANING, Step
from newsclean.settings import Mode, Settings
from newsclean.spark.session import Broadcast, arrow_schema, checked, mapped

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence


def clean(
    frame: "DataFrame",
    settings: Settings = Settings(),
    *,
    text: str = "text",
    source: str = "source",
    steps: Sequence[Step] = CLEANING,
    templates: "Templates | None" = None,
    evidence: "Mapping[str, Evidence] | None" = None,
    mode: Mode | None = None,
) -> "DataFrame":
    """The frame with its column `text` cleaned and columns `edits` and `flags` added, row by row what `clean` gives.

    As `newsclean.clean_frame`: null stays null, and `edits` and `flags` of an earlier call are replaced. The column
    `source`, if there is one, says which templates and which evidence apply. `mode` is that of the settings.

    Raises:
        MissingSparkError: pyspark is not installed.
        KeyError: there is no column `text`.
        TypeError: `frame` is no data frame of Spark, or the column does not hold strings.
        ValueError: there is no such step.
    """
    checked(frame, text)
    settings = settings.changed({"boilerplate": {"mode": mode}})
    known = Broadcast(frame.sparkSession, (templates, evidence))

    def cleaned(batch: pa.RecordBatch) -> pa.RecordBatch:
        templates, evidence = known.value
        return arrow.clean_batch(
            batch, settings, text=text, source=source, steps=steps, templates=templates, evidence=evidence
        )

    empty = pa.RecordBatch.from_pylist([], arrow_schema(frame))
    made = arrow.clean_batch(empty, settings, text=text, source=source, steps=steps)
    return mapped(frame, cleaned, _stable(made.schema))


def _stable(schema: pa.Schema) -> pa.Schema:
    """The types that Spark sends back: strings of one kind."""
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    return to_arrow_schema(from_arrow_schema(schema))
