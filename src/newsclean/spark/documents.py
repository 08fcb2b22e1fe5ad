"""Documents as sketches, and their different texts, numbered as the local engine numbers them.

A document keeps its place in the input in `at`. A text has two numbers: `text` by date and digest, and `rank`, its
place among the texts to keep. Numbers follow from a global sort and the sizes of its partitions.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from newsclean import duplicates
from newsclean.arrow import strings
from newsclean.duplicates.metadata import NO_DAY, source_hash
from newsclean.duplicates.sketching import sign
from newsclean.formats.dates import iso_date
from newsclean.settings import DuplicateSettings
from newsclean.spark.blocks import pieces
from newsclean.spark.session import arrow_schema, checkpoint, mapped

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_BATCH = 1 << 9  # documents sketched at once, as the local engine does
_SIGN = -(1 << 63)  # turns the order of signed numbers into that of unsigned ones
_META = ("title", "date", "source", "lang")
COLUMNS = [
    ("id", pa.string()),
    ("digest", pa.int64()),
    ("day", pa.int32()),
    ("source", pa.int64()),
    ("language", pa.int16()),
    ("length", pa.int64()),
    ("head", pa.int32()),
    ("agency", pa.int16()),
    ("size", pa.int32()),
    ("words", pa.binary()),
    ("signature", pa.binary()),
]
"""What is known of a document besides its place `at`: all that `Sketches` holds."""


class Texts(NamedTuple):
    """The different texts of some documents."""

    members: "DataFrame"
    """Documents with words: `text`, `place` among those of the text (0: the one to keep), `at`, `id`, `size`, `day`,
    `agency`."""
    texts: "DataFrame"
    """Texts: `text`, `rank`, `count` of documents, and of the document to keep all that is compared."""


class Columns(NamedTuple):
    """Names of the columns of a frame that hold what is not looked for by its usual name."""

    text: str = "text"
    id: str = "id"
    order: str | None = None
    """What sorts the rows; None: the id."""
    raw: str | None = None
    """The text before it was cleaned."""


class Sketched(NamedTuple):
    """The sketches of documents: `at` and `COLUMNS`."""

    documents: "DataFrame"
    raw: "DataFrame | None"
    """The same of the raw texts of those documents that cleaning made shorter."""


def sketched(frame: "DataFrame", settings: DuplicateSettings, columns: Columns) -> Sketched:
    """The sketches of all rows that have a text."""
    from pyspark.sql import functions as F

    others = [name for name in _META if name in frame.columns]
    named = {"_at": columns.order or columns.id, "_text": columns.text}
    named |= {"_raw": columns.raw} if columns.raw is not None else {}
    read = frame.select(
        F.col(columns.id).cast("string").alias("_id"), *(F.col(named[name]).alias(name) for name in named), *others
    ).where(F.length(F.trim("_text")) > 0)
    schema = pa.schema([("at", arrow_schema(read).field("_at").type), *COLUMNS])

    def sketcher(sketch: "Callable[..., duplicates.Sketches]") -> "Callable[[pa.RecordBatch], pa.RecordBatch | None]":
        def rows(batch: pa.RecordBatch) -> pa.RecordBatch | None:
            pieces_of_batch = [batch.slice(start, _BATCH) for start in range(0, batch.num_rows, _BATCH)]
            documents = ((piece, _documents(piece, others)) for piece in pieces_of_batch)
            parts = [rows_of(sketch(each, settings), piece["_at"], piece["_id"]) for piece, each in documents]
            return pa.Table.from_batches(parts).combine_chunks().to_batches()[0] if parts else None

        return rows

    documents = mapped(read, sketcher(duplicates.sketch_batch), schema)
    if columns.raw is None:
        return Sketched(documents, None)
    shorter = read.where(F.length("_raw") > F.length("_text"))
    return Sketched(documents, mapped(shorter, sketcher(duplicates.sketch_raw), schema).where("digest != 0"))


def _documents(batch: pa.RecordBatch, others: Sequence[str]) -> list[dict[str, Any]]:
    metadata: dict[str, list[Any]] = {name: batch.column(name).to_pylist() for name in others}
    documents: list[dict[str, Any]] = [{"text": value} for value in strings(batch, "_text")]
    for name, values in metadata.items():
        for document, value in zip(documents, values, strict=True):
            document[name] = iso_date(value) if name == "date" else value if isinstance(value, str) else None
    if "_raw" in batch.schema.names:
        documents = [{**each, "raw": raw} for each, raw in zip(documents, strings(batch, "_raw"), strict=True)]
    return documents


def rows_of(sketches: "duplicates.Sketches", at: pa.Array, ids: pa.Array) -> pa.RecordBatch:
    """Sketches as rows."""
    columns = [
        sketches.digests.view(np.int64),
        sketches.days,
        sketches.sources.astype(np.int64),
        sketches.languages.astype(np.int16),
        sketches.lengths,
        sketches.heads,
        sketches.agencies.astype(np.int16),
        np.diff(sketches.bounds).astype(np.int32),
    ]
    width = 4 * sketches.signatures.shape[1]
    signed = np.arange(sketches.size + 1, dtype=np.int32) * np.int32(width)
    return pa.RecordBatch.from_arrays(
        [
            at,
            ids.cast(pa.string()),
            *map(pa.array, columns),
            _binary(sketches.words, (4 * sketches.bounds).astype(np.int32)),
            _binary(sketches.signatures, signed),
        ],
        ["at", *(name for name, _ in COLUMNS)],
    )


def sketches_of(rows: pa.RecordBatch, settings: DuplicateSettings) -> "duplicates.Sketches":
    """Rows as sketches. Signatures are made again from the words, which takes less than carrying them."""
    words, bounds = pieces(rows.column("words"))

    def column(name: str, kind: Any) -> Any:
        return rows.column(name).to_numpy().astype(kind)

    return duplicates.Sketches(
        words,
        bounds,
        sign(words, bounds, settings.bands * settings.rows)[0],
        rows.column("digest").to_numpy().view(np.uint64),
        column("day", np.int32),
        column("source", np.uint32),
        column("language", np.uint8),
        column("length", np.int64),
        column("head", np.int32),
        column("agency", np.uint8),
    )


def _binary(values: Any, bounds: Any) -> pa.Array:
    """Pieces of an array as binary values."""
    data = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.binary(), len(bounds) - 1, [None, pa.py_buffer(bounds), data])


def check_ids(documents: "DataFrame") -> None:
    """Raise ValueError where two documents have one id, or one has none."""
    from pyspark.sql import functions as F

    wrong = documents.groupBy("id").agg(F.count("*").alias("rows")).where("rows > 1 or id is null").head(1)
    if wrong:
        said = "is null" if wrong[0]["id"] is None else f"{wrong[0]['id']!r} is that of {wrong[0]['rows']} rows"
        raise ValueError(f"ids of documents must differ, or nobody can tell which one was dropped: an id {said}")


def gathered(documents: "DataFrame", settings: DuplicateSettings) -> Texts:
    """The different texts of documents, each with the documents that have it."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    policy = _policy(settings)
    same = Window.partitionBy("digest")
    best_first = same.orderBy(*policy, F.col("id"))
    narrow = documents.where("digest != 0").select("at", "id", "digest", "day", "source", "length", "size", "agency")
    placed = narrow.select(
        "*", F.row_number().over(best_first).alias("number"), F.count("*").over(same).alias("count")
    ).transform(checkpoint)
    best = placed.where("number = 1").drop("number", "size", "agency")
    dated = numbered(best, [F.col("day"), unsigned("digest")], "text")
    ranked = numbered(dated, policy, "rank").select("text", "rank", "count", "digest", "id").transform(checkpoint)
    members = placed.join(ranked.select("text", "digest"), "digest").select(
        "text", (F.col("number") - 1).alias("place"), "at", "id", "size", "day", "agency"
    )
    whole = documents.select("id", "day", "language", "head", "source", "size", "words", "signature")
    texts = ranked.drop("digest").join(whole, "id").drop("id")
    return Texts(members.transform(checkpoint), texts.transform(checkpoint))


def _policy(settings: DuplicateSettings) -> "list[Column]":
    """What the documents to keep are sorted by: see `clustering.identical`."""
    from pyspark.sql import functions as F

    preferred: list[Column] = []  # Spark takes a mere number to sort by for the place of a column
    for place, source in reversed(list(enumerate(settings.preferred_sources))):
        other = preferred[0] if preferred else F.lit(place + 1)
        preferred = [F.when(F.col("source") == source_hash(source), place).otherwise(other)]
    dated = F.when(F.col("day") == NO_DAY, 1).otherwise(0)
    longest, earliest = [-F.col("length")], [dated, F.col("day")]
    first = {"longest": longest, "earliest": earliest, "newest": [dated, -F.col("day").cast("long")]}[settings.keep]
    return [*preferred, *first, *longest, *earliest, F.col("digest")]


def numbered(frame: "DataFrame", order: "Sequence[Column]", name: str) -> "DataFrame":
    """The frame with a column that counts its rows in an order that no two rows share."""
    from pyspark.sql import functions as F

    ordered = frame.orderBy(*order).transform(checkpoint)
    part, place = F.shiftright(_row(), 33).cast("int"), _row().bitwiseAND(F.lit((1 << 33) - 1))
    sizes: dict[int, int] = dict(ordered.groupBy(part.alias("part")).count().collect())  # a number for each partition
    before, starts = 0, []
    for number in range(max(sizes, default=-1) + 1):
        starts.append(F.lit(before).cast("long"))
        before += sizes.get(number, 0)
    first = F.element_at(F.array(*(starts or [F.lit(0).cast("long")])), part + 1)
    return ordered.withColumn(name, first + place)


def unsigned(name: str) -> "Column":
    """A column of signed numbers, to sort by as if they were unsigned."""
    from pyspark.sql import functions as F

    return F.col(name).bitwiseXOR(F.lit(_SIGN))


def _row() -> "Column":
    """The partition of a row and its place there, in one number."""
    from pyspark.sql import functions as F

    return F.monotonically_increasing_id()
