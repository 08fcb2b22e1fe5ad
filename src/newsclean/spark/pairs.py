"""Named pairs of documents, from verified pairs of texts, as `clustering.pairs` names them.

Where many documents have one text, the first few are paired, and all with the one that is kept.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.duplicates.clustering import raw_pairs
from newsclean.duplicates.clustering.pairs import EXPANDED
from newsclean.duplicates.results import CONTAINED, IDENTICAL, NEAR_DUPLICATE, SAME_STORY, SHARED_BOILERPLATE
from newsclean.settings import DuplicateSettings
from newsclean.spark.blocks import WORDS, Block, compared, in_blocks
from newsclean.spark.candidates import PAIRS, by_runs, copy_candidates
from newsclean.spark.comparison import VERIFIED, by_words
from newsclean.spark.documents import Sketched, Texts, numbered, unsigned
from newsclean.spark.graphs import components
from newsclean.spark.session import checkpoint
from newsclean.spark.verification import Found, at_least

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


def name_pairs(
    texts: Texts,
    found: Found,
    groups: Groups,
    settings: DuplicateSettings,
    boilerplate: "DataFrame | None" = None,
    key: str = "id",
) -> "DataFrame":
    """All pairs in order of input: `left`, `right`, `relation`, `similarity`, `story`, `copy`.

    Pairs by `boilerplate` are named where documents are not paired for a better reason. Documents are named by `key`.
    """
    documents = _Documents(texts.members)
    named = _identical(documents).union(_copies(documents, found.copies, groups.stars))
    if groups.stories is not None:
        named = named.union(_stories(documents, found, groups.stories, texts, settings.story_threshold))
    named = _placed(named)
    if boilerplate is not None:
        named = named.transform(checkpoint)
        known = named.select("one.at", "two.at").toDF("low", "high")
        further = _placed(boilerplate).select("one.at", "two.at", "*").toDF("low", "high", *named.columns)
        named = named.union(further.join(known, ["low", "high"], "left_anti").select(*named.columns))
    return _in_order(named, key)


def _placed(pairs: "DataFrame") -> "DataFrame":
    """Pairs with the document first that comes first in the input."""
    from pyspark.sql import functions as F

    swapped = F.col("one.at") > F.col("two.at")
    first, second = (F.when(swapped, F.col(a)).otherwise(F.col(b)) for a, b in (("two", "one"), ("one", "two")))
    scores = (F.col(name).cast("double").alias(name) for name in _SCORES)
    return pairs.select(first.alias("one"), second.alias("two"), "relation", *scores)


def _in_order(placed: "DataFrame", key: str) -> "DataFrame":
    """Pairs by the names of their documents; of a contained pair the one with fewer words first."""
    from pyspark.sql import functions as F

    backwards = (F.col("relation") == CONTAINED) & (F.col("one.size") > F.col("two.size"))
    sides = (("two", "one"), ("one", "two"))
    left, right = (F.when(backwards, F.col(f"{a}.{key}")).otherwise(F.col(f"{b}.{key}")) for a, b in sides)
    ordered = placed.orderBy("one.at", "two.at")
    return ordered.select(left.alias("left"), right.alias("right"), "relation", *_SCORES)


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


def _stories(documents: _Documents, found: Found, groups: "DataFrame", texts: Texts, threshold: float) -> "DataFrame":
    """Pairs of leaders in one story, or short and above the threshold, with all who follow them, and of the followers
    of one leader."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    assert found.stories is not None  # where there are groups
    assert found.stars is not None
    told = found.stories
    for side in ("left", "right"):
        told = told.join(groups.toDF(side, f"{side}_group"), side, "left")
    alone = F.col("short") & (F.col("story") >= F.lit(threshold).cast("float"))
    told = told.where((F.col("left_group") == F.col("right_group")) | alone).select(
        "left", "right", "story", "copy", "shared"
    )
    order = Window.partitionBy("centre").orderBy("text")
    placed = found.stars.select("centre", "text", F.row_number().over(order).alias("place"))
    centres = told.select(F.explode(F.array("left", "right")).alias("centre")).union(found.stars.select("centre"))
    leaders = centres.distinct().select("centre", F.col("centre").alias("text"), F.lit(0).alias("place"))
    first = leaders.union(placed.where(F.col("place") < EXPANDED)).transform(checkpoint)
    one, two = first.toDF("left", "one", "a"), first.toDF("right", "two", "b")
    across = told.join(one, "left").join(two, "right").select("one", "two", "story", "copy", "shared", "a", "b")
    one, two = first.toDF("centre", "one", "a"), first.toDF("centre", "two", "b")
    within = one.join(two, "centre").where("a < b")
    scores = [F.lit(value).cast("float").alias(name) for name, value in (("story", 1), ("copy", 0), ("shared", 0))]
    every = across.union(within.select("one", "two", *scores, "a", "b"))
    left, right = F.least("one", "two").alias("left"), F.greatest("one", "two").alias("right")
    led = (F.col("a") == 0) & (F.col("b") == 0)
    every = every.select(left, right, "story", "copy", "shared", led.alias("led"))
    known = found.copies.select("left", "right")
    known = known if found.apart is None else known.union(found.apart)
    fresh = every.join(known, ["left", "right"], "left_anti").transform(checkpoint)
    asked = in_blocks(fresh.where("not led or shared = 0").select("left", "right"))
    measured = compared(asked, texts.texts.select(*WORDS), _every_word, _SHARED).withColumnRenamed(
        "shared", "similarity"
    )
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


def _every_word(block: Block) -> pa.Table:
    """Pairs compared word by word, also those of short texts."""
    return by_words(block, long_only=False)


def shared_boilerplate(sketched: Sketched, settings: DuplicateSettings) -> "DataFrame":
    """Pairs of documents (`one`, `two`, `relation`, scores) whose raw texts match and whose cleaned texts do not: see
    `clustering.raw_pairs`."""
    from pyspark.sql import functions as F

    assert sketched.raw is not None  # the caller has looked
    digests = sketched.documents.select("id", F.col("digest").alias("cleaned"))
    # Numbered as documents are, and for the search by what they hold.
    raws = numbered(sketched.raw.join(digests, "id"), [F.col("at")], "text")
    order = [unsigned("digest"), unsigned("cleaned"), F.col("id")]
    ranks = numbered(raws.select("text", "digest", "cleaned", "id"), order, "rank").select("text", "rank")
    signed = raws.select("text", "signature").join(ranks, "text")
    pairs = copy_candidates(signed, settings.bands * settings.rows // raw_pairs._ROWS, raw_pairs._ROWS)
    cleaned = raws.select("text", "cleaned")
    for side in ("left", "right"):
        pairs = pairs.join(cleaned.toDF(side, f"{side}_digest"), side)
    other = (F.col("left_digest") != F.col("right_digest")) | (F.col("left_digest") == 0)
    before = _matching(pairs.where(other).select("left", "right"), raws, settings).transform(checkpoint)
    after = sketched.documents.join(raws.select("id", "text"), "id")
    apart = before.join(_matching(before, after, settings), ["left", "right"], "left_anti")
    return _best(apart.transform(checkpoint), raws)


def _matching(pairs: "DataFrame", texts: "DataFrame", settings: DuplicateSettings) -> "DataFrame":
    """The pairs that a tool would name that looks at these texts only, and what they share."""
    found = compared(in_blocks(pairs.select("left", "right")), texts.select(*WORDS), _every_word, VERIFIED)
    alike = at_least("copy", settings.copy_threshold) | at_least("shared", raw_pairs.MATCH)
    return found.where(alike).select("left", "right", "shared")


def _best(pairs: "DataFrame", raws: "DataFrame") -> "DataFrame":
    """The pairs that are among the most alike ones of both their documents."""
    from pyspark.sql import functions as F

    names = raws.select("text", "id")
    keyed = pairs.join(components(pairs).toDF("left", "key"), "left")
    for side in ("left", "right"):
        keyed = keyed.join(names.toDF(side, f"{side}_id"), side)

    def best(table: pa.Table, run: NDArray[np.int64]) -> pa.Table:
        ends = np.stack([table[name].to_numpy() for name in PAIRS.names], axis=1)
        texts = np.unique(ends)
        places = np.searchsorted(texts, ends)
        ids = [""] * len(texts)
        for side, name in enumerate(PAIRS.names):
            for place, known in zip(places[:, side].tolist(), table[f"{name}_id"].to_pylist(), strict=True):
                ids[place] = known
        found = raw_pairs._best(places, table["shared"].to_numpy(), ids)
        return pa.table({"left": texts[found.pairs[:, 0]], "right": texts[found.pairs[:, 1]], "shared": found.shared})

    chosen = by_runs(keyed, ["left", "right"], best, pa.schema([*PAIRS, ("shared", pa.float64())]))
    documents = raws.select("text", F.struct("at", "id", "size").alias("document"))
    placed = chosen.join(documents.toDF("left", "one"), "left").join(documents.toDF("right", "two"), "right")
    none = (F.lit(0.0).alias(name) for name in ("story", "copy"))
    relation = F.lit(SHARED_BOILERPLATE).alias("relation")
    return placed.select("one", "two", relation, F.col("shared").alias("similarity"), *none)
