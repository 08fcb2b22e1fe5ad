"""Duplicates of a data frame of Spark: pairs, clusters, stories and what to drop, as the local engine finds them."""

from typing import TYPE_CHECKING, NamedTuple

from newsclean.duplicates.matching.corpus import SURE
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.results import CONTAINED, IDENTICAL, NEAR_DUPLICATE
from newsclean.errors import SettingsError
from newsclean.settings import DuplicateSettings
from newsclean.spark import graphs
from newsclean.spark.documents import Columns, Sketched, Texts, check_ids, gathered, sketched
from newsclean.spark.naming import Groups, name_pairs, shared_boilerplate
from newsclean.spark.session import checked, cut
from newsclean.spark.verification import Found, verify

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class SparkDuplicates(NamedTuple):
    """What `find_duplicates` found, as data frames of Spark."""

    pairs: "DataFrame"
    """Columns `left`, `right`, `relation`, `similarity`, `story`, `copy`, in order of input."""
    keep: "DataFrame"
    """Columns `id` (to be dropped), `kept` and `relation`."""
    clusters: "DataFrame"
    """Copies: columns `id`, `keep`, `members`, `origin`, in order of input."""
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
    documents = sketched.documents.transform(cut)
    check_ids(documents)
    boilerplate = None if sketched.raw is None else shared_boilerplate(Sketched(documents, sketched.raw), settings)
    texts = gathered(documents, settings)
    found = verify(texts.texts, settings)
    least = settings.copy_threshold if settings.drop == "likely" else max(SURE, settings.copy_threshold)
    sure = found.copies.where(F.col("copy") >= F.lit(least).cast("float"))
    stars = graphs.stars(sure, texts.texts).transform(cut)
    stories = _stories(found, settings)
    groups = Groups(stars, stories)
    copies = _clusters(texts, _centres(stars), key)
    told = copies.limit(0) if stories is None else _clusters(texts, stories, key)
    pairs = name_pairs(texts, found, groups, boilerplate, key)
    return SparkDuplicates(pairs, _keep(texts, found, stars, key), copies, told)


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
    return led.union(alone).transform(cut)


def _keep(texts: Texts, found: Found, stars: "DataFrame", key: str) -> "DataFrame":
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
    return same.select("id", "kept", F.lit(IDENTICAL).alias("relation")).union(
        copies.select("id", "kept", relation.alias("relation"))
    )


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
    grouped = ranked.groupBy("group").agg(
        best.alias("keep"), members.alias("members"), earliest.alias("first"), days.alias("days")
    )
    once = F.size(F.filter("days", lambda day: day == F.col("first.day"))) == 1
    return grouped.orderBy(F.col("members")[0]["at"]).select(
        F.col("keep").alias("id"),
        "keep",
        F.transform("members", lambda member: member["name"]).alias("members"),
        F.when(once, F.col("first.name")).alias("origin"),
    )
