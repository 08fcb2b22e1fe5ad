"""Candidates on Spark: whole runs of one key, and the pairs of the local engine."""

from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from newsclean.duplicates import sketch_batch
from newsclean.duplicates.candidates import passage_candidates
from newsclean.spark import candidates
from newsclean.spark.documents import rows_of
from tests.duplicates.articles import article


def test_runs_are_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "LEAST_ROWS", 4)
    keys = [1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 4]
    batches = pa.table({"key": keys, "at": range(len(keys))}).to_batches(max_chunksize=2)
    found = list(candidates._whole_runs(iter(batches)))
    assert [value for table in found for value in table["key"].to_pylist()] == keys
    held = [set(table["key"].to_pylist()) for table in found]
    assert len(held) > 1
    assert all(not one & two for one, two in combinations(held, 2))


def test_texts_that_share_rare_passages() -> None:
    base = [article(seed) for seed in range(6)]
    texts = [*base, " ".join(base[0].split()[:60]), " ".join([*base[1].split(), *base[2].split()]), base[3] + " end"]
    sketches = sketch_batch(texts)
    numbers = pa.array(range(len(texts)))
    rows = rows_of(sketches, numbers, numbers).append_column("text", numbers)
    sampled = pa.table(candidates._sampled(rows), ["key", "text", "held"])
    keyed = sampled.sort_by([("key", "ascending"), ("text", "ascending")])
    met = candidates._rare(keyed, np.cumsum(np.diff(keyed["key"].to_numpy(), prepend=-1) != 0) - 1)
    shared: dict[tuple[int, int], list[int]] = {}
    for row in met.to_pylist():
        shared.setdefault((row["left"], row["right"]), []).append(row["held"])
    found = sorted(pair for pair, held in shared.items() if len(held) >= 2 and len(held) >= 0.3 * held[0])
    assert found == [tuple(pair) for pair in passage_candidates(sketches.words, sketches.spans).tolist()]
    assert (0, 6) in found


def test_packed_rows_come_back_in_whole_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "BUCKETS", 5)
    monkeypatch.setattr(candidates, "LEAST_ROWS", 30)
    rows = np.random.default_rng(1).integers(-(1 << 62), 1 << 62, (400, 3))
    rows[:100, 0] = rows[100:200, 0]
    packed = pa.Table.from_batches([candidates._packed(rows[:150]), candidates._packed(rows[150:])]).sort_by("bucket")
    pieces = list(candidates._whole_buckets(iter(packed.to_batches(3)), 3))
    assert sorted(np.concatenate(pieces).tolist()) == sorted(rows.tolist())
    keys = [set(piece[:, 0].tolist()) for piece in pieces]
    assert len(pieces) > 2
    assert sum(map(len, keys)) == len(set().union(*keys))
