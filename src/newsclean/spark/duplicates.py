"""Duplicates of a data frame of Spark: pairs, clusters, stories and what to drop, as the local engine finds them."""

import os
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.compilation import uncollected
from newsclean.duplicates import RELATIONS, Joiner, NumberedClusters, Raw, Resolved, Scratch, resolve_numbered
from newsclean.duplicates.agencies import agency_names
from newsclean.duplicates.arrays import packed
from newsclean.duplicates.matching.corpus import SURE
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.results import CONTAINED, IDENTICAL, NEAR_DUPLICATE
from newsclean.errors import SettingsError
from newsclean.settings import DuplicateSettings
from newsclean.spark import graphs
from newsclean.spark.documents import Columns, Sketched, Texts, check_ids, gathered, sketched, sketches_of
from newsclean.spark.pairs import Groups, name_pairs, shared_boilerplate
from newsclean.spark.session import arrow_schema, checked, checkpoint, streamed
from newsclean.spark.verification import Found, verify

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


FEW = 1 << 20  # documents that one task takes: a gigabyte of memory, and 3 kB of disk a document
_MEMORY = 1 << 29  # bytes that its search may take, beside ids and what Arrow holds
_ROWS = 1 << 14  # of a batch that it gives back
_PAIR, _KEEP, _COPIES, _STORY = range(4)


class SparkDuplicates(NamedTuple):
    """What `find_duplicates` found, as data frames of Spark."""

    pairs: "DataFrame"
    """Columns `left`, `right`, `relation`, `similarity`, `story`, `copy`, in order of input."""
    keep: "DataFrame"
    """Columns `id` (to be dropped), `kept`, `relation`, `origin` and `agency`."""
    clusters: "DataFrame"
    """Copies: columns `id`, `keep`, `members`, `origin`, `agency`, in order of input."""
    stories: "DataFrame"
    """Reports on one event: the same columns."""


def find_duplicates(
    frame: "DataFrame",
    settings: DuplicateSettings = DuplicateSettings(),
    *,
    text: str = "text",
    id: str = "id",
    order: str | None = None,
    raw: str | None = None,
) -> SparkDuplicates:
    """Which articles are identical, edited copies, contained in each other, or report one event, and which to keep.

    As `newsclean.find_duplicates` of the same rows in order of the column `order` (if it is not given: of `id`). Rows
    have a `text` and an `id`, and perhaps `title`, `date`, `source` and `lang`; rows without a text are passed over.
    With `raw`, the column of texts before they were cleaned, pairs that only these would be are `shared_boilerplate`.
    Much is computed at once, and kept on the disks of the executors for as long as the session lasts.

    Raises:
        MissingSparkError: pyspark is not installed.
        KeyError: there is no such column.
        TypeError: `frame` is no data frame of Spark, or a text is no string.
        ValueError: two rows have one id, or one has none.
        SettingsError: `settings.border` is set.
    """
    checked(frame, text, id, *(name for name in (order, raw) if name is not None))
    return resolve(sketched(frame, settings, Columns(text, id, order, raw)), settings)


def resolve(sketched: Sketched, settings: DuplicateSettings, key: str = "id") -> SparkDuplicates:
    """The same of sketched documents, which are named by `key`: their `id`, or `at`, their place in the input."""
    from pyspark.sql import functions as F

    if settings.border:
        raise SettingsError("the Spark engine names no border pairs: run the local engine with border, or without it")
    documents = sketched.documents.transform(checkpoint)
    check_ids(documents)
    if documents.count() <= FEW:
        return _in_one_task(Sketched(documents, sketched.raw), settings, key)
    boilerplate = None if sketched.raw is None else shared_boilerplate(Sketched(documents, sketched.raw), settings)
    texts = gathered(documents, settings)
    found = verify(texts.texts, settings)
    least = settings.copy_threshold if settings.drop == "likely" else max(SURE, settings.copy_threshold)
    sure = found.copies.where(F.col("copy") >= F.lit(least).cast("float"))
    stars = graphs.stars(sure, texts.texts).transform(checkpoint)
    stories = _stories(found, settings)
    groups = Groups(stars, stories)
    copies = _clusters(texts, _centres(stars), key)
    told = copies.limit(0) if stories is None else _clusters(texts, stories, key)
    pairs = name_pairs(texts, found, groups, settings, boilerplate, key)
    return SparkDuplicates(pairs, _keep(texts, found, stars, copies, key), copies, told)


def _centres(stars: "DataFrame") -> "DataFrame":
    """Every `text` of a star, the centre too, with the centre as its `group`."""
    from pyspark.sql import functions as F

    centres = stars.select("centre").distinct()
    return (
        stars.select("text", "centre")
        .union(centres.select("centre", "centre"))
        .select("text", F.col("centre").alias("group"))
    )


def _stories(found: Found, settings: DuplicateSettings) -> "DataFrame | None":
    """Texts on one event (`text`, `group`); copies are on one event, whatever their terms say."""
    from pyspark.sql import functions as F

    if found.stories is None or found.stars is None:
        return None
    sure = F.col("copy") >= F.lit(settings.copy_threshold).cast("float")
    scored = found.stories.withColumn("score", F.when(sure, F.lit(1.0)).otherwise(F.col("story").cast("double")))
    linked = graphs.linked(scored, settings.story_threshold)
    together = _centres(found.stars).toDF("text", "centre")
    led = together.join(linked.toDF("centre", "linked"), "centre", "left").select(
        "text", F.coalesce("linked", "centre").alias("group")
    )
    alone = linked.join(together.select("text"), "text", "left_anti").select("text", "group")
    return led.union(alone).transform(checkpoint)


def _keep(texts: Texts, found: Found, stars: "DataFrame", clusters: "DataFrame", key: str) -> "DataFrame":
    """Every document to drop, and the one that is kept for it."""
    from pyspark.sql import functions as F

    named = texts.members.select("text", "place", F.col(key).alias("id"))
    best = named.where("place = 0").select("text", "id")
    own = named.where("place > 0").select("text", "id")
    same = own.join(stars.select("text"), "text", "left_anti").join(best.toDF("text", "kept"), "text")
    pairs = found.copies.select("left", "right", "contained")
    either = pairs.union(pairs.select("right", "left", "contained")).toDF("text", "centre", "contained")
    followed = stars.join(either, ["text", "centre"]).join(best.toDF("centre", "kept"), "centre")
    copies = named.select("text", "id").join(followed, "text")
    relation: Column = F.when(F.col("contained"), CONTAINED).otherwise(NEAR_DUPLICATE)
    dropped = same.select("id", "kept", F.lit(IDENTICAL).alias("relation")).union(
        copies.select("id", "kept", relation.alias("relation"))
    )
    origins = clusters.select(F.explode("members").alias("id"), "origin")
    agencies = texts.members.select(F.col(key).alias("id"), _agency(F.col("agency")).alias("agency"))
    return dropped.join(origins, "id", "left").join(agencies, "id")


def _agency(code: "Column") -> "Column":
    """The name of an agency."""
    from pyspark.sql import functions as F

    names = F.array(*(F.lit(name) for name in agency_names()))
    return F.when(code > 0, F.element_at(names, code.cast("int")))


def _clusters(texts: Texts, groups: "DataFrame", key: str) -> "DataFrame":
    """The documents of groups of texts, and of texts in none that several documents have, in order of input."""
    from pyspark.sql import functions as F

    alone = texts.members.where("place = 1").select("text").join(groups.select("text"), "text", "left_anti")
    groups = groups.union(alone.select("text", F.col("text").alias("group")))
    ranked = groups.join(texts.texts.select("text", "rank"), "text").join(texts.members, "text")
    best = F.min(F.struct("rank", "place", key))[key]
    dated = F.col("day") != NO_DAY
    earliest = F.min(F.when(dated, F.struct("day", "at", F.col(key).alias("name"))))
    members = F.sort_array(F.collect_list(F.struct("at", F.col(key).alias("name"))))
    days = F.collect_list(F.when(dated, F.col("day")))
    agencies = F.collect_set(F.when(F.col("agency") > 0, F.col("agency")))
    grouped = ranked.groupBy("group").agg(
        best.alias("keep"),
        members.alias("members"),
        earliest.alias("first"),
        days.alias("days"),
        agencies.alias("agencies"),
    )
    once = F.size(F.filter("days", lambda day: day == F.col("first.day"))) == 1
    return grouped.orderBy(F.col("members")[0]["at"]).select(
        F.col("keep").alias("id"),
        "keep",
        F.transform("members", lambda member: member["name"]).alias("members"),
        F.when(once, F.col("first.name")).alias("origin"),
        F.when(F.size("agencies") == 1, _agency(F.col("agencies")[0])).alias("agency"),
    )


def _in_one_task(sketched: Sketched, settings: DuplicateSettings, key: str) -> SparkDuplicates:
    """What the local engine finds, in files of the executor. Spark plans a search in some 270 jobs, and takes longer
    than that for all but very many documents."""
    from pyspark.sql import functions as F

    rows = sketched.documents.withColumn("raw", F.lit(False))
    if sketched.raw is not None:
        rows = rows.union(sketched.raw.withColumn("raw", F.lit(True)).select(*rows.columns))
    rows = rows.drop("signature")
    name = arrow_schema(rows).field(key).type
    scores = [(score, pa.float64()) for score in ("similarity", "story", "copy")]
    ends, facts = [("left", name), ("right", name)], [("origin", name), ("agency", pa.string())]
    lists = [("members", pa.list_(name)), *facts]
    schema = pa.schema([("table", pa.int8()), *ends, ("relation", pa.string()), *scores, *lists])

    def search(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        with uncollected():
            found = list(_resolved(batches, settings, key))
        for table in found:
            missing = [field for field in schema if field.name not in table.schema.names]
            for field in missing:
                table = table.append_column(field, pa.nulls(table.num_rows, field.type))
            yield from table.select(schema.names).cast(schema).to_batches(_ROWS)

    # Each raw text comes behind its document.
    ordered = rows.repartition(1).sortWithinPartitions("at", "id", "raw")
    found = streamed(ordered, search, schema).transform(checkpoint)
    pairs, keep, copies, stories = (found.where(F.col("table") == table) for table in range(4))
    clusters = (
        each.select(F.col("left").alias("id"), F.col("left").alias("keep"), *(name for name, _ in lists))
        for each in (copies, stories)
    )
    return SparkDuplicates(
        pairs.select("left", "right", "relation", *(name for name, _ in scores)),
        keep.select(F.col("left").alias("id"), F.col("right").alias("kept"), "relation", *(name for name, _ in facts)),
        *clusters,
    )


def _resolved(batches: Iterator[pa.RecordBatch], settings: DuplicateSettings, key: str) -> Iterator[pa.Table]:
    """What there is among documents and their raw texts, in order of input."""
    scratch = Scratch(os.environ.get("SPARK_LOCAL_DIRS", tempfile.gettempdir()).split(",")[0], _MEMORY)
    documents, raws, places = Joiner(scratch), Joiner(scratch), scratch.column(np.int64)
    ids, chunks = list[str](), list[pa.Array]()
    for batch in batches:
        is_raw = batch.column("raw").to_numpy(zero_copy_only=False)
        places.add(documents.size - 1 + np.cumsum(~is_raw)[is_raw])
        own = batch.filter(pa.array(~is_raw))
        for joiner, rows in ((documents, own), (raws, batch.filter(pa.array(is_raw)))):
            joiner.add(sketches_of(rows, settings))
        ids += own.column("id").to_pylist()
        chunks.append(own.column(key))
    if not chunks:
        return
    raw = Raw(raws.joined(), places.array()) if raws.size else None
    sketches, names = documents.joined(), pa.chunked_array(chunks).combine_chunks()
    agencies = sketches.agencies
    found = resolve_numbered(sketches, ids, settings, raw, scratch=scratch)
    relations, pairs = pa.array(RELATIONS), found.pairs
    yield _tagged(
        _PAIR,
        left=names.take(pairs.left),
        right=names.take(pairs.right),
        relation=relations.take(pairs.relation),
        similarity=pairs.similarity,
        story=pairs.story,
        copy=pairs.copy,
    )
    dropped = np.flatnonzero(found.keep >= 0)
    kept, relation = names.take(found.keep[dropped]), relations.take(_relations(found, dropped))
    facts = {"origin": _ids(found.origin[dropped], names), "agency": _agencies(agencies[dropped])}
    yield _tagged(_KEEP, left=names.take(dropped), right=kept, relation=relation, **facts)
    for table, clusters in ((_COPIES, found.copies), (_STORY, found.stories)):
        yield _cluster_rows(table, clusters, names)


def _relations(found: Resolved, dropped: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Of documents to drop, what they are to those that are kept for them."""
    known = packed(np.stack([found.pairs.left, found.pairs.right], axis=1))
    order = np.argsort(known)
    asked = packed(np.stack([dropped, found.keep[dropped]], axis=1))
    relations: NDArray[np.uint8] = found.pairs.relation[order[np.searchsorted(known, asked, sorter=order)]]
    return relations


def _cluster_rows(table: int, clusters: NumberedClusters, names: Any) -> pa.Table:
    members = pa.ListArray.from_arrays(clusters.members.bounds.astype(np.int32), names.take(clusters.members.values))
    facts = {"origin": _ids(clusters.origin, names), "agency": _agencies(clusters.agency)}
    return _tagged(table, left=names.take(clusters.keep), members=members, **facts)


def _ids(numbers: NDArray[np.int64], names: Any) -> Any:
    """The names of documents, null for -1."""
    return names.take(pa.array(numbers, mask=numbers < 0))


def _agencies(codes: NDArray[np.uint8]) -> Any:
    """The names of agencies, null for 0."""
    return pa.array(agency_names()).take(pa.array(codes.astype(np.int64) - 1, mask=codes == 0))


def _tagged(table: int, **columns: Any) -> pa.Table:
    count = len(columns["left"])
    return pa.table({"table": np.full(count, table, np.int8), **columns})
