"""Duplicates on Spark: pairs, clusters, stories and what to drop equal those of the local engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import newsclean
from newsclean import DuplicateSettings, spark
from newsclean.duplicates import Duplicates
from newsclean.errors import SettingsError
from newsclean.spark import blocks, candidates, duplicates, graphs
from tests.spark.articles import DOCUMENTS, documents


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return documents(tmp_path_factory.mktemp("dump"))


def local(rows: list[dict[str, Any]], settings: DuplicateSettings) -> Duplicates:
    known = [row | {"raw": None} for row in rows if row["text"] and row["text"].strip()]
    return newsclean.find_duplicates(known, settings)


def same(found: Any, wanted: Duplicates) -> None:
    """Equal, but for scores whose last digit depends on which pairs are computed together."""
    pairs = [tuple(row) for row in found.pairs.collect()]
    assert [pair[:3] for pair in pairs] == [pair[:3] for pair in wanted.pairs]
    scores = [score for pair in wanted.pairs for score in pair[3:]]
    assert [score for pair in pairs for score in pair[3:]] == pytest.approx(scores, abs=1e-6)
    keep = {row["id"]: tuple(row)[1:] for row in found.keep.collect()}
    relation = {frozenset(pair[:2]): pair.relation for pair in wanted.pairs}
    facts = {name: (wanted.origins.get(name), wanted.agencies.get(name)) for name in wanted.keep}
    assert keep == {name: (kept, relation[frozenset((name, kept))], *facts[name]) for name, kept in wanted.keep.items()}
    assert not facts or any(agency for _, agency in facts.values())
    for frame, clusters in ((found.clusters, wanted.copies), (found.stories, wanted.stories)):
        rows = [tuple(tuple(value) if isinstance(value, list) else value for value in row) for row in frame.collect()]
        assert rows == [tuple(cluster) for cluster in clusters]


@pytest.mark.parametrize("partitions", [1, 2, 4, 16])
def test_results_equal_those_of_the_local_engine(
    session: Any, rows: list[dict[str, Any]], partitions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if partitions == 4:  # as if there were many: blocks of few texts, graphs that take rounds
        monkeypatch.setattr(blocks, "WIDTH", 7)
        monkeypatch.setattr(graphs, "SMALL", 3)
        monkeypatch.setattr(candidates, "LEAST_ROWS", 50)
    monkeypatch.setattr(duplicates, "FEW", 0)
    frame = session.createDataFrame(rows, DOCUMENTS).repartition(partitions)
    same(spark.find_duplicates(frame), local(rows, DuplicateSettings()))


@pytest.mark.parametrize("partitions", [1, 4])
def test_few_documents_are_searched_by_one_task(session: Any, rows: list[dict[str, Any]], partitions: int) -> None:
    frame = session.createDataFrame(rows, DOCUMENTS).repartition(partitions)
    same(spark.find_duplicates(frame), local(rows, DuplicateSettings()))


@pytest.mark.parametrize("few", [0, duplicates.FEW])
def test_copies_alone_raw_texts_and_another_policy_after_a_failure(
    session: Any, rows: list[dict[str, Any]], tmp_path: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "FEW", few)
    settings = DuplicateSettings(stories=False, keep="newest", drop="likely", preferred_sources=("one",))
    failed = tmp_path / "failed"

    def fails_once(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield batch
            if batch.num_rows > 5 and not failed.exists():
                failed.touch()
                raise OSError("a disk is gone")

    frame = session.createDataFrame(rows, DOCUMENTS).repartition(3)
    found = spark.find_duplicates(frame.mapInArrow(fails_once, frame.schema), settings, raw="raw")
    assert failed.exists()
    wanted = newsclean.find_duplicates([row for row in rows if row["text"] and row["text"].strip()], settings)
    assert "shared_boilerplate" in {pair.relation for pair in wanted.pairs}
    same(found, wanted)


@pytest.mark.parametrize("few", [0, duplicates.FEW])
def test_nothing_to_find(session: Any, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "FEW", few)
    frame = session.createDataFrame([("1", None), ("2", "One report, and no other.")], "id string, text string")
    same(spark.find_duplicates(frame.repartition(4)), Duplicates([], {}, [], []))


def test_what_cannot_be_told_apart_is_refused(session: Any) -> None:
    frame = session.createDataFrame([("1", "A."), ("1", "B.")], "id string, text string")
    with pytest.raises(ValueError, match="'1' is that of 2 rows"):
        spark.find_duplicates(frame)
    with pytest.raises(ValueError, match="an id is null"):
        spark.find_duplicates(session.createDataFrame([(None, "A.")], "id string, text string"))
    with pytest.raises(SettingsError, match="no border pairs"):
        spark.find_duplicates(frame, DuplicateSettings(border=True))
    with pytest.raises(KeyError, match="no column 'name'"):
        spark.find_duplicates(frame, id="name")
