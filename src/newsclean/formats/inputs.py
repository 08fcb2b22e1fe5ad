"""Which files a run reads: directories, globs, files and standard input, in a fixed order."""

import glob
import importlib
import itertools
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from newsclean.errors import InputError
from newsclean.formats import txt
from newsclean.formats.base import STDIN, Chunk, Format, Reject, Source

FORMATS = {
    ".txt": "txt",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".jsonl.zst": "jsonl",
    ".parquet": "parquet",
    ".wet": "wet",
    ".wet.gz": "wet",
}
"""Suffix → module of this package that reads it. Imported when first needed: pyarrow costs 0.2 s."""


def reader(name: str) -> Format:
    """The format called `name`."""
    found: Format = importlib.import_module(f"newsclean.formats.{name}").FORMAT
    return found


def suffix(path: str) -> str:
    """The suffix of `path` that FORMATS knows, or nothing.

    >>> suffix("crawl/2025-11.jsonl.gz")
    '.jsonl.gz'
    """
    name = os.path.basename(path)
    return next((known for known in sorted(FORMATS, key=len, reverse=True) if name.endswith(known)), "")


def find_inputs(inputs: Sequence[str | os.PathLike[str]], exclude: Path | None = None) -> list[Source]:
    """All files that `inputs` name, each once, sorted within a directory or glob; nothing below `exclude`.

    Raises:
        InputError: an input does not exist, has an unknown suffix, or there is no article file at all.
    """
    paths: dict[str, None] = {}
    for given in inputs:
        paths.update(dict.fromkeys(_files(os.fspath(given))))
    if exclude is not None:
        below = os.path.join(os.path.realpath(exclude), "")
        paths = {path: None for path in paths if not os.path.realpath(path).startswith(below)}
    if not paths:
        raise InputError(f"no articles in {', '.join(map(str, inputs))}: looked for {', '.join(FORMATS)}")
    files = [path for path in paths if path != STDIN]
    root = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in files]) if files else ""
    return [_source(path, root) for path in paths]


def _source(path: str, root: str) -> Source:
    if path == STDIN:
        return Source(STDIN, "stdin", "jsonl")
    name = Path(os.path.relpath(os.path.abspath(path), root)).as_posix()
    format_name = FORMATS[suffix(path)]
    return Source(path, name.removesuffix(".txt") if format_name == "txt" else name, format_name)


def _files(given: str) -> Iterator[str]:
    if given == STDIN:
        yield STDIN
    elif os.path.isdir(given):
        for directory, folders, names in os.walk(given):
            folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
            yield from (os.path.join(directory, name) for name in sorted(names) if suffix(name))
    elif os.path.exists(given):
        if not suffix(given):
            raise InputError(f"{given}: unknown format; newsclean reads {', '.join(FORMATS)}, directories and -")
        yield given
    else:
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise InputError(f"{given}: no such file or directory")
        for match in matches:
            if os.path.isdir(match) or suffix(match):
                yield from _files(match)


def read_chunks(sources: Sequence[Source], stdin: BinaryIO | None = None) -> Iterator[Chunk | Reject]:
    """Chunks of all sources in order; files that cannot be opened are rejected, the rest goes on."""
    for format_name, group in itertools.groupby(sources, key=lambda source: source.format):
        chunks = itertools.chain.from_iterable(_chunks(source, stdin) for source in group)
        yield from txt.pack(chunks) if format_name == "txt" else chunks


def _chunks(source: Source, stdin: BinaryIO | None) -> Iterator[Chunk | Reject]:
    try:
        yield from reader(source.format).chunks(source, stdin if source.path == STDIN else None)
    except OSError as error:
        yield Reject(source.path, None, f"cannot be read: {error.strerror or error}")


def total_bytes(sources: Sequence[Source]) -> int | None:
    """The size of all inputs, if it can be known."""
    if any(source.path == STDIN for source in sources):
        return None
    return sum(os.path.getsize(source.path) for source in sources)
