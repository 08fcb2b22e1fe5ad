"""Named pairs of documents, from verified pairs of texts, as `clustering.pairs` names them.

Where many documents have one text, the first few are paired, and all with the one that is kept.
"""

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from newsclean.duplicates.clustering.pairs import EXPANDED
from newsclean.duplicates.results import CONTAINED, IDENTICAL, NEAR_DUPLICATE, SAME_STORY
from newsclean.spark.blocks import Block, compared, in_blocks
from newsclean.spark.candidates import PAIRS
from newsclean.spark.comparison import by_words
from newsclean.spark.documents import Texts
from newsclean.spark.session import cut
from newsclean.spark.verification import Found

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_SHARED = pa.schema([*PAIRS, ("shared", pa.float32())])
_SCORES = ("similarity", "story", "copy")


class Groups(NamedTuple):
    """What texts became."""

    stars: "DataFrame"
    """Texts that are dropped, each with the `centre` that is kept for it."""
    stories: "DataFrame | None"
    """Texts that are on one event with others (`text`, `group`); None if no stories are looked for."""


class _Documents:
    """The documents of texts: the first few of each, the best one, and those after the first few."""

    def __init__(self, members: "DataFrame") -> None:
        from pyspark.sql import functions as F

        columns = members.select("text", "place", F.struct("at", "id", "size").alias("document"))
        self.first = columns.where(F.col("place") < EXPANDED)
        self.later = columns.where(F.col("place") >= EXPANDED).drop("place")
        self.best = columns.where("place = 0").drop("place")

    def of(self, pairs: "DataFrame") -> "DataFrame":
        """The first documents of the texts of pairs, each with each, as `one` and `two`."""
        first = self.first.drop("place")
        return pairs.join(first.toDF("left", "one"), "left").join(first.toDF("right", "two"), "right")


def name_pairs(texts: Texts, found: Found, groups: Groups) -> "DataFrame":
    """All pairs in order of input: `left`, `right`, `relation`, `similarity`, `story`, `copy`."""
    from pyspark.sql import functions as F

    documents = _Documents(texts.members)
    named = _identical(documents).union(_copies(documents, found.copies, groups.stars))
    if groups.stories is not None:
        named = named.union(_stories(documents, found, groups.stories, texts))
    swapped = F.col("one.at") > F.col("two.at")
    first, second = (F.when(swapped, F.col(a)).otherwise(F.col(b)) for a, b in (("two", "one"), ("one", "two")))
    placed = named.select(first.alias("one"), second.alias("two"), "relation", *_SCORES).orderBy("one.at", "two.at")
    backwards = (F.col("relation") == CONTAINED) & (F.col("one.size") > F.col("two.size"))
    ends = [
        F.when(backwards, F.col(f"{a}.id")).otherwise(F.col(f"{b}.id")) for a, b in (("two", "one"), ("one", "two"))
    ]
    return placed.select(
        ends[0].alias("left"), ends[1].alias("right"), "relation", *(F.col(name).cast("double") for name in _SCORES)
    )


def _identical(documents: _Documents) -> "DataFrame":
    """The first documents of every text with each other, then each with the best one."""
    from pyspark.sql import functions as F

    few = documents.first
    among = few.toDF("text", "a", "one").join(few.toDF("text", "b", "two"), "text").where("a < b")
    further = documents.later.toDF("text", "one").join(documents.best.toDF("text", "two"), "text")
    pairs = among.select("one", "two").union(further.select("one", "two"))
    return pairs.select("*", F.lit(IDENTICAL).alias("relation"), *(F.lit(1.0).cast("float").alias(n) for n in _SCORES))


def _copies(documents: _Documents, copies: "DataFrame", stars: "DataFrame") -> "DataFrame":
    """Pairs of copies; all documents of a text have a pair with the one that is kept for them."""
    from pyspark.sql import functions as F

    kind = F.when(F.col("contained"), CONTAINED).otherwise(NEAR_DUPLICATE).alias("relation")
    pairs = copies.select("left", "right", kind, F.col("shared").alias("similarity"), "story", "copy")
    either = pairs.union(pairs.select("right", "left", "relation", *_SCORES))
    followers = either.join(
        stars.select(F.col("text").alias("left"), F.col("centre").alias("right")), ["left", "right"]
    )
    later, best = documents.later.toDF("left", "one"), documents.best.toDF("right", "two")
    further = followers.join(later, "left").join(best, "right")
    names = ["one", "two", "relation", *_SCORES]
    return documents.of(pairs).select(*names).union(further.select(*names))


def _stories(documents: _Documents, found: Found, groups: "DataFrame", texts: Texts) -> "DataFrame":
    """Pairs of leaders in one story, with all who follow them, and of the followers of one leader."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    assert found.stories is not None  # where there are groups
    assert found.stars is not None
    told = found.stories
    for side in ("left", "right"):
        told = told.join(groups.toDF(side, f"{side}_group"), side)
    told = told.where("left_group = right_group").select("left", "right", "story", "copy", "shared")
    order = Window.partitionBy("centre").orderBy("text")
    placed = found.stars.select("centre", "text", F.row_number().over(order).alias("place"))
    centres = told.select(F.explode(F.array("left", "right")).alias("centre")).union(found.stars.select("centre"))
    leaders = centres.distinct().select("centre", F.col("centre").alias("text"), F.lit(0).alias("place"))
    first = leaders.union(placed.where(F.col("place") < EXPANDED)).transform(cut)
    one, two = first.toDF("left", "one", "a"), first.toDF("right", "two", "b")
    across = told.join(one, "left").join(two, "right").select("one", "two", "story", "copy", "shared", "a", "b")
    one, two = first.toDF("centre", "one", "a"), first.toDF("centre", "two", "b")
    within = one.join(two, "centre").where("a < b")
    scores = [F.lit(value).cast("float").alias(name) for name, value in (("story", 1), ("copy", 0), ("shared", 0))]
    every = across.union(within.select("one", "two", *scores, "a", "b"))
    left, right = F.least("one", "two").alias("left"), F.greatest("one", "two").alias("right")
    led = (F.col("a") == 0) & (F.col("b") == 0)
    every = every.select(left, right, "story", "copy", "shared", led.alias("led"))
    fresh = every.join(found.copies.select("left", "right"), ["left", "right"], "left_anti").transform(cut)
    asked = in_blocks(fresh.where("not led or shared = 0").select("left", "right"))
    measured = compared(asked, texts.texts, _similarity, _SHARED).withColumnRenamed("shared", "similarity")
    pairs = fresh.join(measured, ["left", "right"], "left")
    pairs = pairs.select(
        "left",
        "right",
        F.lit(SAME_STORY).alias("relation"),
        F.coalesce("similarity", "shared").alias("similarity"),
        "story",
        F.when(F.col("led"), F.col("copy")).otherwise(F.lit(0).cast("float")).alias("copy"),
    )
    return documents.of(pairs).select("one", "two", "relation", *_SCORES)


def _similarity(block: Block) -> pa.Table:
    """The share of passages of pairs that were named because of others."""
    return by_words(block, long_only=False)
