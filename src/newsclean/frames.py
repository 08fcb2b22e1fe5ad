"""Data frames of any library that speaks Arrow (`__arrow_c_stream__`, `__arrow_c_array__`), and the same kind back.

pyarrow, Polars, pandas, DuckDB and Hugging Face datasets are known; others get a pyarrow table.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast, overload

from newsclean import duplicates
from newsclean.pipeline import CLEANING, Step
from newsclean.settings import DuplicateSettings, Settings

if TYPE_CHECKING:
    import pyarrow as pa

    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence
    from newsclean.duplicates import Duplicates

Frame = TypeVar("Frame")
_BATCH = 4_096  # rows that are cleaned together


def clean_frame(
    frame: Frame,
    settings: Settings = Settings(),
    *,
    text: str = "text",
    source: str = "source",
    steps: Sequence[Step] = CLEANING,
    templates: "Templates | None" = None,
    evidence: "Mapping[str, Evidence] | None" = None,
) -> Frame:
    """A frame of the same kind, with its column `text` cleaned and columns `edits` and `flags` added.

    Null stays null. `edits` and `flags` of an earlier call are replaced. The column `source`, if there is one, says
    which templates and which evidence apply.

    >>> import pyarrow as pa
    >>> clean_frame(pa.table({"body": ["The cafÃ© is open."]}), text="body")["body"].to_pylist()
    ['The café is open.']

    Raises:
        KeyError: there is no column `text`.
        TypeError: the frame does not speak Arrow, or the column does not hold strings.
    """
    import pyarrow as pa

    from newsclean import arrow

    def cleaned(batch: "pa.RecordBatch") -> "pa.RecordBatch":
        return arrow.clean_batch(
            batch, settings, text=text, source=source, steps=steps, templates=templates, evidence=evidence
        )

    if isinstance(frame, pa.RecordBatch):
        return cast("Frame", cleaned(frame))
    if isinstance(frame, pa.RecordBatchReader):
        return cast("Frame", _lazily(frame, cleaned))
    table = to_table(frame, [text, source, "edits", "flags"])
    batches = table.combine_chunks().to_batches(max_chunksize=_BATCH) or [_empty(table.schema)]
    new = pa.Table.from_batches([cleaned(batch) for batch in batches])
    return cast("Frame", _as_kind_of(frame, new, [text, "edits", "flags"]))


def _lazily(reader: Any, cleaned: Callable[[Any], Any]) -> Any:
    """A reader of cleaned batches, each cleaned when it is asked for."""
    import pyarrow as pa

    def batches() -> Iterator[Any]:
        for batch in reader:
            yield cleaned(batch)

    return pa.RecordBatchReader.from_batches(cleaned(_empty(reader.schema)).schema, batches())


def _empty(schema: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


class FrameDuplicates(NamedTuple):
    """What `find_duplicates` found in a frame, as frames of the same kind.

    >>> import pyarrow as pa
    >>> articles = pa.table({"id": ["a", "b"], "text": ["Storm sinks boats."] * 2})
    >>> found = find_duplicates(articles, id="id")
    >>> found.keep.to_pylist()
    [{'id': 'b', 'kept': 'a', 'relation': 'identical', 'origin': None, 'agency': None}]
    """

    pairs: Any
    """Columns `left`, `right`, `relation`, `similarity`, `story`, `copy`."""
    keep: Any
    """Columns `id` (to be dropped), `kept`, `relation`, `origin` (the earliest of all copies) and `agency`."""
    clusters: Any
    """Columns `kind`, `id`, `keep`, `members`, `origin` and `agency`: that of the members, if they name but one."""


@overload
def find_duplicates(
    documents: Iterable[str | Mapping[str, Any]],
    settings: DuplicateSettings = DuplicateSettings(),
    keep: Callable[[Sequence[str]], str] | None = None,
) -> "Duplicates": ...


@overload
def find_duplicates(
    documents: Any,
    settings: DuplicateSettings = DuplicateSettings(),
    keep: Callable[[Sequence[str]], str] | None = None,
    *,
    text: str = "text",
    id: str = "id",
) -> FrameDuplicates: ...


def find_duplicates(
    documents: Any,
    settings: DuplicateSettings = DuplicateSettings(),
    keep: Callable[[Sequence[str]], str] | None = None,
    *,
    text: str = "text",
    id: str = "id",
) -> "Duplicates | FrameDuplicates":
    """Which articles are identical, edited copies, contained in each other, or report one event, and which to keep.

    `documents` are texts, or mappings with `text` and optional `id`, `title`, `date`, `source`, `lang`; the position is
    the id where there is none. Or they are a frame, with columns of these names; then pairs, articles to drop and
    clusters are frames of the same kind. Rows without a text are passed over. `keep` is given the ids of a cluster's
    members and returns the one to keep.

    >>> story = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."
    >>> found = find_duplicates([story, "Nothing happened.", story.upper()])
    >>> found.pairs[0].relation, found.keep
    ('identical', {'2': '0'})

    Raises:
        KeyError: a frame has no column `text`.
        TypeError: a document has no text.
        ValueError: two documents have one id, or `keep` returns an id that is not in the cluster.
    """
    if not is_frame(documents):
        return duplicates.find_duplicates(documents, settings, keep)
    from newsclean import arrow

    table = to_table(documents, [text, id, "title", "date", "source", "lang"])
    texts = arrow.strings(table, text)
    columns = {
        name: table.column(name).to_pylist()
        for name in ("title", "date", "source", "lang")
        if name in table.schema.names
    }
    ids = [str(row) if name is None else str(name) for row, name in enumerate(_column(table, id))]
    rows = [row for row, value in enumerate(texts) if value is not None and value.strip()]
    found = duplicates.find_duplicates(_documents(rows, ids, texts, columns), settings, keep)
    return _as_frames(documents, found)


def _documents(
    rows: Sequence[int], ids: Sequence[str], texts: Sequence[str | None], columns: Mapping[str, Sequence[Any]]
) -> Iterator[dict[str, Any]]:
    from newsclean.formats.dates import iso_date

    for row in rows:
        document: dict[str, Any] = {"id": ids[row], "text": texts[row]}
        for name, values in columns.items():
            value = values[row]
            document[name] = iso_date(value) if name == "date" else value if isinstance(value, str) else None
        yield document


def _column(table: Any, name: str) -> Sequence[Any]:
    values: Sequence[Any] = table.column(name).to_pylist() if name in table.schema.names else [None] * table.num_rows
    return values


def _as_frames(frame: Any, found: "Duplicates") -> FrameDuplicates:
    import pyarrow as pa

    relation = {frozenset((pair.left, pair.right)): pair.relation for pair in found.pairs}
    kinds = {
        name: pa.string() if name in ("left", "right", "relation") else pa.float64() for name in duplicates.Pair._fields
    }
    pairs = pa.table(
        {name: pa.array([getattr(pair, name) for pair in found.pairs], kind) for name, kind in kinds.items()}
    )
    keep = pa.table(
        {
            "id": pa.array(list(found.keep), pa.string()),
            "kept": pa.array(list(found.keep.values()), pa.string()),
            "relation": pa.array([relation.get(frozenset(item)) for item in found.keep.items()], pa.string()),
            "origin": pa.array(list(map(found.origins.get, found.keep)), pa.string()),
            "agency": pa.array(list(map(found.agencies.get, found.keep)), pa.string()),
        }
    )
    clusters = [(kind, cluster) for kind in ("duplicate", "story") for cluster in found.clusters(kind)]
    grouped = pa.table(
        {
            "kind": pa.array([kind for kind, _ in clusters], pa.string()),
            "id": pa.array([cluster.id for _, cluster in clusters], pa.string()),
            "keep": pa.array([cluster.keep for _, cluster in clusters], pa.string()),
            "members": pa.array([list(cluster.members) for _, cluster in clusters], pa.list_(pa.string())),
            "origin": pa.array([cluster.origin for _, cluster in clusters], pa.string()),
            "agency": pa.array([cluster.agency for _, cluster in clusters], pa.string()),
        }
    )
    return FrameDuplicates(*(_as_kind_of(frame, table, None) for table in (pairs, keep, grouped)))


def is_frame(value: Any) -> bool:
    """Whether a value is a frame of some library."""
    return hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__") or _library(value) == "datasets"


def _library(frame: Any) -> str:
    """The library that a frame is of, if it needs special care."""
    return type(frame).__module__.partition(".")[0].lstrip("_")


def to_table(frame: Any, columns: Sequence[str]) -> "pa.Table":
    """A frame as a pyarrow table; of a pandas frame only the named columns, as others may hold anything.

    Raises:
        TypeError: it is no frame.
    """
    import pyarrow as pa

    library = _library(frame)
    if library == "pandas" and hasattr(frame, "columns"):
        return _from_pandas(frame, columns)
    if library == "datasets" and hasattr(frame, "with_format"):
        table = frame.with_format("arrow")[:]
        return table if isinstance(table, pa.Table) else pa.table(table)
    if library == "polars" and hasattr(frame, "collect"):
        raise TypeError("a LazyFrame is cleaned by lazy.map_batches(newsclean.clean_frame, schema=…), or collect() it")
    if hasattr(frame, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(frame).read_all()
    if hasattr(frame, "__arrow_c_array__"):
        return pa.Table.from_batches([pa.record_batch(frame)])
    raise TypeError(
        f"a frame must speak Arrow (__arrow_c_stream__), as those of pyarrow, Polars, pandas and DuckDB do, not "
        f"{type(frame).__name__}; newsclean.clean_batch takes a list of texts"
    )


def _from_pandas(frame: Any, columns: Sequence[str]) -> "pa.Table":
    """The named columns; None, NaN and NaT are null."""
    import pyarrow as pa

    arrays = {}
    for name in dict.fromkeys(columns):
        if name in frame.columns:
            missing = frame[name].isna().tolist()
            values = [None if gone else value for value, gone in zip(frame[name].tolist(), missing, strict=True)]
            try:
                arrays[name] = pa.array(values)
            except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
                if name in ("edits", "flags"):  # a column of the user's own, which is kept
                    arrays[name] = pa.array([0] * len(values))
                    continue
                raise TypeError(f"column {name!r} must hold values of one type: {error}") from None
    table = pa.table(arrays)
    if columns[0] not in arrays:
        raise KeyError(f"no column {columns[0]!r}; there are: {', '.join(map(str, frame.columns))}")
    return table


def _as_kind_of(frame: Any, table: "pa.Table", changed: Sequence[str] | None) -> Any:
    """A table as a frame of the kind of another; `changed` names the columns that differ from those of that frame."""
    library = _library(frame)
    module = sys.modules.get(library)
    if library == "pandas":
        if changed is None:
            return table.to_pandas()
        names = [name for name in table.column_names if name in changed or name.startswith("newsclean_")]
        assert module is not None  # the frame is of it
        columns = {
            name: module.Series(table.column(name).to_pylist(), index=frame.index, dtype=_dtype_of(frame, name))
            for name in names
        }
        return frame.assign(**columns)
    if library == "polars" and module is not None:
        return module.from_arrow(table)
    if library == "duckdb" and module is not None:
        return module.from_arrow(table)
    if library == "datasets" and module is not None:
        return module.Dataset(table)
    own = getattr(type(frame), "from_arrow", None)
    return own(table) if own is not None and library != "pyarrow" else table


def _dtype_of(frame: Any, name: str) -> Any:
    """The type of a pandas column that stays as it was; lists are objects."""
    return frame[name].dtype if name in frame.columns and name not in ("edits", "flags") else object
