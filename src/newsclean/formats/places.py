"""Where files lie: here, or where fsspec reaches (`s3://`, `gs://`, `hf://`, `https://`; extra `remote`)."""

import glob
import os
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from newsclean.errors import InputError
from newsclean.formats.kinds import kind_of


def is_remote(path: str) -> bool:
    """Whether a path is an address.

    >>> is_remote("s3://bucket/x.jsonl"), is_remote("crawl/x.jsonl")
    (True, False)
    """
    return "://" in path


def file_system(path: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it.

    Raises:
        InputError: fsspec, or what it needs for this kind of address, is not installed.
    """
    try:
        import fsspec
    except ImportError as error:
        raise InputError(f"{path}: {error}; pip install 'newsclean[remote]'") from error
    try:
        system, inner = fsspec.core.url_to_fs(path)
    except (ImportError, ValueError) as error:  # fsspec says what has to be installed
        raise InputError(f"{path}: {error}") from error
    except Exception as error:  # each file system has its own errors
        raise InputError(f"{path}: {unreachable(error)}") from error
    return system, str(inner)


def unreachable(error: BaseException) -> str:
    """Why a place cannot be used, in one line.

    >>> unreachable(ConnectionRefusedError(111, "Connection refused"))
    'cannot be reached: ConnectionRefusedError: [Errno 111] Connection refused'
    """
    said = str(error).strip().split("\n")[0]
    return f"cannot be reached: {type(error).__name__}{f': {said}' if said else ''}"


def open_binary(path: str) -> BinaryIO:
    """A file for reading."""
    if not is_remote(path):
        return open(path, "rb")
    system, inner = file_system(path)
    return cast(BinaryIO, system.open(inner, "rb"))


def size_of(path: str) -> int:
    """Bytes of a file; 0 if they cannot be known."""
    try:
        if not is_remote(path):
            return os.path.getsize(path)
        system, inner = file_system(path)
        return int(system.size(inner) or 0)
    except OSError:
        return 0


def is_web(system: Any) -> bool:
    """Whether addresses are those of web pages: fsspec takes each page that has links for a directory of them."""
    return "http" in system.protocol


def _why_missing(system: Any, inner: str) -> str:
    """Why there is nothing; a web server that does not answer looks like one that has not the page."""
    if is_web(system):
        try:
            system.info(inner)
        except FileNotFoundError as error:
            if error.__cause__ is not None and not isinstance(error.__cause__, FileNotFoundError):
                return unreachable(error.__cause__)
    return "no such file or directory"


def remote_files(path: str) -> Iterator[str]:
    """Addresses of the files that an address names: itself, those below it, or those that it matches, sorted.

    Raises:
        InputError: there is nothing, or the place cannot be reached.
    """
    system, inner = file_system(path)
    try:
        if glob.has_magic(inner):
            names = system.glob(inner)
        elif not (kind_of(path) and is_web(system)) and system.isdir(inner):
            names = system.find(inner)
        else:
            names = [inner] if system.exists(inner) else []
        missing = "" if names else _why_missing(system, inner)
    except Exception as error:
        raise InputError(f"{path}: {unreachable(error)}") from error
    if not names:
        raise InputError(f"{path}: {missing}")
    for name in sorted(names):
        yield name if is_remote(name) else str(system.unstrip_protocol(name))
