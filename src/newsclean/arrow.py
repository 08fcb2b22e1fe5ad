"""Arrow tables in and out, for Spark's mapInArrow, Ray Data, Hugging Face datasets and whatever speaks Arrow."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from newsclean import duplicates
from newsclean.formats.arrow_rows import is_text, string_array
from newsclean.pipeline import CLEANING, Step
from newsclean.pipeline import clean_batch as clean_texts
from newsclean.settings import DuplicateSettings, Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence

EDITS = pa.list_(
    pa.struct(
        [
            ("start", pa.int64()),
            ("before", pa.large_string()),
            ("after", pa.large_string()),
            ("rule", pa.string()),
            ("confidence", pa.float64()),
        ]
    )
)
"""Type of the `edits` column: what `newsclean.revert` needs, row by row."""
FLAGS = pa.list_(pa.string())


def clean_batch(
    batch: pa.RecordBatch,
    settings: Settings = Settings(),
    *,
    text: str = "text",
    source: str = "source",
    steps: Sequence[Step] = CLEANING,
    templates: "Templates | None" = None,
    evidence: "Mapping[str, Evidence] | None" = None,
) -> pa.RecordBatch:
    """The batch with its column `text` cleaned and columns `edits` and `flags` added; null texts stay null.

    >>> batch = pa.record_batch({"text": ["The cafÃ© is open.", None]})
    >>> clean_batch(batch)["text"].to_pylist()
    ['The café is open.', None]

    Raises:
        KeyError: there is no column `text`.
        TypeError: the column `text` does not hold strings.
    """
    column = strings(batch, text)
    present = {row: value for row, value in enumerate(column) if value is not None}
    sources = strings(batch, source) if source in batch.schema.names else [None] * len(column)
    results = clean_texts(
        list(present.values()),
        settings,
        steps=steps,
        templates=templates,
        sources=[sources[row] for row in present],
        evidence=evidence,
    )
    texts: list[str | None] = [None] * len(column)
    scripts: list[list[dict[str, Any]] | None] = [None] * len(column)
    flags: list[tuple[str, ...] | None] = [None] * len(column)
    for row, result in zip(present, results, strict=True):
        texts[row] = result.text
        scripts[row] = [edit._asdict() for edit in result.edits]
        flags[row] = result.flags
    index = batch.schema.get_field_index(text)
    new = string_array(texts, batch.schema.field(index).type)
    field = batch.schema.field(index).with_type(new.type)
    schema = batch.schema.set(index, field)
    batch = pa.RecordBatch.from_arrays([*batch.columns[:index], new, *batch.columns[index + 1 :]], schema=schema)
    batch = _with_column(batch, "edits", pa.array(scripts, EDITS))
    return _with_column(batch, "flags", pa.array(flags, FLAGS))


def _with_column(batch: pa.RecordBatch, name: str, column: pa.Array) -> pa.RecordBatch:
    """A column added, in place of one of that name that newsclean made before; a user's own column is kept."""
    if name in batch.schema.names:
        index = batch.schema.get_field_index(name)
        if not _has_shape_of(batch.schema.field(index).type, column.type):
            return _with_column(batch, f"newsclean_{name}", column)
        arrays = [*batch.columns[:index], column, *batch.columns[index + 1 :]]
        return pa.RecordBatch.from_arrays(arrays, schema=batch.schema.set(index, pa.field(name, column.type)))
    schema = batch.schema.append(pa.field(name, column.type))
    return pa.RecordBatch.from_arrays([*batch.columns, column], schema=schema)


def _has_shape_of(kind: pa.DataType, ours: pa.DataType) -> bool:
    """Whether a column has the shape of ours, in the types of whatever library held it since."""
    if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        return False
    inner = kind.value_type
    if not pa.types.is_struct(ours.value_type):
        return is_text(inner) or pa.types.is_null(inner)
    return pa.types.is_struct(inner) and {field.name for field in inner} == {field.name for field in ours.value_type}


def signature_batch(
    batch: pa.RecordBatch, settings: DuplicateSettings = DuplicateSettings(), text: str = "text"
) -> pa.RecordBatch:
    """The batch with a column `signature` added: a row of 32-bit minima for each text, null where the text is null.

    Raises:
        KeyError: there is no column `text`.
        TypeError: the column `text` does not hold strings.
    """
    column = strings(batch, text)
    documents = [{"id": str(index), "text": value or ""} for index, value in enumerate(column)]
    signatures = np.asarray(duplicates.sketch_batch(documents, settings).signatures, np.uint32)
    missing = pa.array([value is None for value in column], pa.bool_())
    rows = pa.FixedSizeListArray.from_arrays(pa.array(signatures.ravel()), signatures.shape[1], mask=missing)
    return batch.append_column("signature", rows)


def strings(table: pa.RecordBatch | pa.Table, name: str) -> list[str | None]:
    """A column of strings, of any of Arrow's kinds.

    Raises:
        KeyError: there is no such column.
        TypeError: it does not hold strings.
    """
    if name not in table.schema.names:
        raise KeyError(f"no column {name!r}; there are: {', '.join(table.schema.names)}")
    kind = table.schema.field(name).type
    if pa.types.is_null(kind):
        return [None] * table.num_rows
    if not is_text(kind):
        raise TypeError(f"column {name!r} must hold strings, not {kind}")
    values: list[str | None] = table.column(name).to_pylist()
    return values
