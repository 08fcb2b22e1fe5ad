"""Pairs and clusters, written by the names of their documents."""

import itertools
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from newsclean.formats.json_rows import dump_lines
from newsclean.jobs.outcome.outcome import Outcome

_AT_ONCE = 1 << 12  # lines
_TIE = 1e-6  # how near to the middle of two numbers of four digits one is looked at exactly


class _PairLine(msgspec.Struct):
    """A line of `pairs.jsonl`."""

    left: str
    right: str
    relation: str
    similarity: float
    story: float
    copy: float


def write_pairs(directory: Path, outcome: Outcome) -> None:
    """Write `pairs.jsonl`."""
    with (directory / "pairs.jsonl").open("wb") as file:
        pairs = outcome.pairs()
        while block := list(itertools.islice(pairs, _AT_ONCE)):
            *named, similarity, story, copy = zip(*block, strict=True)
            scores = (rounded(np.array(column)).tolist() for column in (similarity, story, copy))
            file.write(dump_lines(list(map(_PairLine, *named, *scores))))


def rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each number as `round(number, 4)` gives it.

    >>> rounded(np.array([0.12345, 0.00015, 2 / 3])).tolist(), round(0.12345, 4), round(0.00015, 4)
    ([0.1235, 0.0001, 0.6667], 0.1235, 0.0001)
    """
    scaled = values * 10_000
    found = np.rint(scaled) / 10_000
    unsure = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < _TIE)
    found[unsure] = [round(value, 4) for value in values[unsure].tolist()]
    return found


def write_clusters(directory: Path, outcome: Outcome) -> None:
    """Write `clusters.jsonl`."""
    with (directory / "clusters.jsonl").open("wb") as file:
        lines = ({"kind": kind, **cluster._asdict()} for kind, cluster in outcome.clusters())
        while block := list(itertools.islice(lines, _AT_ONCE)):
            file.write(dump_lines(block))
