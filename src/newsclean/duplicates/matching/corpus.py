"""What is compared, and what comparison found."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs, blocks
from newsclean.duplicates.scratch import IN_MEMORY, Scratch

SURE = 0.8
"""Confidence from which one text is dropped for the other."""
BORDER = 0.2
"""Confidence from which a pair that is not named is a close decision."""


class Corpus(NamedTuple):
    """Different texts, numbered by date."""

    words: NDArray[np.uint32]
    spans: NDArray[np.int64]
    """n x 2: where a text's words begin and end."""
    signatures: NDArray[np.uint32]
    """Of all documents."""
    rows: NDArray[np.int64]
    """By text: its row in `signatures`."""
    days: NDArray[np.int32]
    languages: NDArray[np.uint8]
    heads: NDArray[np.int64]
    """Words of the headline that a text begins with."""
    order: NDArray[np.int64]
    """All texts, the one to keep before all others first."""
    sources: NDArray[np.uint32] = np.empty(0, np.uint32)
    """Hashes of source names, 0 where there is none."""
    frames: NDArray[np.uint32] = np.empty(0, np.uint32)
    """How many short texts have the frames of each slot."""
    short: NDArray[np.bool_] = np.empty(0, np.bool_)
    """Which texts are short, where `frames` are counted."""
    scratch: Scratch = IN_MEMORY
    """Where arrays with a row for each text or pair lie."""

    def unsigned(self) -> "Corpus":
        """The same without signatures, so that their room is free."""
        return self._replace(signatures=np.empty((0, self.signatures.shape[1]), np.uint32))


class Verified(NamedTuple):
    """Pairs of texts that are copies, or that may be on one story."""

    pairs: Pairs
    copy: NDArray[np.float32]
    """Confidence that they are copies."""
    story: NDArray[np.float32]
    """Confidence that they report one event."""
    shared: NDArray[np.float32]
    """Share of the shorter text's shingles that the other one has; 0 where they were not compared word by word."""
    words: NDArray[np.float32]
    """Words of the shorter body in passages that the other one has."""
    contained: NDArray[np.bool_]
    """Whether the shorter text is contained in the longer one."""
    short: NDArray[np.bool_]
    """Whether both texts are short, and were judged by models of short texts."""

    @classmethod
    def of(cls, pairs: Pairs, scratch: Scratch) -> "Verified":
        """Room for what is said of these pairs."""
        kinds = (np.float32, np.float32, np.float32, np.float32, np.bool_, np.bool_)
        return cls(pairs, *(scratch.empty(len(pairs), kind) for kind in kinds))

    def part(self, block: slice) -> "Verified":
        """The pairs of a block, in place."""
        columns: list[Any] = [column[block] for column in self]
        return Verified(*columns)

    def chosen(self, rows: NDArray[np.bool_] | NDArray[np.int64], scratch: Scratch) -> "Verified":
        """Some of the pairs: those that are marked, or whose places are given."""
        places = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        columns: list[Any] = []
        for column in self:
            values = scratch.empty((len(places), *column.shape[1:]), column.dtype)
            for block in blocks(len(places), scratch.rows(32)):
                values[block] = column[places[block]]
            columns.append(values)
        return Verified(*columns)

    @staticmethod
    def joined(parts: "list[Verified]", scratch: Scratch) -> "Verified":
        """All pairs of several parts."""
        columns: list[Any] = []
        for pieces in zip(*parts, strict=True):
            column = scratch.empty((sum(map(len, pieces)), *pieces[0].shape[1:]), pieces[0].dtype)
            start = 0
            for piece in pieces:
                column[start : start + len(piece)] = piece
                start += len(piece)
            columns.append(column)
        return Verified(*columns)


class Found(NamedTuple):
    """Verified pairs and who stands for whom among them."""

    copies: Verified
    stories: Verified
    """Of leaders only."""
    leaders: NDArray[np.int64]
    """By text: the text that stands for it in `stories`."""
    apart: Pairs = np.empty((0, 2), np.int64)
    """Pairs of short texts that follow one leader, and report two events."""
    border: Verified | None = None
    """Pairs that were nearly taken for copies, if they are asked for."""
