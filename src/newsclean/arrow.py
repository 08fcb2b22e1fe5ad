"""Arrow record batches in and out, for Spark's mapInArrow, Hugging Face datasets, Polars, Ray Data and DuckDB."""

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from newsclean import duplicates
from newsclean.formats.arrow_rows import string_array
from newsclean.pipeline import clean_batch as clean_texts
from newsclean.settings import DuplicateSettings, Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates

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


def clean_batch(
    batch: pa.RecordBatch,
    settings: Settings = Settings(),
    templates: "Templates | None" = None,
    text: str = "text",
    source: str = "source",
    edits: str = "edits",
) -> pa.RecordBatch:
    """The batch with its column `text` cleaned and a column `edits` added; null texts stay null.

    Raises:
        KeyError: there is no column `text`.
        TypeError: the column `text` does not hold strings.
    """
    column = _strings(batch, text)
    present = {row: value for row, value in enumerate(column) if value is not None}
    sources = batch.column(source).to_pylist() if source in batch.schema.names else [None] * len(column)
    results = clean_texts(
        list(present.values()), settings, templates=templates, sources=[sources[row] for row in present]
    )
    texts: list[str | None] = [None] * len(column)
    scripts: list[list[dict[str, object]] | None] = [None] * len(column)
    for row, result in zip(present, results, strict=True):
        texts[row] = result.text
        scripts[row] = [edit._asdict() for edit in result.edits]
    index = batch.schema.get_field_index(text)
    field = batch.schema.field(index)
    columns = [*batch.columns[:index], string_array(texts, field.type), *batch.columns[index + 1 :]]
    schema = batch.schema.append(pa.field(edits, EDITS))
    return pa.RecordBatch.from_arrays([*columns, pa.array(scripts, EDITS)], schema=schema)


def signature_batch(
    batch: pa.RecordBatch, settings: DuplicateSettings = DuplicateSettings(), text: str = "text"
) -> pa.RecordBatch:
    """The batch with a column `signature` added: a row of 32-bit minima for each text, null where the text is null.

    Raises:
        KeyError: there is no column `text`.
        TypeError: the column `text` does not hold strings.
    """
    column = _strings(batch, text)
    documents = [{"id": str(index), "text": value or ""} for index, value in enumerate(column)]
    signatures = np.asarray(duplicates.sketch_batch(documents, settings).signatures, np.uint32)
    missing = pa.array([value is None for value in column], pa.bool_())
    rows = pa.FixedSizeListArray.from_arrays(pa.array(signatures.ravel()), signatures.shape[1], mask=missing)
    return batch.append_column("signature", rows)


def _strings(batch: pa.RecordBatch, name: str) -> list[str | None]:
    if name not in batch.schema.names:
        raise KeyError(f"no column {name!r}; there are: {', '.join(batch.schema.names)}")
    kind = batch.schema.field(name).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        raise TypeError(f"column {name!r} must hold strings, not {kind}")
    values: list[str | None] = batch.column(name).to_pylist()
    return values
