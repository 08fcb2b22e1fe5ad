"""What the articles of a data frame of Spark teach of their sources, as aggregations: what the local functions learn.

Only what is learnt comes to the driver: lines that a source repeats, titles, and how often a source was damaged.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from newsclean import damage
from newsclean.arrow import strings
from newsclean.boilerplate.lines import LineColumn, lengths, prose, scan
from newsclean.boilerplate.templates import (
    COPY,
    LEAST_SHARE,
    SUPPORT,
    TITLE_WORDS,
    Templates,
    line_keys,
    source_key,
)
from newsclean.damage.evidence import Evidence, Tally
from newsclean.settings import RepairSettings
from newsclean.spark.session import checked, mapped

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_CHAINS = pa.schema([("source", pa.string()), ("chain", pa.string()), ("texts", pa.int64())])
_KEYS = pa.list_(pa.int64())


def learn_damage(
    frame: "DataFrame", settings: RepairSettings = RepairSettings(), *, text: str = "text", source: str = "source"
) -> dict[str, Evidence]:
    """How the texts of each source were damaged: what `newsclean.learn_damage` says of the same rows.

    Raises:
        MissingSparkError: pyspark is not installed.
        KeyError: there is no such column.
        TypeError: `frame` is no data frame of Spark.
    """
    from pyspark.sql import functions as F

    checked(frame, text, source)

    def tallied(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = [(of, value) for of, value in zip(strings(batch, source), strings(batch, text), strict=True) if of]
        known = [(of, value) for of, value in rows if value is not None]
        tallies: defaultdict[str, Tally] = defaultdict(Tally)
        for (of, _), result in zip(known, damage.repair_batch([value for _, value in known], settings), strict=True):
            tallies[of].add(result.edits)
        return pa.RecordBatch.from_pylist(
            [
                {"source": of, "chain": chain, "texts": count}
                for of, tally in tallies.items()
                for chain, count in [(None, tally.texts), *tally.chains.items()]
            ],
            _CHAINS,
        )

    counts = mapped(frame.select(text, source), tallied, _CHAINS).groupBy("source", "chain").agg(F.sum("texts"))
    found: defaultdict[str, dict[str | None, int]] = defaultdict(dict)
    for of, chain, texts in sorted(counts.collect(), key=lambda row: (row[0], row[1] or "")):
        found[of][chain] = texts
    learned = {of: Evidence(chains.pop(None, 0), _named(chains)) for of, chains in found.items()}
    return {of: evidence for of, evidence in learned.items() if evidence.codepages()}


def _named(chains: Mapping[str | None, int]) -> dict[str, int]:
    return {chain: texts for chain, texts in chains.items() if chain is not None}


def learn_templates(
    frame: "DataFrame", *, text: str = "text", source: str = "source", title: str = "title", order: str = "id"
) -> Templates:
    """What each source repeats: what `newsclean.learn_templates` says of the same rows, in their `order`.

    The column `order` has another value in each row. It says which of several articles with the same paragraphs is the
    original: the first one.

    Raises:
        MissingSparkError: pyspark is not installed.
        KeyError: there is no column `text` or `order`.
        TypeError: `frame` is no data frame of Spark.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    checked(frame, text, order)
    names = {name for name in (text, source, title) if name in frame.columns}
    columns = [F.col(order).alias("_order"), *(F.col(name) for name in sorted(names))]
    read = frame.select(*columns)
    schema = pa.schema(
        [("at", _kind(read)), ("source", pa.int64()), ("lines", _KEYS), ("prose", _KEYS), ("title", pa.int64())]
    )
    scanned = mapped(read, lambda batch: _scanned(batch, text, source, title), schema).persist()
    paragraphs = scanned.select("at", F.explode("prose").alias("key"))
    earlier = F.min("at").over(Window.partitionBy("key")) < F.col("at")
    seen = paragraphs.select("at", earlier.cast("int").alias("seen"))
    copies = seen.groupBy("at").agg(F.sum("seen").alias("seen"), F.count("*").alias("all"))
    copies = copies.where(F.col("seen") >= F.lit(COPY) * F.col("all")).select("at")
    own = scanned.join(copies, "at", "left_anti").select("source", "lines").persist()
    documents = own.groupBy("source").agg(F.count("*").alias("documents"))
    counts = own.select("source", F.explode("lines").alias("key")).groupBy("source", "key").agg(F.count("*").alias("n"))
    often = F.greatest(F.lit(SUPPORT), F.lit(LEAST_SHARE) * F.col("documents"))
    repeated = counts.join(F.broadcast(documents), "source").where(F.col("n") >= often).select("key").distinct()
    titles = scanned.where("title is not null").select(F.col("title").alias("key")).distinct()
    found = Templates(_sorted(repeated), _sorted(titles))
    for kept in (own, scanned):
        kept.unpersist()
    return found


def _kind(frame: "DataFrame") -> pa.DataType:
    from newsclean.spark.session import arrow_schema

    return arrow_schema(frame).field("_order").type


def _sorted(keys: "DataFrame") -> np.ndarray[Any, np.dtype[np.uint64]]:
    """Keys, which Spark holds as signed numbers, in the order of unsigned ones."""
    return np.sort(np.array([key for (key,) in keys.toLocalIterator()], np.int64).view(np.uint64))


def _scanned(batch: pa.RecordBatch, text: str, source: str, title: str) -> pa.RecordBatch:
    """Of each article the keys of its lines and of its paragraphs, each once, and that of its title."""
    known = set(batch.schema.names)
    texts = strings(batch, text)
    rows = [row for row, value in enumerate(texts) if value is not None]
    lines = scan([value for value in texts if value is not None])
    keys, is_prose = line_keys(lines), prose(lines, lengths(lines))
    bounds = np.searchsorted(lines.table[:, LineColumn.TEXT], np.arange(len(rows) + 1))
    sources = strings(batch, source) if source in known else [None] * batch.num_rows
    titles = strings(batch, title) if title in known else [None] * batch.num_rows
    own = np.array([source_key(sources[row]) for row in rows], np.uint64)
    pieces = [slice(bounds[at], bounds[at + 1]) for at in range(len(rows))]
    return pa.RecordBatch.from_arrays(
        [
            batch.column("_order").take(pa.array(rows, pa.int64())),
            pa.array(own.view(np.int64)),
            _lists([keys[piece] ^ of for piece, of in zip(pieces, own, strict=True)]),
            _lists([keys[piece][is_prose[piece]] for piece in pieces]),
            pa.array([_title(titles[row]) for row in rows], pa.int64()),
        ],
        ["at", "source", "lines", "prose", "title"],
    )


def _lists(pieces: Sequence[np.ndarray[Any, np.dtype[np.uint64]]]) -> pa.Array:
    """Keys of each article, each once."""
    return pa.array([np.unique(piece).view(np.int64) for piece in pieces], _KEYS)


def _title(title: str | None) -> int | None:
    """The key of a title of one line and several words."""
    lines = scan([title]) if title is not None else None
    if lines is None or len(lines.table) != 1 or lines.table[0, LineColumn.WORDS] < TITLE_WORDS:
        return None
    return int(line_keys(lines)[:1].view(np.int64)[0])
