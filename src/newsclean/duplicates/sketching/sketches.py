"""Sketches: what duplicates are found by; made in workers, kept in files, never the text."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.scratch import IN_MEMORY, Growing, Scratch
from newsclean.duplicates.sketching._minhash import EMPTY
from newsclean.duplicates.sketching._numbering import number_words
from newsclean.duplicates.sketching.minhash import sign
from newsclean.duplicates.tokens import UNKNOWN
from newsclean.errors import InputError
from newsclean.settings import DuplicateSettings

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

VERSION = 6  # of the words, languages, shingles and signatures; sketches of two versions must not meet
_STAMP = "newsclean-sketches"
_LEVEL = 3  # of Zstandard: a twentieth less room than level 1, in the same time


class Sketches(NamedTuple):
    """The sketches of n documents."""

    words: NDArray[np.uint32]
    """The words of all documents, one after the other; see tokens/tokenizer.py."""
    bounds: NDArray[np.int64]
    """n + 1 bounds of the documents in `words`."""
    signatures: NDArray[np.uint32]
    """MinHash signatures, n x (bands * rows)."""
    digests: NDArray[np.uint64]
    """64-bit digests of the whole words in order; 0 for a document without words."""
    days: NDArray[np.int32]
    """Days since 1 January of year 1, `NO_DAY` where there is no date."""
    sources: NDArray[np.uint32]
    """Hashes of source names, 0 where there is none."""
    languages: NDArray[np.uint8]
    """Language codes; see `tokens.languages`."""
    lengths: NDArray[np.int64]
    """Lengths of the texts in code points."""
    heads: NDArray[np.int32]
    """Words of the headline that a document begins with; 0 where there is none."""
    agencies: NDArray[np.uint8]
    """The agencies that documents name as where they come from; see `agencies.agency_name`."""

    @property
    def size(self) -> int:
        """Number of documents."""
        return len(self.digests)

    @property
    def spans(self) -> NDArray[np.int64]:
        """n x 2: where a document's words begin and end."""
        return np.stack([self.bounds[:-1], self.bounds[1:]], axis=1)

    def take(self, rows: Sequence[int]) -> "Sketches":
        """The sketches of some documents, numbered from 0, in the order given."""
        pieces = [self.words[self.bounds[row] : self.bounds[row + 1]] for row in rows]
        bounds = np.cumsum([0, *map(len, pieces)], dtype=np.int64)
        words = np.concatenate(pieces) if pieces else self.words[:0]
        columns: list[Any] = [column[np.asarray(rows, np.int64)] for column in self[2:]]
        return Sketches(words, bounds, *columns)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write to a file that appears only when it is complete.

        It is a line of JSON, and the columns one after the other, compressed. Each word stands there once. Signatures
        are made again from the words, which takes two microseconds an article.
        """
        distinct, numbers = _numbered(self.words)
        columns = [distinct, numbers, np.diff(self.bounds), *(getattr(self, name) for name in _OTHERS)]
        kinds = [(column.dtype.str, len(column)) for column in columns]
        head = json.dumps([_STAMP, VERSION, self.signatures.shape[1], kinds])
        data = zstd.compress(b"".join(column.tobytes() for column in columns), level=_LEVEL)
        path = Path(path)
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        partial.write_bytes(head.encode() + b"\n" + data)
        partial.replace(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Sketches":
        """Sketches from a file.

        Raises:
            InputError: the file is not one of sketches, is of another version, or is damaged.
        """
        try:
            head, _, data = Path(path).read_bytes().partition(b"\n")
            stamp, version, width, kinds = json.loads(head)
            if (stamp, version) != (_STAMP, VERSION):
                raise InputError(f"{path} does not hold sketches of version {VERSION}: delete it and run again")
            columns, whole, at = list[NDArray[Any]](), zstd.decompress(data), 0
            for kind, count in kinds:
                columns.append(np.frombuffer(whole, kind, count, at))
                at += columns[-1].nbytes
        except (OSError, ValueError, TypeError, EOFError, zstd.ZstdError) as error:
            raise InputError(f"cannot read sketches from {path}: {error}; delete it and run again") from error
        distinct, numbers, sizes, *others = columns
        words, bounds = distinct[numbers], np.append(0, np.cumsum(sizes, dtype=np.int64))
        return cls(words, bounds, sign(words, bounds, width)[0], *others)


def _numbered(words: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.integer[Any]]]:
    """The different words, and the number of each one: 3 ns a word where Arrow takes 15. Numbers of two bytes are
    smaller than those of four when they are compressed, in a third of the time."""
    slots, count = 1 << 16, -1
    distinct, numbers = np.empty(len(words), np.uint32), np.empty(len(words), np.int32)
    while count < 0:
        slots *= 4
        count = number_words(words, np.zeros(slots, np.uint64), distinct, numbers)
    return distinct[:count], numbers.astype(np.uint16) if count <= 1 << 16 else numbers


_OTHERS = ("digests", "days", "sources", "languages", "lengths", "heads", "agencies")
_KINDS = (np.uint32, np.int64, np.uint32, np.uint64, np.int32, np.uint32, np.uint8, np.int64, np.int32, np.uint8)


def no_sketches(count: int, settings: DuplicateSettings) -> Sketches:
    """The sketches of so many empty texts."""
    signatures = np.full((count, settings.bands * settings.rows), EMPTY, np.uint32)
    words, bounds, digests = np.empty(0, np.uint32), np.zeros(count + 1, np.int64), np.zeros(count, np.uint64)
    days, sources = np.full(count, NO_DAY, np.int32), np.zeros(count, np.uint32)
    languages, lengths = np.full(count, UNKNOWN, np.uint8), np.zeros(count, np.int64)
    heads, agencies = np.zeros(count, np.int32), np.zeros(count, np.uint8)
    return Sketches(words, bounds, signatures, digests, days, sources, languages, lengths, heads, agencies)


class Joiner:
    """Sketches put together batch by batch, so that memory, or the disk, holds everything once."""

    def __init__(self, scratch: Scratch = IN_MEMORY) -> None:
        self._columns: list[Growing[Any]] = []
        self._scratch = scratch
        self._width = 0  # of signatures
        self.size = 0
        """Number of documents so far."""

    def add(self, batch: Sketches | str | os.PathLike[str]) -> None:
        """Copy a batch, or that in a file, behind what there is.

        Raises:
            InputError: it was made with another number of bands or rows.
        """
        part = batch if isinstance(batch, Sketches) else Sketches.load(batch)
        if not self._columns:
            self._width = part.signatures.shape[1]
            self._columns = [self._scratch.column(kind) for kind in _KINDS]
            self._columns[1].add(np.zeros(1, np.int64))  # the first bound
        if part.signatures.shape[1] != self._width:
            raise InputError("sketches made with different numbers of bands and rows cannot be compared")
        shifted = part.bounds[1:] + len(self._columns[0])
        arrays: tuple[NDArray[Any], ...] = tuple(part._replace(bounds=shifted))
        for column, values in zip(self._columns, arrays, strict=True):
            column.add(values)
        self.size += part.size

    def joined(self) -> Sketches:
        """All batches as one; nothing can be added afterwards."""
        if not self._columns:
            return no_sketches(0, DuplicateSettings())
        arrays = [column.array() for column in self._columns]
        return Sketches(*arrays)._replace(signatures=arrays[2].reshape(-1, self._width))


def join(parts: Iterable[Sketches | str | os.PathLike[str]]) -> Sketches:
    """All sketches in order as one; paths are read one at a time."""
    joiner = Joiner()
    for part in parts:
        joiner.add(part)
    return joiner.joined()
