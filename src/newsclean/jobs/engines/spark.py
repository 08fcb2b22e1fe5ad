"""A run on Spark: tasks make parts of chunks, and find duplicates among the sketches of all parts.

The driver cuts the input and writes the outputs, as the local engine does. All machines see the output directory.
"""

import itertools
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean import duplicates
from newsclean.duplicates import RELATIONS, NumberedClusters, NumberedPairs, Resolved, Scratch
from newsclean.duplicates.agencies import agency_names
from newsclean.duplicates.arrays import Ragged
from newsclean.formats.base import Chunk
from newsclean.jobs.outcome import Names
from newsclean.jobs.storage.parts import Part
from newsclean.jobs.worker import Job, identified, process_chunk
from newsclean.settings import DuplicateSettings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Chosen = tuple[Path, NDArray[np.int64] | None]
_IN_FLIGHT = 4  # chunks a processor that the driver reads before it waits: memory is bounded by them
_PARTS = pa.schema(
    [("directory", pa.string()), ("first", pa.int64()), ("rows", pa.list_(pa.int64())), ("ids", pa.list_(pa.string()))]
)


def session(master: str | None) -> "SparkSession":
    """The session of this process, or a new one on `master`; what else it needs is set as Spark's own tools do.

    Raises:
        MissingSparkError: pyspark is not installed.
    """
    from newsclean.spark.session import require

    require()
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("newsclean").config("spark.ui.showConsoleProgress", "false")
    return (builder if master is None else builder.master(master)).getOrCreate()


def parts_of(spark: "SparkSession", job: Job, chunks: Iterable[tuple[int, Chunk]]) -> Iterator[Part]:
    """Each chunk as a part, in order, made by tasks."""
    context = spark.sparkContext
    waiting, most = iter(chunks), _IN_FLIGHT * context.defaultParallelism
    while batch := list(itertools.islice(waiting, most)):
        yield from context.parallelize(batch, len(batch)).map(lambda numbered: _part(job, numbered)).collect()


def _part(job: Job, numbered: tuple[int, Chunk]) -> Part:
    """A chunk as a part. Several tasks may make the same part at once: the first one that is done puts it in place."""
    from pyspark import TaskContext

    number, chunk = numbered
    place, (digest, origin) = job.parts / f"{number:06d}", identified(chunk, job.options)
    if (known := Part.made_before(place, digest, origin)) is not None:
        return known
    context = TaskContext.get()
    own = job.parts / f"attempt-{context.taskAttemptId() if context is not None else 0}-{number}"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    made = process_chunk(Job(own, job.options), numbered)
    other = Part.load(place)
    if other is not None and other.digest != digest:  # of other settings or another input
        shutil.rmtree(place, ignore_errors=True)
    try:
        made.directory.rename(place)
    except OSError:
        other = Part.load(place)
        if other is None or other.digest != digest:
            raise
    finally:
        shutil.rmtree(own, ignore_errors=True)
    found = Part.made_before(place, digest, origin)
    assert found is not None  # it was put there
    return found


def resolved(
    spark: "SparkSession",
    parts: Sequence[Chosen],
    names: Names | None,
    settings: DuplicateSettings,
    scratch: Scratch,
) -> Resolved:
    """The duplicates among the articles of `parts`: their directories, and which rows count (None: all of them).

    `names` are their ids, where they are others than the parts say. To the driver come numbers only: 41 bytes a pair,
    and 8 for each article of a cluster.
    """
    from newsclean.spark.documents import COLUMNS, Sketched
    from newsclean.spark.duplicates import resolve
    from newsclean.spark.session import streamed

    rows, first = list[dict[str, Any]](), 0
    for directory, chosen in parts:
        part = Part.load(directory)
        assert part is not None  # the driver has just read it
        size = part.size if chosen is None else len(chosen)
        ids = None if names is None else names[first : first + size]
        some = None if chosen is None else chosen.tolist()
        rows.append({"directory": os.fspath(directory), "first": first, "rows": some, "ids": ids})
        first += size
    frame = spark.createDataFrame(pa.Table.from_pylist(rows, _PARTS)).repartition(max(1, len(rows)))
    schema = pa.schema([("at", pa.int64()), *COLUMNS])
    documents, raw = (streamed(frame, _reader(raw), schema) for raw in (False, True))
    found = resolve(Sketched(documents, raw), settings, key="at")
    keep = scratch.kept(np.full(first, -1))
    dropped = found.keep.select("id", "kept").toArrow()
    keep[dropped["id"].to_numpy()] = dropped["kept"].to_numpy()
    copies = _clusters(found.clusters)
    origin = scratch.kept(copies.origins(first))
    return Resolved(_pairs(found.pairs, scratch), keep, origin, copies, _clusters(found.stories))


def _reader(raw: bool) -> Any:
    """Reads the sketches of parts: of cleaned texts, or of raw ones."""
    from newsclean.spark.documents import rows_of

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                part = Part.load(Path(row["directory"]))
                assert part is not None  # the driver has just read it
                size = len(row["rows"]) if row["rows"] is not None else part.size
                chosen = np.arange(size) if row["rows"] is None else np.array(row["rows"], np.int64)
                ids = row["ids"] or [part.rows().ids[at] for at in chosen.tolist()]
                sketches, places = _sketches(part.directory, chosen, raw)
                known = pa.array([ids[place] for place in places.tolist()], pa.string())
                if sketches.size:
                    yield rows_of(sketches, pa.array(row["first"] + places), known)

    return read


def _sketches(directory: Path, chosen: NDArray[np.int64], raw: bool) -> tuple[duplicates.Sketches, NDArray[np.int64]]:
    """The sketches of the chosen rows of a part, and the place of each among these."""
    if not raw:
        return duplicates.Sketches.load(directory / "sketches").take(chosen.tolist()), np.arange(len(chosen))
    if not (directory / "raw_rows").exists():  # nothing was made shorter
        return duplicates.sketch_batch([]), np.empty(0, np.int64)
    numbers = np.fromfile(directory / "raw_rows", np.int64)
    there = np.flatnonzero(np.isin(numbers, chosen))
    longer = duplicates.Sketches.load(directory / "raw_sketches").take(there.tolist())
    return longer, np.searchsorted(chosen, numbers[there])


def _pairs(pairs: "DataFrame", scratch: Scratch) -> NumberedPairs:
    table = pairs.toArrow()
    kinds = {name: place for place, name in enumerate(RELATIONS)}
    relation = np.array([kinds[name] for name in table["relation"].to_pylist()], np.uint8)
    left, right, similarity, story, copy = (
        scratch.kept(table[name].to_numpy()) for name in ("left", "right", "similarity", "story", "copy")
    )
    return NumberedPairs(left, right, relation, similarity, story, copy)


def _clusters(clusters: "DataFrame") -> NumberedClusters:
    table = clusters.toArrow()
    members = table["members"].combine_chunks()
    values = members.flatten() if len(members) else pa.array([], pa.int64())
    sizes = np.array([len(each) for each in members.to_pylist()], np.int64)
    origin = np.array([-1 if number is None else number for number in table["origin"].to_pylist()], np.int64)
    bounds = np.append(0, np.cumsum(sizes))
    codes = {None: 0} | {name: code for code, name in enumerate(agency_names(), 1)}
    agency = np.array([codes[name] for name in table["agency"].to_pylist()], np.uint8)
    return NumberedClusters(Ragged(values.to_numpy(), bounds), table["keep"].to_numpy(), origin, agency)
