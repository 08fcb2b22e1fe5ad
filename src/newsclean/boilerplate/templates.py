"""Templates: lines that a source repeats from article to article, and headlines that stand above other articles."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import LineColumn, Lines, lengths, prose, scan
from newsclean.compilation import Column, Table, kernel
from newsclean.errors import InputError, OutputError

VERSION = 1
LINES = 20_000_000  # counted at once, about 2 GB; above, those seen once are forgotten
CHUNK = 500  # documents scanned at once
SUPPORT = 2  # documents that must have a line
LEAST_SHARE = 0.01  # and this share of the source's documents: chance repeats grow with their number
TITLE_WORDS = 4  # shorter titles are too often words of an article
COPY = 0.5  # a document with this share of its paragraphs seen before is a copy, whose lines prove nothing
REPEATED, TITLE = 1, 2
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Templates:
    """What the sources of a dump repeat. Made by `learn_templates`, kept in a small file, given to `strip_batch`.

    >>> from newsclean import learn_templates
    >>> lines = ["The port of Lisbon stays closed.", "Prices of wheat rose again.", "A bridge was opened on Monday."]
    >>> articles = [{"text": f"{line}\\n\\nMore on page two of the Gazette", "source": "gazette.org"} for line in lines]
    >>> learn_templates(articles)
    Templates(1 line, 0 titles)
    """

    def __init__(self, repeated: NDArray[np.uint64], titles: NDArray[np.uint64]) -> None:
        """`repeated`: sorted keys of a source's lines; `titles`: sorted keys of titles of articles."""
        self.repeated = repeated
        self.titles = titles

    def __len__(self) -> int:
        return len(self.repeated) + len(self.titles)

    def __repr__(self) -> str:
        lines, titles = len(self.repeated), len(self.titles)
        return f"Templates({lines:,} line{'s' * (lines != 1)}, {titles:,} title{'s' * (titles != 1)})"

    def save(self, path: str | Path) -> None:
        """Write a file that `load` reads.

        Raises:
            OutputError: the file cannot be written.
        """
        try:
            with open(path, "wb") as file:
                np.savez_compressed(file, version=np.int64(VERSION), repeated=self.repeated, titles=self.titles)
        except OSError as error:
            raise OutputError(f"cannot write templates to {path}: {error}") from error

    @classmethod
    def load(cls, path: str | Path) -> "Templates":
        """Templates from a file.

        Raises:
            InputError: it cannot be read, or is no file of templates, or one of another version.
        """
        try:
            with np.load(path) as data:
                if int(data["version"]) != VERSION:
                    raise InputError(f"{path} has templates of version {int(data['version'])}; this reads {VERSION}")
                return cls(data["repeated"], data["titles"])
        except OSError as error:
            raise InputError(f"cannot read templates from {path}: {error.strerror or error}") from error
        except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise InputError(f"{path} is no file of templates, or a damaged one") from error


def learn_templates(documents: Iterable[Mapping[str, Any]], by: str = "source") -> Templates:
    """What the documents with the same value of `by` repeat. One pass; documents without text are passed over."""
    learner = _Learner()
    iterator = iter(documents)
    while chunk := list(islice(iterator, CHUNK)):
        learner.add([document for document in chunk if isinstance(document.get("text"), str)], by)
    return learner.templates()


class _Learner:
    """Counts in how many documents of its source each line stands."""

    def __init__(self) -> None:
        self.count: dict[int, int] = {}
        self.documents: dict[int, int] = {}
        self.source: dict[int, int] = {}
        self.paragraphs: set[int] = set()
        self.titles: set[int] = set()

    def add(self, documents: list[Mapping[str, Any]], by: str) -> None:
        lines = scan([document["text"] for document in documents])
        keys = line_keys(lines)
        is_prose = prose(lines, lengths(lines))
        bounds = np.searchsorted(lines.table[:, LineColumn.TEXT], np.arange(len(documents) + 1))
        for number, document in enumerate(documents):
            rows = slice(bounds[number], bounds[number + 1])
            self._title(document.get("title"))
            source = source_key(document.get(by))
            self._count(source, keys[rows] ^ source, is_prose[rows])
        if len(self.count) > LINES:
            self.count = {key: count for key, count in self.count.items() if count > 1}
        if len(self.paragraphs) > LINES:
            self.paragraphs.clear()

    def _title(self, title: object) -> None:
        """Only titles that a document names: a text's first line too often is a line of the article."""
        lines = scan([title]) if isinstance(title, str) else None
        if lines is not None and len(lines.table) == 1 and lines.table[0, LineColumn.WORDS] >= TITLE_WORDS:
            self.titles.add(int(line_keys(lines)[0]))

    def _count(self, source: np.uint64, keys: NDArray[np.uint64], is_prose: NDArray[np.bool_]) -> None:
        paragraphs = set(keys[is_prose].tolist())
        seen = len(paragraphs & self.paragraphs)
        self.paragraphs |= paragraphs
        if paragraphs and seen >= COPY * len(paragraphs):
            return
        self.documents[int(source)] = self.documents.get(int(source), 0) + 1
        for key in set(keys.tolist()):
            self.count[key] = self.count.get(key, 0) + 1
            self.source[key] = int(source)

    def templates(self) -> Templates:
        repeated = [
            key
            for key, count in self.count.items()
            if count >= max(SUPPORT, LEAST_SHARE * self.documents[self.source[key]])
        ]
        return Templates(np.array(sorted(repeated), np.uint64), np.array(sorted(self.titles), np.uint64))


def line_keys(lines: Lines) -> NDArray[np.uint64]:
    """A key of the words of each line, in which all numbers are alike."""
    keys = np.empty(len(lines.table), np.uint64)
    _line_keys(lines.table, lines.words, keys)
    return keys


@kernel(entry=True, interpreted=True)
def _line_keys(lines: Table[np.int32], words: Column[np.uint64], keys: Column[np.uint64]) -> None:
    for row in range(len(lines)):
        key = np.uint64(0)
        for position in range(lines[row, LineColumn.WORDS]):
            word = np.uint64(words[lines[row, LineColumn.WORD] + position])
            if word & np.uint64(3) == 1:
                word = np.uint64(1)
            key += (word ^ word >> np.uint64(31)) * (np.uint64(position) * _MIX | np.uint64(1))
        keys[row] = key * _MIX


def known_lines(lines: Lines, templates: Templates, sources: Sequence[object]) -> NDArray[np.int8]:
    """Which lines are REPEATED by their text's source, or stand, other than first in their text, as a TITLE elsewhere
    (0: neither). `sources` has the source of each text of the batch."""
    keys = line_keys(lines)
    text = lines.table[:, LineColumn.TEXT]
    own = np.array([source_key(source) for source in sources], np.uint64)[text]
    later = np.append(False, text[1:] == text[:-1])[: len(text)]
    title = later & _among(keys, templates.titles) & (lines.table[:, LineColumn.WORDS] >= TITLE_WORDS)
    repeated = _among(keys ^ own, templates.repeated) & (lines.table[:, LineColumn.WORDS] > 0)
    known: NDArray[np.int8] = np.where(title, TITLE, np.where(repeated, REPEATED, 0)).astype(np.int8)
    return known


def _among(keys: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def source_key(source: object) -> np.uint64:
    """A source as 64 bits; all texts without one are one source."""
    digest = hashlib.blake2b(str(source or "").encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))
