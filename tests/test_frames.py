"""Frames of every library: what goes in comes out, cleaned, of the same kind."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

import newsclean
from newsclean.frames import to_table

RAW = ["The cafÃ© is open.", None, "Nothing to repair.", "GrÃ¼ÃŸe aus KÃ¶ln"]
CLEAN = ["The café is open.", None, "Nothing to repair.", "Grüße aus Köln"]
STORY = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."
COLUMNS = {"host": ["a", "b", None, "a"], "body": RAW, "n": [1, 2, 3, 4]}


def of_pandas(table: pa.Table) -> Any:
    pandas = pytest.importorskip("pandas")
    return pandas.DataFrame(table.to_pydict(), index=range(10, 10 + table.num_rows))


def of_polars(table: pa.Table) -> Any:
    return pytest.importorskip("polars").from_arrow(table)


def of_duckdb(table: pa.Table) -> Any:
    return pytest.importorskip("duckdb").from_arrow(table)


def of_datasets(table: pa.Table) -> Any:
    return pytest.importorskip("datasets").Dataset(table)


MAKE: dict[str, Callable[[pa.Table], Any]] = {
    "table": lambda table: table,
    "batch": lambda table: table.combine_chunks().to_batches()[0],
    "reader": lambda table: table.to_reader(),
    "pandas": of_pandas,
    "polars": of_polars,
    "duckdb": of_duckdb,
    "datasets": of_datasets,
}


def values(frame: Any, column: str) -> list[Any]:
    if type(frame).__module__.startswith("pandas"):
        return [
            None if value is None or (isinstance(value, float) and value != value) else value
            for value in frame[column].tolist()
        ]
    table = frame.read_all() if isinstance(frame, pa.RecordBatchReader) else to_table(frame, [column])
    found: list[Any] = table.column(column).to_pylist()
    return found


def names(frame: Any) -> list[str]:
    """The columns of a frame."""
    own = type(frame).__module__.startswith(("pandas", "polars"))
    return list(frame.columns) if own else to_table(frame, []).column_names


@pytest.mark.parametrize("kind", MAKE)
def test_a_frame_comes_back_as_the_same_kind(kind: str) -> None:
    frame = MAKE[kind](pa.table(COLUMNS))
    cleaned = newsclean.clean_frame(frame, text="body", source="host")
    assert type(cleaned) is type(frame)
    if kind == "reader":
        cleaned = cleaned.read_all()
    assert values(cleaned, "body") == CLEAN
    assert values(cleaned, "n") == [1, 2, 3, 4]
    assert [edits if edits is None else len(edits) for edits in values(cleaned, "edits")] == [1, None, 0, 2]
    assert values(cleaned, "flags")[0] is not None


@pytest.mark.parametrize("kind", [kind for kind in MAKE if kind != "reader"])
def test_a_second_call_replaces_what_the_first_added(kind: str) -> None:
    once = newsclean.clean_frame(MAKE[kind](pa.table(COLUMNS)), text="body")
    twice = newsclean.clean_frame(once, text="body")
    assert names(twice) == ["host", "body", "n", "edits", "flags"]
    assert values(twice, "body") == CLEAN
    assert [edits if edits is None else len(edits) for edits in values(twice, "edits")] == [0, None, 0, 0]


@pytest.mark.parametrize(
    "type_",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int32(), pa.string()),
        pa.dictionary(pa.int8(), pa.large_string()),
    ],
    ids=str,
)
def test_every_kind_of_string_keeps_its_type(type_: pa.DataType) -> None:
    texts = pa.array(RAW, pa.string())
    column = texts.dictionary_encode().cast(type_) if pa.types.is_dictionary(type_) else texts.cast(type_)
    cleaned = newsclean.clean_frame(pa.table({"text": column}))
    assert cleaned.schema.field("text").type == type_
    assert cleaned["text"].to_pylist() == CLEAN


def test_a_users_own_columns_are_kept() -> None:
    cleaned = newsclean.clean_frame(pa.table({"text": RAW, "edits": [1, 2, 3, 4], "flags": ["a", "b", "c", "d"]}))
    assert cleaned.column_names == ["text", "edits", "flags", "newsclean_edits", "newsclean_flags"]
    assert cleaned["edits"].to_pylist() == [1, 2, 3, 4]


@pytest.mark.parametrize("kind", ["table", "batch", "pandas", "polars", "duckdb", "datasets"])
def test_an_empty_frame_stays_one(kind: str) -> None:
    if kind == "batch":
        frame: Any = pa.record_batch({"text": pa.array([], pa.string())})
    else:
        frame = MAKE[kind](pa.table({"text": pa.array([], pa.string())}))
    assert values(newsclean.clean_frame(frame), "text") == []


@pytest.mark.parametrize("kind", MAKE)
def test_duplicates_come_as_frames_of_the_same_kind(kind: str) -> None:
    rows = {"uid": [7, 8, 9, 10], "body": [STORY, "Nothing happened.", STORY.upper(), None]}
    frame = MAKE[kind](pa.table(rows))
    found = newsclean.find_duplicates(frame, text="body", id="uid")
    if kind not in ("batch", "reader"):
        assert type(found.pairs) is type(frame)
    assert (values(found.keep, "id"), values(found.keep, "kept")) == (["9"], ["7"])
    assert values(found.keep, "relation") == ["identical"]
    assert values(found.pairs, "left") == ["7"]
    assert [list(members) for members in values(found.clusters, "members")][:1] == [["7", "9"]]
    assert values(found.clusters, "kind")[0] == "duplicate"
    assert (values(found.clusters, "origin")[0], values(found.clusters, "agency")[0]) == (None, None)


def test_clusters_say_where_they_come_from() -> None:
    told = f"LISBON (Reuters) - {STORY}"
    rows = {"text": [STORY, told], "id": ["a", "b"], "date": ["2024-05-02", "2024-05-01"]}
    clusters = newsclean.find_duplicates(pa.table(rows)).clusters.to_pylist()
    assert [(row["origin"], row["agency"]) for row in clusters] == [("b", "Reuters")] * 2


def test_nothing_but_frames_and_strings() -> None:
    table = pa.table({"text": [1], "body": ["a"]})
    with pytest.raises(KeyError, match=r"missing.*text, body"):
        newsclean.clean_frame(table, text="missing")
    with pytest.raises(TypeError, match="int64"):
        newsclean.clean_frame(table)
    with pytest.raises(TypeError, match="clean_batch takes a list"):
        newsclean.clean_frame(["a text"])
    with pytest.raises(ValueError, match="steps"):
        newsclean.clean_frame(table, text="body", steps=["fly"])  # type: ignore[list-item]


def test_missing_values_of_pandas_are_null() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": ["The cafÃ© is open.", None, float("nan"), pandas.NA, pandas.NaT]}, dtype=object)
    cleaned = newsclean.clean_frame(frame)
    assert cleaned["text"].tolist()[0] == "The café is open."
    assert cleaned["text"].isna().tolist() == [False, True, True, True, True]
    with pytest.raises(KeyError, match="text"):
        newsclean.clean_frame(pandas.DataFrame({"body": ["a"]}))


def test_a_lazy_frame_says_how() -> None:
    polars = pytest.importorskip("polars")
    lazy = polars.LazyFrame({"text": ["The cafÃ© is open."]})
    with pytest.raises(TypeError, match="map_batches"):
        newsclean.clean_frame(lazy)
    schema = newsclean.clean_frame(lazy.head(0).collect()).schema
    assert lazy.map_batches(newsclean.clean_frame, schema=schema).collect()["text"].to_list() == ["The café is open."]


def test_a_reader_is_read_only_when_asked() -> None:
    asked = []

    def batches() -> Any:
        for number in range(3):
            asked.append(number)
            yield pa.record_batch({"text": [RAW[0]]})

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
    cleaned = newsclean.clean_frame(reader)
    assert asked == []
    assert cleaned.read_next_batch()["text"].to_pylist() == [CLEAN[0]]
    assert asked == [0]
