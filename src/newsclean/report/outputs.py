"""What a run wrote, read again: its articles with their edits, pairs, clusters and rejects."""

import functools
import hashlib
import os
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec
import numpy as np

from newsclean.edits import Edit, revert
from newsclean.errors import EditError, InputError
from newsclean.formats.base import Document, Reject, Source
from newsclean.formats.fields import Fields
from newsclean.formats.inputs import read_chunks
from newsclean.formats.json_rows import loads
from newsclean.formats.kinds import kind_of
from newsclean.jobs.encoding import read_documents


class Article(NamedTuple):
    """An article of a run: its cleaned text, what was changed, and whether it was dropped."""

    document: Document
    edits: tuple[Edit, ...]
    """In code points of the raw text; empty as well where they do not fit the text any more."""
    flags: tuple[str, ...]
    is_dropped: bool

    @property
    def raw(self) -> str:
        """The text before the run."""
        return revert(self.document["text"], self.edits)


class RunOutputs:
    """The output directory of a finished run.

    Raises:
        InputError: there is no finished run in the directory.
    """

    def __init__(self, folder: Path, fields: Fields = Fields()) -> None:
        self.folder = folder
        self._fields = fields
        if not (folder / "summary.json").is_file():
            raise InputError(
                f"{folder} holds no finished run: summary.json is missing; give the --out of newsclean run"
            )

    @functools.cached_property
    def summary(self) -> dict[str, Any]:
        """The counts of the run."""
        try:
            found = loads((self.folder / "summary.json").read_bytes())
        except ValueError as error:
            raise InputError(f"{self.folder / 'summary.json'} is damaged: {error}") from error
        return found if isinstance(found, dict) else {}

    def articles(self) -> Iterator[Article]:
        """Kept articles in order, then dropped ones. Of the edits, only the places in their file are held."""
        path = self.folder / "edits.jsonl"
        changes = _EditsIndex(path)
        with open(path if path.is_file() else os.devnull, "rb") as file:
            for name, is_dropped in (("articles", False), ("dropped", True)):
                for document in self._documents(name):
                    yield _article(document, changes.of(file, document["id"], last=is_dropped), is_dropped)

    def pairs(self) -> Iterator[dict[str, Any]]:
        """Verified pairs: `left`, `right`, `relation`, `similarity`, `story`."""
        return self._rows("pairs.jsonl")

    def clusters(self) -> Iterator[dict[str, Any]]:
        """Clusters: `kind` (`duplicate` or `story`), `id`, `keep`, `members`."""
        return self._rows("clusters.jsonl")

    def rejects(self) -> Iterator[dict[str, Any]]:
        """What was not read: `file`, `line`, `reason`."""
        return self._rows("rejects.jsonl")

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        path = self.folder / name
        if not path.is_file():
            return
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield loads(line)
                except ValueError as error:
                    raise InputError(f"{path} line {number} is damaged: {error}; run newsclean again") from error

    def _documents(self, name: str) -> Iterator[Document]:
        for each in read_documents(read_chunks(list(self._sources(name)), self._fields)):
            if isinstance(each, Reject):
                raise InputError(str(each))
            yield each

    def _sources(self, name: str) -> Iterator[Source]:
        """The files `name.*`, or the text files below the folder `name`, whose ids are their paths in it."""
        folder = self.folder / name
        for path in sorted(folder.rglob("*.txt") if folder.is_dir() else []):
            yield Source(str(path), path.relative_to(folder).as_posix().removesuffix(".txt"), "txt")
        for path in sorted(self.folder.glob(f"{name}.*")):
            kind = kind_of(str(path))
            if kind is not None and path.is_file() and path.stat().st_size:
                yield Source(str(path), path.name, *kind)


class _EditsIndex:
    """Where the edits of each article stand in `edits.jsonl`: 16 bytes an article."""

    def __init__(self, path: Path) -> None:
        keys, places = array("Q"), array("q")
        with open(path if path.is_file() else os.devnull, "rb") as lines:
            place = 0
            for number, line in enumerate(lines, 1):
                try:
                    keys.append(int(id_key(_id(line))))
                except (ValueError, KeyError, TypeError) as error:
                    raise InputError(f"{path} line {number} is damaged: {error}; run newsclean again") from error
                places.append(place)
                place += len(line)
        found = np.frombuffer(keys, np.uint64) if keys else np.empty(0, np.uint64)
        order = np.argsort(found, kind="stable")
        self._keys, self._places = found[order], np.frombuffer(places, np.int64)[order] if places else order
        self._path = path

    def of(self, file: BinaryIO, name: str, *, last: bool) -> dict[str, Any] | None:
        """The row of an article. Records of one id have a row each; the first is that of the article that is kept."""
        key = id_key(name)
        low, high = np.searchsorted(self._keys, key), np.searchsorted(self._keys, key, "right")
        if low == high:
            return None
        file.seek(int(self._places[high - 1 if last else low]))
        try:
            row: dict[str, Any] = loads(file.readline())
        except ValueError as error:
            raise InputError(f"{self._path} is damaged: {error}; run newsclean again") from error
        return row


class _Id(msgspec.Struct):
    id: str


_id_of = msgspec.json.Decoder(_Id).decode


def _id(line: bytes) -> str:
    """The id of a row. Lone surrogates in its texts are more than msgspec takes."""
    try:
        return _id_of(line).id
    except msgspec.MsgspecError:
        return str(loads(line)["id"])


def id_key(name: str) -> np.uint64:
    """A number that stands for an id."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _article(document: Document, change: dict[str, Any] | None, is_dropped: bool) -> Article:
    if change is None:
        return Article(document, (), (), is_dropped)
    edits = tuple(Edit(**edit) for edit in change["edits"])
    try:
        revert(document["text"], edits)
    except EditError:
        edits = ()
    return Article(document, edits, tuple(change["flags"]), is_dropped)
