"""Which files a run reads: directories, globs, files and standard input, in a fixed order."""

import glob
import importlib
import itertools
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from newsclean.errors import InputError
from newsclean.formats import txt
from newsclean.formats.base import MAX_RECORD, STDIN, Chunk, Format, Reject, Source

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
MANIFEST = ".newsclean-manifest.jsonl"
"""Lies in a directory that a run wrote, and names what it wrote."""
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


class Inputs(NamedTuple):
    """What was found of the inputs that were named."""

    sources: list[Source]
    rejects: list[Reject]
    """Files and folders that cannot be read, one each."""
    skipped: list[Reject]
    """Files that are none of ours: pipes, devices."""


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


def find_inputs(inputs: Sequence[str | os.PathLike[str]], exclude: Path | None = None) -> Inputs:
    """All files that `inputs` name, each once, sorted within a directory or glob; nothing below `exclude`.

    Raises:
        InputError: an input does not exist, has an unknown suffix, or there is no article file at all.
    """
    found: dict[str | Reject, None] = {}
    for given in inputs:
        found.update(dict.fromkeys(_files(os.fspath(given))))
    if exclude is not None:
        below = os.path.join(os.path.realpath(exclude), "")
        found = {each: None for each in found if not os.path.realpath(_path(each)).startswith(below)}
    usable: list[str] = []
    rejects: list[Reject] = []
    skipped: list[Reject] = []
    for each in found:
        problem = each if isinstance(each, Reject) else _unreadable(each)
        if problem is not None:
            (skipped if problem.reason.startswith("skipped") else rejects).append(problem)
        elif isinstance(each, str):
            usable.append(each)
    if not usable and not rejects:
        raise InputError(f"no articles in {', '.join(map(str, inputs))}: looked for {', '.join(FORMATS)}")
    files = [path for path in usable if path != STDIN]
    root = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in files]) if files else ""
    return Inputs([_source(path, root) for path in usable], rejects, skipped)


def _path(found: str | Reject) -> str:
    return found if isinstance(found, str) else found.file


def _unreadable(path: str) -> Reject | None:
    """Why a file is not opened: opening a pipe waits for ever, a device may do anything."""
    if path == STDIN:
        return None
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        link = "a symbolic link to nothing" if os.path.islink(path) else "cannot be read"
        return Reject(path, None, f"{link}: {error.strerror or error}")
    kind = _KINDS.get(stat.S_IFMT(mode))
    return Reject(path, None, f"skipped: {kind}, not a file") if kind else None


def _source(path: str, root: str) -> Source:
    if path == STDIN:
        return Source(STDIN, "stdin", "jsonl")
    name = Path(os.path.relpath(os.path.abspath(path), root)).as_posix()
    format_name = FORMATS[suffix(path)]
    return Source(path, name.removesuffix(".txt") if format_name == "txt" else name, format_name)


def _files(given: str) -> Iterator[str | Reject]:
    if given == STDIN:
        yield STDIN
    elif os.path.isdir(given):
        yield from _walk(given)
    elif os.path.lexists(given):
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


def _walk(top: str) -> Iterator[str | Reject]:
    """The files below a folder, folders that cannot be listed as rejects. Links to folders are not followed."""
    problems: list[OSError] = []
    for directory, folders, names in os.walk(top, onerror=problems.append):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        for folder in folders:
            path = os.path.join(directory, folder)
            if os.path.islink(path):
                yield Reject(path, None, "skipped: a symbolic link to a folder is not followed")
        ours = MANIFEST in names  # the results of a run: only its articles are articles
        for name in sorted(names):
            if suffix(name) and name != MANIFEST:
                path = os.path.join(directory, name)
                reason = "skipped: a result of newsclean other than its articles"
                yield Reject(path, None, reason) if ours and not name.startswith("articles.") else path
    for error in problems:
        yield Reject(str(error.filename or top), None, f"the folder cannot be read: {error.strerror or error}")


def read_chunks(
    sources: Sequence[Source], stdin: BinaryIO | None = None, limit: int = MAX_RECORD
) -> Iterator[Chunk | Reject]:
    """Chunks of all sources in order; files that cannot be opened are rejected, the rest goes on."""
    for format_name, group in itertools.groupby(sources, key=lambda source: source.format):
        chunks = itertools.chain.from_iterable(_chunks(source, stdin, limit) for source in group)
        yield from txt.pack(chunks) if format_name == "txt" else chunks


def _chunks(source: Source, stdin: BinaryIO | None, limit: int) -> Iterator[Chunk | Reject]:
    try:
        yield from reader(source.format).chunks(source, stdin if source.path == STDIN else None, limit)
    except OSError as error:
        yield Reject(source.path, None, f"cannot be read: {error.strerror or error}")


def total_bytes(sources: Sequence[Source]) -> int | None:
    """The size of all inputs, if it can be known."""
    if any(source.path == STDIN for source in sources):
        return None
    return sum(os.path.getsize(source.path) for source in sources if os.path.exists(source.path))
