"""Sketches: what duplicates are found by, about five bytes a word; made in workers, kept in files, never the text."""

import datetime
import os
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.minhash import EMPTY, sign
from newsclean.duplicates.salience import UNKNOWN, language_code, tell_languages
from newsclean.duplicates.words import split
from newsclean.errors import InputError
from newsclean.settings import DuplicateSettings

VERSION = 2  # of the words, shingles and signatures; sketches of two versions must not meet
_MAGIC = b"newsclean-sketches"
_HEADER = struct.Struct("<32sIIqq")  # magic, version, width of signatures, documents, words
_ALIGNMENT = 64
NO_DAY = -(1 << 31)
LOST = 40  # code points that cleaning removes from a text at least before its raw text is looked at
_TOLD = 255  # language code that asks to be told from the words


class Sketches(NamedTuple):
    """The sketches of n documents."""

    words: NDArray[np.uint32]
    """The words of all documents, one after the other; see words.py."""
    bounds: NDArray[np.int64]
    """n + 1 bounds of the documents in `words`."""
    signatures: NDArray[np.uint32]
    """MinHash signatures, n x (bands * rows)."""
    digests: NDArray[np.uint64]
    """64-bit digests of the words in order; 0 for a document without words."""
    days: NDArray[np.int32]
    """Days since 1 January of year 1, `NO_DAY` where there is no date."""
    sources: NDArray[np.uint32]
    """Hashes of source names, 0 where there is none."""
    languages: NDArray[np.uint8]
    """Language codes; see salience.py."""
    lengths: NDArray[np.int64]
    """Lengths of the texts in code points."""

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
        """Write to a file that appears only when it is complete."""
        path = Path(path)
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        with partial.open("wb") as file:
            file.write(_HEADER.pack(_MAGIC, VERSION, self.signatures.shape[1], self.size, len(self.words)))
            for array in self:
                file.write(b"\0" * (-file.tell() % _ALIGNMENT))
                file.write(np.ascontiguousarray(array).data)
        partial.replace(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Sketches":
        """Sketches from a file, mapped into memory, not read.

        Raises:
            InputError: the file is not one of sketches, is of another version, or is cut off.
        """
        try:
            data = np.memmap(path, np.uint8, "r")
            magic, version, size, count, words = _HEADER.unpack(data[: _HEADER.size].tobytes())
        except (OSError, ValueError, struct.error) as error:
            raise InputError(f"cannot read sketches from {path}: {error}") from error
        if magic.rstrip(b"\0") != _MAGIC or version != VERSION:
            raise InputError(f"{path} does not hold sketches of version {VERSION}: delete it and run again")
        shapes = ((words,), (count + 1,), (count, size), *(((count,),) * 5))
        arrays, at = [], _HEADER.size
        for shape, kind in zip(shapes, _KINDS, strict=True):
            at += -at % _ALIGNMENT
            end = at + int(np.prod(shape)) * np.dtype(kind).itemsize
            if end > len(data):
                raise InputError(f"{path} is cut off: delete it and run again")
            arrays.append(np.asarray(data[at:end]).view(kind).reshape(shape))
            at = end
        return cls(*arrays)


_KINDS = (np.uint32, np.int64, np.uint32, np.uint64, np.int32, np.uint32, np.uint8, np.int64)


def sketch_batch(
    documents: Sequence[str | Mapping[str, Any]], settings: DuplicateSettings = DuplicateSettings()
) -> Sketches:
    """The sketches of some documents: texts, or mappings with `text` and optional `title`, `date`, `source`, `lang`.

    Depends on nothing but its arguments, so that batches can be cut anywhere and sketched by any number of processes.

    >>> sketches = sketch_batch(["Stocks fell.", {"text": "", "date": "2024-05-01"}])
    >>> sketches.bounds.tolist(), sketches.lengths.tolist()
    ([0, 2, 2], [12, 0])
    """
    records = [{"text": document} if isinstance(document, str) else document for document in documents]
    words, bounds = split([_full_text(record) for record in records])
    signatures, digests = sign(words, bounds, settings.bands * settings.rows)
    given = [record.get("lang") for record in records]
    codes = [language_code(name) if isinstance(name, str) and name else _TOLD for name in given]
    languages = np.array(codes, np.uint8)
    tell_languages(words, bounds, languages)
    return Sketches(
        words,
        bounds,
        signatures,
        digests,
        np.array([day_of(record.get("date")) for record in records], np.int32),
        np.array([source_hash(record.get("source")) for record in records], np.uint32),
        languages,
        np.array([len(record["text"]) for record in records], np.int64),
    )


def sketch_raw(
    documents: Sequence[str | Mapping[str, Any]], settings: DuplicateSettings = DuplicateSettings()
) -> Sketches:
    """The sketches of `raw`, the text before it was cleaned, of those documents that cleaning made shorter.

    The others, as those without `raw`, count as empty: what has lost nothing is paired for nothing that it has lost.

    >>> sketch_raw(["Stocks fell.", {"text": "", "raw": "Share"}, {"text": "Up.", "raw": "Up. " * 50}]).bounds.tolist()
    [0, 0, 0, 50]
    """
    shorter: dict[int, Mapping[str, Any]] = {}
    for row, document in enumerate(documents):
        raw = None if isinstance(document, str) else document.get("raw")
        if isinstance(raw, str) and not isinstance(document, str) and len(raw) - len(document["text"]) >= LOST:
            shorter[row] = {**document, "text": raw}
    sketched, rows = sketch_batch(list(shorter.values()), settings), np.array(list(shorter), np.int64)
    whole = no_sketches(len(documents), settings)
    whole.bounds[rows + 1] = np.diff(sketched.bounds)
    np.cumsum(whole.bounds, out=whole.bounds)
    columns: list[tuple[NDArray[Any], NDArray[Any]]] = list(zip(whole[2:], sketched[2:], strict=True))
    for column, values in columns:
        column[rows] = values
    return whole._replace(words=sketched.words)


def no_sketches(count: int, settings: DuplicateSettings) -> Sketches:
    """The sketches of so many empty texts."""
    signatures = np.full((count, settings.bands * settings.rows), EMPTY, np.uint32)
    words, bounds, digests = np.empty(0, np.uint32), np.zeros(count + 1, np.int64), np.zeros(count, np.uint64)
    days, sources = np.full(count, NO_DAY, np.int32), np.zeros(count, np.uint32)
    languages, lengths = np.full(count, UNKNOWN, np.uint8), np.zeros(count, np.int64)
    return Sketches(words, bounds, signatures, digests, days, sources, languages, lengths)


class Joiner:
    """Sketches put together batch by batch, in buffers that grow in place, so that memory holds everything once."""

    def __init__(self) -> None:
        self._buffers: list[NDArray[Any]] = []
        self._used: list[int] = []

    def add(self, part: Sketches) -> None:
        """Copy a batch behind what there is.

        Raises:
            InputError: it was made with another number of bands or rows.
        """
        if not self._buffers:
            self._buffers = [np.zeros((1, *column.shape[1:]), column.dtype) for column in part]
            self._used = [0] * len(part)
            self._used[1] = 1  # the first bound is 0
        if part.signatures.shape[1] != self._buffers[2].shape[1]:
            raise InputError("sketches made with different numbers of bands and rows cannot be compared")
        words = self._used[0]
        columns: tuple[NDArray[Any], ...] = tuple(part)
        for at, column in enumerate(columns):
            rows = column[1:] + words if at == 1 else column
            used = self._used[at]
            if used + len(rows) > len(self._buffers[at]):
                size = max(used + len(rows), len(self._buffers[at]) * 5 // 4)
                self._buffers[at].resize((size, *rows.shape[1:]), refcheck=False)
            self._buffers[at][used : used + len(rows)] = rows
            self._used[at] = used + len(rows)

    @property
    def size(self) -> int:
        """Number of documents so far."""
        return self._used[-1] if self._used else 0

    def joined(self) -> Sketches:
        """All batches as one; nothing can be added afterwards."""
        if not self._buffers:
            return sketch_batch([])
        return Sketches(*(buffer[:used] for buffer, used in zip(self._buffers, self._used, strict=True)))


def join(parts: Iterable[Sketches | str | os.PathLike[str]]) -> Sketches:
    """All sketches in order as one; paths are read one at a time."""
    joiner = Joiner()
    for part in parts:
        joiner.add(part if isinstance(part, Sketches) else Sketches.load(part))
    return joiner.joined()


def day_of(date: Any) -> int:
    """The day number of a date (a `date`, a `datetime` or a string that begins YYYY-MM-DD), else `NO_DAY`.

    >>> day_of("2024-05-01T10:00:00Z") - day_of("2024-04-30")
    1
    """
    if date is None:
        return NO_DAY
    if isinstance(date, datetime.date):
        return date.toordinal()
    try:
        return datetime.date.fromisoformat(date[:10]).toordinal()
    except (TypeError, ValueError, IndexError, KeyError):
        return NO_DAY


def source_hash(source: Any) -> int:
    """A 32-bit hash of a source's name (FNV-1a of its bytes, never 0); 0 where there is none."""
    if not isinstance(source, str) or not source:
        return 0
    value = 2166136261
    for byte in source.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value or 1


def _full_text(record: Mapping[str, Any]) -> str:
    """Text with its title in front, unless it begins with it."""
    text, title = record.get("text"), record.get("title")
    if not isinstance(text, str):
        raise TypeError(f"a document needs a text (str), got {type(text).__name__}")
    if not isinstance(title, str) or not title.strip() or text.lstrip().startswith(title.strip()):
        return text
    return f"{title}\n\n{text}"
