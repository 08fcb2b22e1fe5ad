"""Verification on Spark: what exact comparison says of candidate pairs, step by step as `matching.match` does it."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.duplicates.matching import match, shared_passages
from newsclean.duplicates.matching.corpus import SURE
from newsclean.settings import DuplicateSettings
from newsclean.spark import comparison, graphs
from newsclean.spark.blocks import WORDS, Block, compared, in_blocks
from newsclean.spark.candidates import copy_candidates, passage_candidates, story_candidates
from newsclean.spark.frequencies import learn_frames, learn_weights
from newsclean.spark.session import Broadcast, checkpoint, mapped

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class Found(NamedTuple):
    """Verified pairs (`comparison.VERIFIED`) and who stands for whom among them."""

    copies: "DataFrame"
    stories: "DataFrame | None"
    """Pairs of leaders; None if no stories are looked for."""
    stars: "DataFrame | None"
    """Texts that do not look for stories, and the `centre` that does it for them."""
    apart: "DataFrame | None" = None
    """Pairs of short texts that follow one centre, and report two events."""


def verify(texts: "DataFrame", settings: DuplicateSettings) -> Found:
    """All pairs of different texts that are copies of each other, and those that may report one event."""
    met = copy_candidates(texts, settings.bands, settings.rows).union(passage_candidates(texts)).distinct()
    met = in_blocks(met).transform(checkpoint)
    carried = texts.select(*WORDS)
    everything = compared(met, carried, comparison.by_words, comparison.VERIFIED).transform(checkpoint)
    copies = _discounted(everything, carried, settings).transform(checkpoint)
    frames = learn_frames(texts)
    if not settings.stories:
        short = _brief(met, texts, frames).where(at_least("copy", settings.copy_threshold))
        return Found(copies.union(short).transform(checkpoint), None, None)
    stars = graphs.stars(copies, texts).transform(checkpoint)
    stories = _stories(texts, stars, met, frames, settings).transform(checkpoint)
    late = stories.where(at_least("copy", settings.copy_threshold))
    completed = in_blocks(_completed(copies, late, stars, texts))
    brief = _brief(completed, texts, frames).transform(checkpoint)
    others = compared(completed, carried, comparison.by_words, comparison.VERIFIED).union(brief)
    enough = at_least("shared", match.FLOOR_SHARE) & at_least("words", match.FLOOR_WORDS) | at_least("copy", SURE)
    fitting = others.where(enough & at_least("copy", settings.copy_threshold))
    least = min(settings.copy_threshold, settings.story_threshold)
    apart = brief.where(~at_least("copy", least) & ~at_least("story", least)).select("left", "right")
    return Found(copies.union(late).union(fitting).transform(checkpoint), stories, stars, apart)


def at_least(name: str, least: float) -> "Column":
    """Compared as numpy does: in the precision of the column, which is a `float`."""
    from pyspark.sql import functions as F

    return F.col(name) >= F.lit(float(least)).cast("float")


def _brief(met: "DataFrame", texts: "DataFrame", frames: NDArray[np.uint32]) -> "DataFrame":
    """Those of the pairs that are two short texts, compared token by token."""
    weights = learn_weights(texts, texts.count())
    known = Broadcast(texts.sparkSession, (weights, frames))

    def judged(block: Block) -> pa.Table:
        return comparison.by_tokens(block, *known.value)

    return compared(met, texts.select(*WORDS), judged, comparison.VERIFIED)


def _discounted(everything: "DataFrame", carried: "DataFrame", settings: DuplicateSettings) -> "DataFrame":
    """The copies among compared pairs; less sure, or none, where third texts have most of what they share."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    likely = everything.where(at_least("copy", settings.copy_threshold))
    groups = graphs.components(everything.where(at_least("copy", SURE))).transform(checkpoint)
    chosen = likely.select(F.explode(F.array("left", "right")).alias("text")).distinct()
    doubtful = everything.where(~at_least("copy", shared_passages.UNLIKE)).select("left", "right")
    for side in ("left", "right"):
        doubtful = doubtful.join(groups.toDF(side, f"{side}_group"), side, "left")
    label = [F.coalesce(F.col(f"{side}_group"), F.col(side)) for side in ("left", "right")]
    apart = doubtful.where(label[0] != label[1]).select("left", "right")
    directed = apart.union(apart.select("right", "left")).join(chosen.toDF("left"), "left")
    first = F.row_number().over(Window.partitionBy("left").orderBy("right"))
    unlike = (
        directed.select("left", "right", first.alias("n")).where(F.col("n") <= shared_passages._MOST_PARTNERS).drop("n")
    )
    ends = likely.select("left", "right")
    asked = in_blocks(ends.union(ends.select("right", "left")))
    blocks = asked.select("left", "block").distinct()
    edges = asked.select("left", "right", "block", F.lit(False).alias("unlike")).union(
        unlike.join(blocks, "left").select("left", "right", "block", F.lit(True).alias("unlike"))
    )
    sides = compared(edges, carried, comparison.own_words, comparison.OWN)
    both = sides.groupBy(F.least("left", "right").alias("left"), F.greatest("left", "right").alias("right"))
    own = both.agg(F.min("shared").alias("all"), F.min("own").alias("own"))
    common = F.col("all") - F.col("own") > F.lit(shared_passages.COMMON) * F.col("all")
    own = own.select("left", "right", F.when(common, F.col("own")).alias("own"))
    unsure = F.least("copy", F.lit(match.UNSURE).cast("float"))
    judged = likely.join(own, ["left", "right"]).withColumn(
        "copy", F.when(F.col("own") < shared_passages.SURE_WORDS, unsure).otherwise(F.col("copy"))
    )
    enough = F.col("own").isNull() | (F.col("own") >= shared_passages.OWN_WORDS)
    return judged.where(enough).select(*comparison.VERIFIED.names)


def _stories(
    texts: "DataFrame",
    stars: "DataFrame",
    met: "DataFrame",
    frames: NDArray[np.uint32],
    settings: DuplicateSettings,
) -> "DataFrame":
    """Pairs of leaders that may report one event, or are copies that share no band."""
    from pyspark.sql import functions as F

    followers = stars.select("text")
    leaders = texts.select(*WORDS).join(followers, "text", "left_anti")
    count = leaders.count()
    weights = learn_weights(leaders, count)
    session = texts.sparkSession
    known, window = Broadcast(session, (weights, frames)), settings.story_days
    pairs = story_candidates(leaders, Broadcast(session, weights), count, window)
    leading = met.select("left", "right")
    for side in ("left", "right"):
        leading = leading.join(followers.toDF(side), side, "left_anti")
    told = pairs.withColumn("met", F.lit(False)).union(leading.select("left", "right", F.lit(True)))
    asked = in_blocks(told.groupBy("left", "right").agg(F.max("met").alias("met")))

    def by_terms(block: Block) -> pa.Table:
        return comparison.by_terms(block, known.value, window)

    terms = compared(asked, leaders, by_terms, comparison.TERMS).transform(checkpoint)
    return mapped(_with_rivals(terms), comparison.among_rivals, comparison.VERIFIED)


def _with_rivals(terms: "DataFrame") -> "DataFrame":
    """Pairs with the best confidence that each of the texts has with a third one, -1 for none."""
    from pyspark.sql import functions as F

    ends = terms.select("left", "right", "first").union(terms.select("right", "left", "first"))
    ranked = F.slice(F.sort_array(F.collect_list(F.struct("first", "right")), asc=False), 1, 2)
    best = ends.groupBy("left").agg(ranked.alias("best"))
    for side, other in (("left", "right"), ("right", "left")):
        own = F.get("best", F.lit(0))
        rival = F.when(own["right"] == F.col(other), F.get("best", F.lit(1))["first"]).otherwise(own["first"])
        rival = F.coalesce(rival, F.lit(-1.0).cast("float")).alias(f"{side}_rival")
        terms = terms.join(best.withColumnRenamed("left", side), side).select(*terms.columns, rival)
    return terms


def _completed(copies: "DataFrame", late: "DataFrame", stars: "DataFrame", texts: "DataFrame") -> "DataFrame":
    """Pairs not compared yet within small stars of copies, and between stars whose leaders turned out to be copies."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    most = match.SMALL_STAR
    ranked = stars.join(texts.select("text", "rank"), "text")
    order = Window.partitionBy("centre").orderBy("rank")
    placed = ranked.select("centre", "text", F.row_number().over(order).alias("place"))
    sizes = placed.groupBy("centre").agg((F.max("place") + 1).alias("size"))
    centres = stars.select("centre").union(late.select("left")).union(late.select("right")).distinct()
    first = placed.where(F.col("place") < most).select("centre", "text").union(centres.select("centre", "centre"))
    first = first.transform(checkpoint)
    small = first.join(sizes.where(F.col("size") <= most).select("centre"), "centre")
    within = small.join(small.toDF("centre", "other"), "centre").select("text", "other")
    one, two = first.toDF("left", "text"), first.toDF("right", "other")
    across = late.select("left", "right").join(one, "left").join(two, "right").select("text", "other")
    asked = within.union(across).where("text != other")
    asked = asked.select(F.least("text", "other").alias("left"), F.greatest("text", "other").alias("right")).distinct()
    known = copies.union(late).select("left", "right")
    return asked.join(known, ["left", "right"], "left_anti")
