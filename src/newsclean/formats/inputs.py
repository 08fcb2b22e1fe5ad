"""Which files a run reads: directories, globs, files, addresses and standard input, in a fixed order."""

import glob
import io
import itertools
import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from newsclean.errors import InputError, NewscleanError
from newsclean.formats.base import MAX_RECORD, STDIN, Chunk, Reject, Source
from newsclean.formats.fields import Choice, Fields, choose
from newsclean.formats.kinds import kind_of, reader, sniffed
from newsclean.formats.places import is_remote, open_binary, remote_files, size_of, unreachable
from newsclean.formats.readers import text

MANIFEST = ".newsclean-manifest.jsonl"
"""Lies in a directory that a run wrote, and names what it wrote."""
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}
_DESCRIPTIONS = ("dataset_info.json", "dataset_dict.json", "state.json", "_SUCCESS", "_metadata", "_common_metadata")
_SHOWN = "txt, md, jsonl, ndjson, json, csv, tsv, parquet, arrow, feather, html, warc, wet; .gz, .zst, .bz2, .xz"


class Inputs(NamedTuple):
    """What was found of the inputs that were named."""

    sources: list[Source]
    rejects: list[Reject]
    """Files and folders that cannot be read, one each."""
    skipped: list[Reject]
    """Files that are none of ours: of other kinds, pipes, devices, descriptions of data sets."""


def find_inputs(
    inputs: Sequence[str | os.PathLike[str]], exclude: Path | None = None, input_format: str | None = None
) -> Inputs:
    """All files that `inputs` name, each once, sorted within a directory or glob; nothing below `exclude`.

    `input_format` says what all files are that have a name of no known kind, or what standard input is.

    Raises:
        InputError: an input does not exist, or there is no article file at all.
    """
    if isinstance(inputs, (str, os.PathLike)):
        raise InputError(f"inputs must be a list of paths, not one: [{os.fspath(inputs)!r}]")
    found: dict[str | Reject, None] = {}
    for given in inputs:
        found.update(dict.fromkeys(_files(os.fspath(given))))
    if exclude is not None:
        below = os.path.join(os.path.realpath(exclude), "")
        found = {each: None for each in found if not os.path.realpath(_path(each)).startswith(below)}
    usable, rejects, skipped = list[str](), list[Reject](), list[Reject]()
    for each in found:
        problem = each if isinstance(each, Reject) else _unusable(each, input_format)
        if problem is not None:
            (skipped if problem.reason.startswith("skipped") else rejects).append(problem)
        elif isinstance(each, str):
            usable.append(each)
    if not usable and not rejects:
        others = "".join(f" ({each.file}: {each.reason.removeprefix('skipped: ')})" for each in skipped[:3])
        raise InputError(
            f"no articles in {', '.join(map(str, inputs))}{others}: newsclean reads {_SHOWN}; "
            "--input-format says what a file with another name is"
        )
    root = _root(usable)
    return Inputs([_source(path, root, input_format) for path in usable], rejects, skipped)


def _path(found: str | Reject) -> str:
    return found if isinstance(found, str) else found.file


def _unusable(path: str, input_format: str | None) -> Reject | None:
    """Why a file is not opened: opening a pipe waits for ever, a device may do anything."""
    if path == STDIN:
        return None
    if kind_of(path, input_format) is None:
        suffix = PurePosixPath(path).suffix or "no suffix"
        return Reject(path, None, f"skipped: not of a kind that newsclean reads ({suffix})")
    if is_remote(path):
        return None
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        link = "a symbolic link to nothing" if os.path.islink(path) else "cannot be read"
        return Reject(path, None, f"{link}: {error.strerror or error}")
    kind = _KINDS.get(stat.S_IFMT(mode))
    return Reject(path, None, f"skipped: {kind}, not a file") if kind else None


def _root(paths: Sequence[str]) -> str:
    """The directory that all local files lie below."""
    files = [path for path in paths if path != STDIN and not is_remote(path)]
    return os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in files]) if files else ""


def _source(path: str, root: str, input_format: str | None) -> Source:
    if path == STDIN:
        return Source(STDIN, "stdin", input_format or "")
    kind = kind_of(path, input_format)
    assert kind is not None  # others were skipped
    name = path if is_remote(path) else Path(os.path.relpath(os.path.abspath(path), root)).as_posix()
    return Source(path, name.removesuffix(".txt") if kind.format == "txt" else name, *kind)


def _files(given: str) -> Iterator[str | Reject]:
    if given == STDIN:
        yield STDIN
    elif is_remote(given):
        yield from _remote(given)
    elif os.path.isdir(given):
        yield from _walk(given)
    elif os.path.lexists(given):
        yield given
    else:
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise InputError(f"{given}: no such file or directory")
        for directory, paths in itertools.groupby(matches, key=os.path.dirname):
            why_skipped = _why_skipped(directory, os.listdir(directory or "."))
            for path in paths:
                if os.path.isdir(path):
                    yield from _walk(path)
                else:
                    reason = why_skipped(os.path.basename(path))
                    yield Reject(path, None, f"skipped: {reason}") if reason else path


def _walk(top: str) -> Iterator[str | Reject]:
    """The files below a folder, folders that cannot be listed as rejects. Links to folders are not followed."""
    problems: list[OSError] = []
    for directory, folders, names in os.walk(top, onerror=problems.append):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        for folder in folders:
            path = os.path.join(directory, folder)
            if os.path.islink(path):
                yield Reject(path, None, "skipped: a symbolic link to a folder is not followed")
        why_skipped = _why_skipped(directory, names)
        for name in sorted(names):
            path, reason = os.path.join(directory, name), why_skipped(name)
            yield Reject(path, None, f"skipped: {reason}") if reason else path
    for error in problems:
        yield Reject(str(error.filename or top), None, f"the folder cannot be read: {error.strerror or error}")


def _remote(given: str) -> Iterator[str | Reject]:
    """The files at an address, without those that are no articles."""
    paths = list(remote_files(given))
    names: dict[str, list[str]] = {}
    for path in paths:
        directory, _, name = path.rpartition("/")
        names.setdefault(directory, []).append(name)
    for path in paths:
        directory, _, name = path.rpartition("/")
        reason = _why_skipped(directory, names[directory])(name)
        yield Reject(path, None, f"skipped: {reason}") if reason else path


def _why_skipped(directory: str, names: Sequence[str]) -> Callable[[str], str | None]:
    """Why files of a folder are not read though they are of a known kind."""
    shards = _shards(directory) if "state.json" in names else None

    def reason(name: str) -> str | None:
        if name == MANIFEST or (MANIFEST in names and not name.startswith("articles.")):
            return "a result of newsclean other than its articles"
        if name.startswith("."):
            return "a hidden file"
        if name in _DESCRIPTIONS:
            return "a description of a data set"
        if shards and name.endswith(".arrow") and name not in shards:
            return "a cache of a data set"
        return None

    return reason


def _shards(directory: str) -> set[str]:
    """The files that a saved Hugging Face dataset consists of."""
    try:
        with open_binary(f"{directory or '.'}/state.json") as file:
            state = json.load(file)
        return {str(file["filename"]) for file in state["_data_files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def read_chunks(
    sources: Sequence[Source],
    fields: Fields = Fields(),
    stdin: BinaryIO | None = None,
    limit: int = MAX_RECORD,
    report: Callable[[Source, Choice], None] = lambda source, choice: None,
) -> Iterator[Chunk | Reject]:
    """Chunks of all sources in order, each with the fields of its file; what cannot be opened is rejected.

    `report` is called with the fields of each file for which they were looked for.
    """
    for format_name, group in itertools.groupby(sources, key=lambda source: source.format):
        chunks = itertools.chain.from_iterable(_chunks(source, fields, stdin, limit, report) for source in group)
        yield from text.pack(chunks) if format_name == "txt" else chunks


def _chunks(
    source: Source,
    fields: Fields,
    stdin: BinaryIO | None,
    limit: int,
    report: Callable[[Source, Choice], None],
) -> Iterator[Chunk | Reject]:
    try:
        if source.path == STDIN:
            raw, kind = sniffed(stdin or io.BytesIO(), source.format or None)
            source = source._replace(format=kind.format, compression=kind.compression)
            yield from _with_fields(source, raw, fields, limit, report)
            return
        with open_binary(source.path) as raw:
            yield from _with_fields(source, raw, fields, limit, report)
    except NewscleanError:
        raise
    except OSError as error:
        yield Reject(source.path, None, f"cannot be read: {error.strerror or error}")
    except Exception as error:  # each file system has its own errors
        if not is_remote(source.path):
            raise
        yield Reject(source.path, None, unreachable(error))


def _with_fields(
    source: Source, raw: BinaryIO, fields: Fields, limit: int, report: Callable[[Source, Choice], None]
) -> Iterator[Chunk | Reject]:
    found = reader(source.format)
    choice: Choice | None = None
    for chunk in found.chunks(source, raw, limit):
        if isinstance(chunk, Chunk) and found.sample is not None:
            if choice is None:
                choice = choose(found.sample(chunk), fields)
                report(source, choice)
            chunk = chunk._replace(fields=choice.fields)
        yield chunk


def total_bytes(sources: Sequence[Source]) -> int | None:
    """The size of all inputs, if it can be known."""
    if any(source.path == STDIN for source in sources):
        return None
    return sum(size_of(source.path) for source in sources)
