"""Groups in graphs: connected components, the stars of a greedy choice, and groups by average link.

A graph with few edges is solved by one task, with the local engine's functions. A larger one takes rounds of joins,
until it is small. Nothing but numbers of edges comes to the driver.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsclean.duplicates.clustering import average_link
from newsclean.duplicates.matching.shared_passages import _groups
from newsclean.duplicates.matching.stars import stars as local_stars
from newsclean.spark.candidates import PAIRS, by_runs
from newsclean.spark.session import checkpoint, streamed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

SMALL = 1 << 20  # edges that one task takes: 16 MB
_LABELS = pa.schema([("text", pa.int64()), ("group", pa.int64())])
_TAKEN = pa.schema([("taken", pa.int64())])
Numbers = NDArray[np.int64]


def _in_one_task(edges: "DataFrame", function: Callable[[Numbers], pa.Table], schema: pa.Schema) -> "DataFrame":
    """What `function` makes of all edges (n x 2)."""

    def whole(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        parts = [np.stack([batch.column(name).to_numpy() for name in PAIRS.names], axis=1) for batch in batches]
        pairs = np.concatenate([np.empty((0, 2), np.int64), *parts])
        yield from function(pairs).cast(schema).to_batches()

    return streamed(edges.select("left", "right").coalesce(1), whole, schema)


def components(edges: "DataFrame") -> "DataFrame":
    """The `group` of every `text` that has an edge: the lowest number that edges lead to from it."""
    edges = edges.select("left", "right").transform(checkpoint)
    if edges.count() <= SMALL:
        return _in_one_task(edges, _labels, _LABELS)
    return _by_rounds(edges)


def _labels(pairs: Numbers) -> pa.Table:
    nodes = np.unique(pairs)
    group = nodes[_groups(np.searchsorted(nodes, pairs), len(nodes))] if len(nodes) else nodes
    return pa.table({"text": nodes, "group": group})


def _by_rounds(edges: "DataFrame") -> "DataFrame":
    """Every text takes the lowest number of its neighbours, then that of the text whose number it has: paths halve."""
    from pyspark.sql import functions as F

    both = edges.union(edges.select("right", "left")).toDF("text", "other").distinct().transform(checkpoint)
    labels = both.groupBy("text").agg(F.least("text", F.min("other")).alias("group")).transform(checkpoint)
    while True:
        of_others = both.join(labels.toDF("other", "low"), "other").groupBy("text").agg(F.min("low").alias("low"))
        lower = labels.join(of_others, "text").select("text", F.least("group", "low").alias("group"))
        further = lower.toDF("group", "next")
        jumped = lower.join(further, "group").select("text", F.col("next").alias("group")).transform(checkpoint)
        changed = jumped.join(labels.toDF("text", "old"), "text").where("old != group").limit(1).count()
        labels = jumped
        if not changed:
            return labels


def stars(pairs: "DataFrame", ranks: "DataFrame") -> "DataFrame":
    """Stars of copies: a `centre` and a `text` that follows it, a row each.

    As `matching.stars`: by rank, every text that follows nobody takes all that follow nobody and that it is paired
    with. In rounds: who has no better neighbour left is a centre, and takes its neighbours out.
    """
    from pyspark.sql import functions as F

    of = ranks.select("text", "rank")
    one, two = (of.toDF(side, f"{side}_rank") for side in ("left", "right"))
    placed = pairs.select("left", "right").join(one, "left").join(two, "right")
    better = F.least("left_rank", "right_rank").alias("left"), F.greatest("left_rank", "right_rank").alias("right")
    edges = placed.select(*better).distinct().transform(checkpoint)
    left, taken = edges, None
    while left.count() > SMALL:
        roots = left.select("left").distinct().join(left.select(F.col("right").alias("left")), "left", "left_anti")
        fresh = left.join(roots, "left").select(F.col("right").alias("taken")).distinct().transform(checkpoint)
        taken = fresh if taken is None else taken.union(fresh)
        for side in ("left", "right"):
            left = left.join(fresh.toDF(side), side, "left_anti")
        left = left.select("left", "right").transform(checkpoint)
    rest = _in_one_task(left, _followers, _TAKEN)
    taken = rest if taken is None else taken.union(rest)
    taken = taken.transform(checkpoint)
    free = edges.join(taken.toDF("left"), "left", "left_anti")
    followed = free.groupBy("right").agg(F.min("left").alias("left"))
    names = of.toDF("centre", "left"), of.toDF("text", "right")
    return followed.join(names[0], "left").join(names[1], "right").select("centre", "text")


def _followers(pairs: Numbers) -> pa.Table:
    """The ranks of those who follow another one."""
    nodes = np.unique(pairs)
    groups = local_stars(np.searchsorted(nodes, pairs), np.arange(len(nodes)))
    return pa.table({"taken": nodes[np.setdiff1d(groups.values, groups.heads)]})


def linked(pairs: "DataFrame", threshold: float) -> "DataFrame":
    """Groups by average link of pairs with a `score`: the `group` of every `text` that is in one, the lowest number."""
    group_of = components(pairs).toDF("left", "key")
    keyed = pairs.select("left", "right", "score").join(group_of, "left").select("key", "left", "right", "score")

    def joined(table: pa.Table, run: Numbers) -> pa.Table:
        scores = np.stack([table[name].to_numpy().astype(np.float64) for name in ("left", "right", "score")], axis=1)
        groups = average_link(scores, threshold)
        texts = np.array([text for group in groups for text in group], np.int64)
        return pa.table({"text": texts, "group": np.repeat([min(group) for group in groups], list(map(len, groups)))})

    return by_runs(keyed, ["left", "right"], joined, _LABELS)
